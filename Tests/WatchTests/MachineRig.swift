import Platform
import SystemPackage

@testable import Watch

/// A machine with a clock that stands until it is told, over a file system of the test's making.
struct MachineRig {
  var machine: WatchMachine
  var now: Duration = .zero
  /// Folders that can be watched, with the names in them that matter.
  var folders: [FilePath: (folders: [String], links: [String])] = [:]
  var files: [FilePath: FileFinding] = [:]
  var roots: [FilePath: RootFinding] = [:]
  var limit = Int.max
  private(set) var notices: [WatchNotice] = []
  private(set) var unwatched: [Int32] = []
  private(set) var watched: [FilePath: Int32] = [:]
  private(set) var examined: [FilePath] = []
  private var places: [Int32: FilePath] = [:]
  private var lastWatch: Int32 = 0

  static let identity = PathStatus.Identity(device: 1, inode: 1)
  static let present = RootFinding.folder(identity, parentDevice: 1, isEmpty: false, remote: nil)

  init(_ root: FilePath = "/r", options: WatchOptions = WatchOptions()) {
    machine = WatchMachine([root], options: options)
    folders[root] = ([], [])
    roots[root] = Self.present
  }

  /// The root is watched, and what is said of it is forgotten.
  mutating func settle() {
    pass(.seconds(2))
    notices = []
    examined = []
  }

  mutating func kernel(_ mask: InotifyEvent.Mask, _ name: String = "", in folder: FilePath = "/r") {
    let watch = watched[folder] ?? -1
    apply(machine.handle(.kernel(InotifyEvent(watch: watch, mask: mask, name: Array(name.utf8))), at: now))
    apply(machine.advance(to: now))
  }

  mutating func observe(_ path: FilePath) {
    apply(machine.handle(.observe(path), at: now))
    apply(machine.advance(to: now))
  }

  /// Lets time pass, stopping at every deadline.
  mutating func pass(_ time: Duration) {
    let end = now + time
    apply(machine.advance(to: now))
    while let deadline = machine.nextDeadline, deadline <= end {
      now = max(now, deadline)
      apply(machine.advance(to: now))
    }
    now = end
  }

  mutating func takeNotices() -> [WatchNotice] {
    defer { notices = [] }
    return notices
  }

  /// - Parameter version: another one is another stamp.
  static func file(
    _ version: Int = 1, writers: WriterProbe = .nobody, links: Int = 1, isLink: Bool = false
  ) -> FileFinding {
    .regular(
      FileStamp(size: version, modified: Int64(version), changed: 0, inode: 7), links: links, isLink: isLink,
      writers: writers)
  }

  private mutating func apply(_ effects: [WatchEffect]) {
    var queue = effects
    var next = 0
    while next < queue.count {
      let effect = queue[next]
      next += 1
      switch effect {
      case .notice(let notice): notices.append(notice)
      case .unwatch(let watch):
        unwatched.append(watch)
        if let path = places.removeValue(forKey: watch) { watched[path] = nil }
      case .examine(let path, _):
        examined.append(path)
        let found = files[path] ?? .absent(root: identity(of: "/r"))
        queue += machine.handle(.examined(path, found), at: now)
      case .probeRoot(let path):
        queue += machine.handle(.root(path, roots[path] ?? .missing(device: 1)), at: now)
      case .watchLinkedFile(let path, let job):
        queue += machine.handle(.linkedFile(path, job: job, watch: watch(path)), at: now)
      case .watchFolder(let path, let job):
        queue += machine.handle(.folder(path, job: job, reply(path)), at: now)
      }
    }
  }

  private func identity(of root: FilePath) -> PathStatus.Identity? {
    if case .folder(let identity, _, _, _)? = roots[root] { identity } else { nil }
  }

  private mutating func reply(_ path: FilePath) -> FolderReply {
    guard let names = folders[path] else { return .passedOver }
    guard let watch = watch(path) else { return .limit }
    return .watched(
      watch, device: 1, isLink: false, folders: names.folders.map { Array($0.utf8) },
      linkedFiles: names.links.map { Array($0.utf8) })
  }

  private mutating func watch(_ path: FilePath) -> Int32? {
    if let known = watched[path] { return known }
    guard watched.count < limit else { return nil }
    lastWatch += 1
    watched[path] = lastWatch
    places[lastWatch] = path
    return lastWatch
  }
}
