import Platform
package import SystemPackage

/// Decides where to look and when, and which folders to watch: without system calls and without a clock of its own.
///
/// Time is the duration since any beginning. Every event and every passing of a deadline gives effects, to be carried out in
/// order; their answers are events again. See `WatchEffect`.
package struct WatchMachine: Sendable {
  let options: WatchOptions
  package internal(set) var scope: WatchScope
  var tree = WatchTree()
  var roots: [FilePath: RootState] = [:]
  /// Mount points below roots: those that were unmounted, and network file systems.
  var mounts: [FilePath: RootState] = [:]
  var files: [FilePath: PendingFile] = [:]
  var fileDeadlines = DeadlineQueue<FilePath>()
  /// Files whose timer has begun and whose stamp is wanted.
  var unstamped: Set<FilePath> = []
  var notices: FolderNotices
  var jobs: [Int: WalkJob] = [:]
  var lastJob = 0
  var generation: UInt32 = 0
  var unreadable: Set<FilePath> = []
  var overflows = 0
  var effects: [WatchEffect] = []

  package init(_ roots: [FilePath], options: WatchOptions) {
    self.options = options
    scope = WatchScope(roots, options: options)
    notices = FolderNotices(delay: options.folderDelay)
    for root in scope.roots { self.roots[root] = RootState() }
  }

  /// When `advance` is to be called at the latest.
  package var nextDeadline: Duration? {
    if !unstamped.isEmpty { return .zero }
    let probes = roots.values.map(\.nextProbe) + mounts.values.map(\.nextProbe)
    let polls = roots.values.compactMap(\.nextPoll)
    return (probes + polls + [notices.nextDeadline, fileDeadlines.first].compactMap { $0 })
      .min()
  }

  package mutating func handle(_ event: WatchEvent, at now: Duration) -> [WatchEffect] {
    switch event {
    case .kernel(let event): handleKernel(event, at: now)
    case .observe(let path): observe(path, at: now)
    case .compareAll: compareAll(at: now)
    case .folder(let path, let job, let reply): handleFolder(path, job: job, reply, at: now)
    case .linkedFile(let path, let job, let watch): handleLinkedFile(path, job: job, watch: watch, at: now)
    case .examined(let path, let finding): handleFinding(path, finding, at: now)
    case .root(let path, let finding): handleRoot(path, finding, at: now)
    }
    return takeEffects()
  }

  package mutating func advance(to now: Duration) -> [WatchEffect] {
    advanceRoots(to: now)
    advanceFiles(to: now)
    for folder in notices.take(at: now, isWalking: !jobs.isEmpty) { emit(.notice(.lookBelow(folder))) }
    return takeEffects()
  }

  /// Files that aren't looked at yet, and folders that aren't said yet.
  package var pending: Int { files.count + notices.count + jobs.count }
  package var watches: Int { tree.count }

  mutating func emit(_ effect: WatchEffect) { effects.append(effect) }

  private mutating func takeEffects() -> [WatchEffect] {
    defer { effects = [] }
    return effects
  }

  mutating func hold(_ folder: FilePath, at now: Duration) {
    let scope = scope
    notices.add(folder, at: now) { scope.roots.contains($0) || scope.root(of: $0) == nil }
  }

  /// Takes a node and all below it out of the tree.
  ///
  /// - Parameter unwatching: false where the system has taken the watches itself.
  mutating func drop(_ node: WatchTree.ID, unwatching: Bool = true) {
    let gone = tree.remove(node)
    if unwatching { for watch in gone { emit(.unwatch(watch)) } }
  }
}

extension WatchMachine {
  /// Roots that are compared at an interval.
  package var polledRoots: Int { roots.values.count { $0.phase == .present && $0.nextPoll != nil } }
  package var lostRoots: Int { (Array(roots.values) + mounts.values).count { $0.phase == .lost } }

  func isWatched(_ path: FilePath) -> Bool {
    scope.root(of: path).flatMap { tree.find(path, root: $0) } != nil
  }
}
