import CLinux
package import SystemPackage

/// Whether somebody has a file open for writing.
package enum WriterProbe: Sendable, Equatable {
  case nobody
  case somebody
  /// Not our own file and no CAP_LEASE, or a file system without leases (NFS, FUSE).
  case unknown

  /// Asks for a read lease (fcntl(2), F_SETLEASE), which is refused while there is a writer, and gives it back at once.
  ///
  /// - Parameter path: of a regular file; symbolic links are followed.
  package init(at path: FilePath) {
    do {
      // Non-blocking: a lease that another process has on the file is not waited for.
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
      defer { try? file.close() }
      switch Errno(rawValue: morelli_linux_probe_writers(file.rawValue)) {
      case Errno(rawValue: 0): self = .nobody
      case .wouldBlock: self = .somebody
      default: self = .unknown
      }
    } catch Errno.wouldBlock {
      self = .somebody
    } catch {
      self = .unknown
    }
  }
}
