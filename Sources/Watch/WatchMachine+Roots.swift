import Platform
import SystemPackage

/// A root; or, below one, a mount point that is lost or a network file system.
struct RootState: Sendable {
  enum Phase: Sendable {
    case unknown, present, lost
  }

  var phase = Phase.unknown
  /// Of the folder that is watched, or was.
  var identity: PathStatus.Identity?
  var isMountPoint = false
  /// Its file system went away: an empty folder in its place isn't it.
  var lostDevice = false
  /// The device of what shows when the file system is away.
  var underlying: UInt64?
  var nextProbe: Duration = .zero
  var isPolled = false
  /// The next comparison, for what is polled or has no watch everywhere.
  var nextPoll: Duration?
  /// A comparison is due as soon as the root is known to be there.
  var wantsScan = false
  var isScanning = false
  var reachedLimit = false
  var saidLimit = false
}

extension WatchMachine {
  mutating func advanceRoots(to now: Duration) {
    for (root, state) in roots.sorted(by: { $0.key.string < $1.key.string }) {
      if let poll = state.nextPoll, poll <= now {
        roots[root]?.nextPoll = nil
        roots[root]?.wantsScan = true
        roots[root]?.nextProbe = now
      }
      guard let probe = roots[root]?.nextProbe, probe <= now else { continue }
      roots[root]?.nextProbe = now + options.rootInterval
      emit(.probeRoot(root))
    }
    for (mount, state) in mounts.sorted(by: { $0.key.string < $1.key.string }) where state.nextProbe <= now {
      mounts[mount]?.nextProbe = now + (state.phase == .lost ? options.rootInterval : options.pollInterval)
      emit(.probeRoot(mount))
    }
  }

  mutating func handleRoot(_ path: FilePath, _ finding: RootFinding, at now: Duration) {
    if mounts[path] != nil { return probeMount(path, finding, at: now) }
    guard var state = roots[path] else { return }
    switch finding {
    case .missing(let device):
      if state.phase != .lost { lose(path, .missing, at: now, isFound: true) }
      if let known = state.identity, known.device != device {
        // The folder went with its file system.
        roots[path]?.lostDevice = true
        roots[path]?.underlying = device
      }
    case .folder(let identity, let parentDevice, let isEmpty, let remote):
      let isMountPoint = identity.device != parentDevice
      if state.phase == .present {
        if state.identity == identity {
          // It may have been away for a moment, in the middle of a walk.
          let isUnwatched =
            !state.isPolled && !state.isScanning && state.nextPoll == nil && !isWatched(path)
          if state.wantsScan || isUnwatched { startScan(path, at: now) }
          return
        }
        let changedDevice = state.identity?.device != identity.device
        let unmounted = changedDevice && state.isMountPoint && !isMountPoint
        lose(path, unmounted ? .unmounted : .replaced, at: now, isFound: true)
        roots[path]?.lostDevice = changedDevice
        state = roots[path] ?? state
      }
      if state.phase == .unknown, isEmpty, options.populated.contains(path) {
        roots[path]?.lostDevice = true
        roots[path]?.phase = .lost
        return emit(.notice(.rootLost(path, .empty)))
      }
      if state.lostDevice, state.identity != identity,
        isEmpty || state.underlying == identity.device || state.isMountPoint && !isMountPoint
      {
        return  // the mount point of what isn't mounted
      }
      if state.phase == .lost { emit(.notice(.rootBack(path))) }
      state.phase = .present
      state.identity = identity
      state.isMountPoint = isMountPoint
      (state.lostDevice, state.underlying) = (false, nil)
      state.isPolled = options.polling == .always || options.polling == .automatic && remote != nil
      state.nextProbe = now + options.rootInterval
      roots[path] = state
      scope.resolveRoots()
      startScan(path, at: now)
    }
  }

