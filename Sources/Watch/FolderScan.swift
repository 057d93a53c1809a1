package import Platform
package import SystemPackage

/// Every file below a folder that the watcher would say something of: the same as `DirectoryWalk`, less what the scope leaves
/// out.
package struct FolderScan: Sequence, IteratorProtocol {
  private var pending: [(path: FilePath, isKnownFolder: Bool)]
  private var isStarted = false
  private let scope: WatchScope

  /// - Parameter start: a folder or a file in one of the scope's roots.
  package init(_ start: FilePath, scope: WatchScope) {
    var scope = scope
    scope.resolveRoots()
    self.scope = scope
    pending = [(start, false)]
  }

  package mutating func next() -> DirectoryWalk.Entry? {
    while let (path, isKnownFolder) = pending.popLast() {
      do throws(Errno) {
        let kind = isKnownFolder ? .directory : try FileKind(at: path)
        let isFolder = isKnownFolder || isPlainFolder(path, kind)
        // The start alone may lie in a folder that is left out.
        guard isStarted ? scope.takesAlone(path, isFolder: isFolder) : scope.takes(path, isFolder: isFolder)
        else { continue }
        isStarted = true
        switch kind {
        case .regular(let stamp): return .file(path, stamp)
        case .other: return .unreadable(path, .notSupported)
        case .directory:
          guard scope.admits(folder: path) else { continue }
          pending += try FolderListing(of: path).entries.reversed().map {
            (path.appending(name: $0.name), $0.kind == .folder)
          }
        }
      } catch .noSuchFileOrDirectory where (try? PathStatus.isLink(at: path)) != true {
        continue  // deleted or renamed since its folder was listed
      } catch .notDirectory {
        continue
      } catch {
        return .unreadable(path, error)
      }
    }
    return nil
  }

  /// A pattern for folders isn't one for links to folders, as with git.
  private func isPlainFolder(_ path: FilePath, _ kind: FileKind) -> Bool {
    kind == .directory && (try? PathStatus.isLink(at: path)) == false
  }
}
