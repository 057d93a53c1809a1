import Platform
import SystemPackage

/// A file that isn't finished, or not known to be.
struct PendingFile: Sendable {
  /// When it is to be examined.
  var due: Duration
  /// Its deadline in the queue, never later; others of the same path there are old.
  var queued: Duration?
  /// Of the last event, or of the last difference between two stamps.
  var lastChange: Duration
  /// At `lastChange`, as soon as it is known.
  var stamp: FileStamp?
  /// It was made or written to, and not closed since, as far as events tell.
  var mayBeOpen = false
  /// Found by whoever walks the folders: nothing is known of its writers.
  var isObserved = false
}

extension WatchMachine {
  /// Between two looks at a file that somebody has open, for when no event tells that it was closed.
  private var recheck: Duration { min(.seconds(1), options.quietOpen / 4) }

  mutating func observe(_ path: FilePath, at now: Duration) {
    guard files[path] == nil else { return }
    restart(path, at: now) { $0.isObserved = true }
    unstamped.insert(path)
  }

  mutating func handleFile(_ path: FilePath, _ mask: InotifyEvent.Mask, at now: Duration) {
    if !mask.isDisjoint(with: [.movedFrom, .deleted]) {
      forgetNode(path, at: now)
      restart(path, at: now) { $0.mayBeOpen = false }
    } else if mask.contains(.created) {
      restart(path, at: now) { $0.mayBeOpen = true }
      unstamped.insert(path)
    } else if !mask.isDisjoint(with: [.closedAfterWriting, .movedTo]) {
      restart(path, at: now) {
        $0.mayBeOpen = false
        $0.isObserved = false
      }
      unstamped.insert(path)
    } else if mask.contains(.modified) {
      restart(path, at: now) { $0.mayBeOpen = true }
      // No stamp while it is written: the next event would make it worthless.
      unstamped.remove(path)
    } else if mask.contains(.attributes) {
      restart(path, at: now) { _ in }
      unstamped.insert(path)
    }
  }

  /// What a link led to is watched no more by it.
  private mutating func forgetNode(_ path: FilePath, at now: Duration) {
    guard let root = scope.root(of: path), let id = tree.find(path, root: root), path != root else { return }
    let wasFolder = tree[id]?.isFile == false
    drop(id)
    if wasFolder { hold(path, at: now) }
  }

  private mutating func restart(_ path: FilePath, at now: Duration, _ change: (inout PendingFile) -> Void) {
    let due = now + options.settle
    var file = files[path] ?? PendingFile(due: due, lastChange: now)
    (file.lastChange, file.stamp) = (now, nil)
    change(&file)
    files[path] = file
    wait(path, until: due)
  }

  mutating func advanceFiles(to now: Duration) {
    for path in unstamped where files[path] != nil { emit(.examine(path, probing: false)) }
    unstamped = []
    while let (time, path) = fileDeadlines.next(at: now) {
      guard let file = files[path], file.queued == time else { continue }
      files[path]?.queued = nil
      if file.due > now { wait(path, until: file.due) } else { emit(.examine(path, probing: true)) }
    }
  }

  private mutating func wait(_ path: FilePath, until due: Duration) {
    files[path]?.due = due
    if let queued = files[path]?.queued, queued <= due { return }
    files[path]?.queued = due
    fileDeadlines.insert(path, at: due)
  }

  mutating func handleFinding(_ path: FilePath, _ finding: FileFinding, at now: Duration) {
    guard var file = files[path] else { return }
    let isTime = now >= file.lastChange + options.settle
    switch finding {
    case .folder:
      files[path] = nil
      // A link that leads to a folder, or a folder whose event was lost.
      arrive(path, at: now)
      emit(.notice(.look(path)))
    case .other:
      if isTime { finish(path) }
    case .absent(let found):
      guard isTime else { return }
      if let root = scope.root(of: path), let state = roots[root], state.identity != found {
        roots[root]?.nextProbe = now
        wait(path, until: now + options.settle)
      } else {
        finish(path)
      }
    case .regular(let stamp, let links, let isLink, let writers):
      if isLink { watchLinkedFile(path) }
      if file.stamp == nil, !isTime {
        files[path]?.stamp = stamp
        return
      }
      guard isTime else { return }
      if stamp != file.stamp {
        (file.stamp, file.lastChange) = (stamp, now)
        files[path] = file
        return wait(path, until: now + options.settle)
      }
      // A hard or a symbolic link is made without opening anything.
      let isSaidOpen = file.mayBeOpen && links == 1 && !isLink
      let isOpen = writers == .somebody || writers == .unknown && isSaidOpen
      let patience =
        isOpen ? options.quietOpen : writers == .unknown && file.isObserved ? options.settleUnknown : .zero
      if now >= file.lastChange + patience { return finish(path) }
      wait(path, until: min(file.lastChange + patience, now + recheck))
    }
  }

  private mutating func finish(_ path: FilePath) {
    files[path] = nil
    emit(.notice(.look(path)))
  }

  private mutating func watchLinkedFile(_ path: FilePath) {
    guard let root = scope.root(of: path), tree.find(path, root: root) == nil else { return }
    emit(.watchLinkedFile(path, job: 0))
  }

  mutating func dropFiles(below folder: FilePath) {
    for path in files.keys.filter({ $0.starts(with: folder) }) {
      files[path] = nil
      unstamped.remove(path)
    }
  }
}
