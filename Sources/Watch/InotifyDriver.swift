import Platform
import SystemPackage

/// Carries out what the machine wants, and tells it what came of it.
struct InotifyDriver: ~Copyable {
  private var machine: WatchMachine
  private let queue: InotifyQueue?
  private let beginning = ContinuousClock.now
  /// Watches to be added; the last is next, so that the list is as long as a path is deep, not as a tree is wide.
  private var work: [WatchEffect] = []
  private var notices: [WatchNotice] = []
  private let watchLimit: Int
  private let follows: Bool

  /// - Parameters:
  ///   - queue: nothing where the system gives none; then everything is polled.
  ///   - watchLimit: as if the system had no more watches than these.
  init(_ roots: [FilePath], options: WatchOptions, queue: InotifyQueue?, watchLimit: Int) {
    var options = options
    if queue == nil { options.polling = .always }
    machine = WatchMachine(roots, options: options)
    follows = options.polling == .never
    self.queue = queue
    self.watchLimit = watchLimit
  }

  var statistics: WatchStatistics {
    WatchStatistics(
      watches: machine.watches, pending: machine.pending + work.count, overflows: machine.overflows,
      polledRoots: machine.polledRoots, lostRoots: machine.lostRoots)
  }

  var scope: WatchScope { machine.scope }

  private var now: Duration { ContinuousClock.now - beginning }

  mutating func takeNotices() -> [WatchNotice] {
    defer { notices = [] }
    return notices
  }

  /// How long the thread may sleep when nothing comes.
  var rest: Duration {
    if !work.isEmpty { return .zero }
    return machine.nextDeadline.map { max(.zero, $0 - now) } ?? .seconds(3600)
  }

  /// One slice of work: the events that are there, the deadlines that have come, some watches.
  ///
  /// - Parameter events: what others than the system have to say.
  mutating func step(_ events: [WatchEvent]) throws(Errno) {
    for event in events { apply(event) }
    if let queue {
      for event in try queue.read() { apply(.kernel(event)) }
    }
    carryOut(machine.advance(to: now))
    for _ in 0..<256 {
      guard let next = work.popLast() else { break }
      switch next {
      case .watchFolder(let path, let job): apply(.folder(path, job: job, watch(path)))
      case .watchLinkedFile(let path, let job):
        apply(.linkedFile(path, job: job, watch: add(path, folder: false)))
      default: break
      }
    }
  }

  private mutating func apply(_ event: WatchEvent) { carryOut(machine.handle(event, at: now)) }

  private mutating func carryOut(_ effects: [WatchEffect]) {
    // Reversed at the end, so that folders come in the order of their names.
    var more: [WatchEffect] = []
    for effect in effects {
      switch effect {
      case .watchFolder, .watchLinkedFile: more.append(effect)
      case .unwatch(let watch): queue?.remove(watch)
      case .notice(let notice): notices.append(notice)
      case .examine(let path, let probing): apply(.examined(path, examine(path, probing: probing)))
      case .probeRoot(let path): apply(.root(path, probe(path)))
      }
    }
    work += more.reversed()
  }

  private func add(_ path: FilePath, folder: Bool) -> Int32? {
    guard machine.watches < watchLimit || machine.isWatched(path) else { return nil }
    return try? queue?.add(path, folder: folder)
  }

  private func watch(_ path: FilePath) -> FolderReply {
    let scope = machine.scope
    do throws(Errno) {
      let status = try PathStatus(at: path)
      guard status.kind == .directory, scope.takes(path, isFolder: !status.isLink), scope.admits(folder: path)
      else { return .passedOver }
      if !follows, let remote = try NetworkFileSystem.name(at: path) { return .remote(remote) }
      guard let queue, machine.watches < watchLimit || machine.isWatched(path) else { return .limit }
      // First the watch, then the names: what is made in between is seen twice, not never.
      let watch = try queue.add(path, folder: true)
      var folders: [[UInt8]] = []
      var linkedFiles: [[UInt8]] = []
      for entry in try FolderListing(of: path).entries where entry.kind == .folder || entry.kind == .link {
        let below = path.appending(name: entry.name)
        guard scope.takesAlone(below, isFolder: entry.kind == .folder) else { continue }
        if entry.kind == .folder {
          folders.append(entry.name)
        } else if let target = try? FileKind(at: below) {
          switch target {
          case .directory: folders.append(entry.name)
          case .regular: linkedFiles.append(entry.name)
          case .other: break
          }
        }
      }
      return .watched(
        watch, device: status.identity.device, isLink: status.isLink, folders: folders,
        linkedFiles: linkedFiles)
    } catch {
      switch error {
      case .noSuchFileOrDirectory, .notDirectory, .tooManySymbolicLinkLevels: return .passedOver
      case .noSpace: return .limit
      default: return .unreadable(error)
      }
    }
  }

  private func examine(_ path: FilePath, probing: Bool) -> FileFinding {
    do throws(Errno) {
      let status = try PathStatus(at: path)
      switch status.kind {
      case .regular(let stamp):
        return .regular(
          stamp, links: status.links, isLink: status.isLink,
          writers: probing ? WriterProbe(at: path) : .unknown)
      case .directory: return .folder
      case .other: return .other
      }
    } catch {
      let root = machine.scope.root(of: path)
      return .absent(root: root.flatMap { try? PathStatus(at: $0).identity })
    }
  }

  private func probe(_ root: FilePath) -> RootFinding {
    if let status = try? PathStatus(at: root), status.kind == .directory {
      let above = try? PathStatus(at: root.appending(".."))
      let names = (try? FolderListing(of: root).entries.map(\.name)) ?? [[]]
      return .folder(
        status.identity, parentDevice: above?.identity.device ?? status.identity.device,
        isEmpty: names.allSatisfy { $0 == Array("lost+found".utf8) },
        remote: try? NetworkFileSystem.name(at: root))
    }
    var above = root
    while above.removeLastComponent() {
      if let status = try? PathStatus(at: above) { return .missing(device: status.identity.device) }
    }
    return .missing(device: 0)
  }
}
