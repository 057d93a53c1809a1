import Platform
import SystemPackage

/// A walk that adds watches; what is below its top is said when the last folder is watched, so that nothing that is made
/// meanwhile is lost.
struct WalkJob: Sendable {
  let top: FilePath
  /// Folders and linked files that aren't answered.
  var outstanding: Int
  /// A walk of a whole root: what it hasn't seen is gone.
  let rescanOf: FilePath?
  let generation: UInt32
}

extension WatchMachine {
  mutating func handleKernel(_ event: InotifyEvent, at now: Duration) {
    if event.mask.contains(.overflow) { return overflow(at: now) }
    for id in tree.nodes(of: event.watch) {
      // Something that was done for one place may have taken another away.
      guard let node = tree[id] else { continue }
      let path = tree.path(of: id)
      if !event.name.isEmpty {
        handleName(path.appending(name: event.name), event.mask, at: now)
      } else if node.isFile {
        handleLinkedFile(id, path, event.mask, at: now)
      } else {
        handleSelf(id, node, path, event.mask, at: now)
      }
    }
  }

  private mutating func handleName(_ path: FilePath, _ mask: InotifyEvent.Mask, at now: Duration) {
    let isFolder = mask.contains(.isFolder)
    guard scope.takes(path, isFolder: isFolder) else { return }
    guard isFolder else { return handleFile(path, mask, at: now) }
    let known = scope.root(of: path).flatMap { tree.find(path, root: $0) }
    if !mask.isDisjoint(with: [.deleted, .movedFrom]) {
      if let known { drop(known) }
      hold(path, at: now)
    } else if !mask.isDisjoint(with: [.created, .movedTo]) {
      arrive(path, at: now)
    } else if mask.contains(.attributes), known == nil {
      // It may have become readable.
      arrive(path, at: now)
    }
  }

  private mutating func handleSelf(
    _ id: WatchTree.ID, _ node: WatchTree.Node, _ path: FilePath, _ mask: InotifyEvent.Mask, at now: Duration
  ) {
    let isGone = !mask.isDisjoint(with: [.deletedSelf, .unmounted, .ignored])
    if node.parent < 0 {
      if mask.contains(.unmounted) {
        lose(path, .unmounted, at: now)
      } else if isGone {
        lose(path, .deleted, at: now)
      } else if mask.contains(.movedSelf) {
        lose(path, .movedAway, at: now)
      }
    } else if mask.contains(.unmounted) {
      loseMount(of: id, at: now)
    } else if node.isLink, isGone || mask.contains(.movedSelf) {
      // Whatever is there now is found when the link is examined.
      drop(id, unwatching: !isGone)
      handleFile(path, .movedTo, at: now)
      hold(path, at: now)
    } else if mask.contains(.ignored) {
      drop(id, unwatching: false)
    }
  }

  private mutating func handleLinkedFile(
    _ id: WatchTree.ID, _ path: FilePath, _ mask: InotifyEvent.Mask, at now: Duration
  ) {
    if mask.isDisjoint(with: [.deletedSelf, .movedSelf, .unmounted, .ignored]) {
      handleFile(path, mask, at: now)
    } else {
      // Whatever is there now is found, and watched, when the link is examined.
      drop(id, unwatching: mask.isDisjoint(with: [.deletedSelf, .unmounted, .ignored]))
      handleFile(path, .movedTo, at: now)
    }
  }

  /// A folder is new at this path, or may be.
  mutating func arrive(_ path: FilePath, at now: Duration) {
    startJob(path, rescanOf: nil)
  }

  mutating func startJob(_ top: FilePath, rescanOf root: FilePath?) {
    lastJob += 1
    if root != nil { generation += 1 }
    jobs[lastJob] = WalkJob(top: top, outstanding: 1, rescanOf: root, generation: generation)
    emit(.watchFolder(top, job: lastJob))
  }

  mutating func handleFolder(_ path: FilePath, job: Int, _ reply: FolderReply, at now: Duration) {
    defer { answer(job, at: now) }
    guard jobs[job] != nil, let root = scope.root(of: path) else {
      // The job was given up: its root is lost.
      if case .watched(let watch, _, _, _, _) = reply, tree.nodes(of: watch).isEmpty { emit(.unwatch(watch)) }
      return
    }
    let known = tree.find(path, root: root)
    switch reply {
    case .watched: unreadable.remove(path)
    case .limit: break
    case .passedOver, .unreadable, .remote: if let known { drop(known) }
    }
    switch reply {
    case .watched(let watch, let device, let isLink, let folders, let linkedFiles):
      if let known, tree[known]?.watch == watch {
        tree.confirm(known, generation: generation)
      } else {
        if let known { drop(known) }
        let added = tree.insert(
          path, root: root, watch: watch, device: UInt32(truncatingIfNeeded: device), generation: generation,
          isLink: isLink, isFile: false)
        if added == nil {
          if tree.nodes(of: watch).isEmpty { emit(.unwatch(watch)) }
          return
        }
      }
      jobs[job]?.outstanding += folders.count + linkedFiles.count
      for name in folders { emit(.watchFolder(path.appending(name: name), job: job)) }
      for name in linkedFiles { emit(.watchLinkedFile(path.appending(name: name), job: job)) }
    case .passedOver: break
    case .limit: reachLimit(root, at: now)
    case .unreadable(let cause):
      if path == root { roots[root]?.nextPoll = now + options.pollInterval }
      // Said once a folder; a folder too often is better than memory without an end.
      if unreadable.count > 10_000 { unreadable = [] }
      if unreadable.insert(path).inserted { emit(.notice(.trouble(.unreadable(path, cause)))) }
    case .remote:
      mounts[path] = mounts[path] ?? RootState(phase: .present, nextProbe: now + options.pollInterval)
    }
  }

  mutating func handleLinkedFile(_ path: FilePath, job: Int, watch: Int32?, at now: Duration) {
    defer { answer(job, at: now) }
    guard let watch else { return }
    guard job == 0 || jobs[job] != nil, let root = scope.root(of: path) else {
      if tree.nodes(of: watch).isEmpty { emit(.unwatch(watch)) }
      return
    }
    if let known = tree.find(path, root: root) {
      if tree[known]?.watch == watch { return tree.confirm(known, generation: generation) }
      drop(known)
    }
    let added = tree.insert(
      path, root: root, watch: watch, device: 0, generation: generation, isLink: true, isFile: true)
    if added == nil, tree.nodes(of: watch).isEmpty { emit(.unwatch(watch)) }
  }

  private mutating func answer(_ number: Int, at now: Duration) {
    guard var job = jobs[number] else { return }
    job.outstanding -= 1
    jobs[number] = job
    guard job.outstanding == 0 else { return }
    jobs[number] = nil
    if let root = job.rescanOf {
      if let top = tree.find(root, root: root) {
        for id in tree.unseen(below: top, since: job.generation) { drop(id) }
      }
      finishScan(of: root, at: now)
    }
    hold(job.top, at: now)
  }
}