  /// - Parameter isFound: by looking, just now; otherwise an event said so, and what is there now is looked at at once.
  mutating func lose(
    _ root: FilePath, _ reason: WatchNotice.LossReason, at now: Duration, isFound: Bool = false
  ) {
    guard var state = roots[root], state.phase != .lost else { return }
    state.phase = .lost
    state.lostDevice = reason == .unmounted
    state.nextProbe = isFound ? now + options.rootInterval : now
    (state.nextPoll, state.wantsScan, state.isScanning) = (nil, false, false)
    roots[root] = state
    forget(below: root)
    mounts = mounts.filter { !$0.key.starts(with: root) }
    emit(.notice(.rootLost(root, reason)))
  }

  /// No watch, no file and no notice of anything below is kept.
  private mutating func forget(below folder: FilePath) {
    if let root = scope.root(of: folder), let id = tree.find(folder, root: root) { drop(id) }
    for (number, job) in jobs where job.top.starts(with: folder) { jobs[number] = nil }
    unreadable = unreadable.filter { !$0.starts(with: folder) }
    dropFiles(below: folder)
    notices.drop(below: folder)
  }

  /// The file system that has this folder was unmounted.
  mutating func loseMount(of id: WatchTree.ID, at now: Duration) {
    let top = tree.topOfDevice(id)
    let path = tree.path(of: top)
    if (tree[top]?.parent ?? -1) < 0 { return lose(path, .unmounted, at: now) }
    loseMount(path, at: now)
  }

  private mutating func loseMount(_ path: FilePath, at now: Duration) {
    forget(below: path)
    mounts = mounts.filter { !$0.key.starts(with: path) }
    mounts[path] = RootState(phase: .lost, nextProbe: now + options.rootInterval)
    emit(.notice(.rootLost(path, .unmounted)))
  }

  /// A network file system below a root is compared when it is probed; a lost mount point is watched again when something is
  /// mounted there that isn't empty.
  private mutating func probeMount(_ path: FilePath, _ finding: RootFinding, at now: Duration) {
    let isLost = mounts[path]?.phase == .lost
    guard case .folder(let identity, let parentDevice, let isEmpty, let remote) = finding,
      identity.device != parentDevice, isLost ? !isEmpty : remote != nil
    else {
      if !isLost { loseMount(path, at: now) }
      return
    }
    if !isLost { return hold(path, at: now) }
    mounts[path] = nil
    emit(.notice(.rootBack(path)))
    startJob(path, rescanOf: nil)
  }

  mutating func startScan(_ root: FilePath, at now: Duration) {
    guard let state = roots[root], !state.isScanning else { return }  // `wantsScan` stays: again afterwards
    roots[root]?.wantsScan = false
    if state.isPolled {
      roots[root]?.nextPoll = now + options.pollInterval
      hold(root, at: now)
    } else {
      roots[root]?.isScanning = true
      roots[root]?.reachedLimit = false
      startJob(root, rescanOf: root)
    }
  }

  mutating func finishScan(of root: FilePath, at now: Duration) {
    roots[root]?.isScanning = false
    if roots[root]?.reachedLimit == false { roots[root]?.saidLimit = false }
    if roots[root]?.wantsScan == true { roots[root]?.nextProbe = now }
  }

  mutating func reachLimit(_ root: FilePath, at now: Duration) {
    guard let state = roots[root] else { return }
    roots[root]?.reachedLimit = true
    roots[root]?.saidLimit = true
    roots[root]?.nextPoll = min(state.nextPoll ?? now + options.pollInterval, now + options.pollInterval)
    if !state.saidLimit { emit(.notice(.trouble(.watchLimit(root, watches: tree.count)))) }
  }

  /// Events were lost: nothing is known of any folder.
  mutating func overflow(at now: Duration) {
    overflows += 1
    emit(.notice(.trouble(.queueOverflow)))
    for (root, state) in roots where !state.isPolled { want(root, state, at: now) }
  }

  /// Every root is walked again, and then said.
  mutating func compareAll(at now: Duration) {
    for (root, state) in roots { want(root, state, at: now) }
  }

  private mutating func want(_ root: FilePath, _ state: RootState, at now: Duration) {
    guard state.phase == .present else { return }
    roots[root]?.wantsScan = true
    roots[root]?.nextProbe = now
  }
}
