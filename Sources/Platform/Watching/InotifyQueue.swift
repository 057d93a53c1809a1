import CLinux
package import SystemPackage

/// The kernel's queue of changes in watched folders (inotify(7)), closed with its owner.
///
/// A watch belongs to the folder, not to its path: it stays when the folder is renamed, and a folder that is added by a second
/// path has the watch that it had. Numbers of watches aren't used again.
package final class InotifyQueue: Sendable {
  private let descriptor: Int32

  /// - Throws: `.tooManyOpenFiles` when the user has too many queues (`fs.inotify.max_user_instances`).
  package init() throws(Errno) {
    var opened: Int32 = -1
    try check(unsafe morelli_linux_inotify_open(&opened))
    descriptor = opened
  }

  deinit { try? FileDescriptor(rawValue: descriptor).close() }

  /// For `WakeSignal.wait`.
  package var rawDescriptor: Int32 { descriptor }

  /// Watches a folder or a file; symbolic links are followed.
  ///
  /// - Throws: `.noSpace` at the limit of watches (`fs.inotify.max_user_watches`), `.permissionDenied` for what can't be read.
  package func add(_ path: FilePath, folder: Bool) throws(Errno) -> Int32 {
    let onlyFolders: UInt32 = 0x0100_0000
    // No events of a deleted file that somebody still writes to: nothing of it will ever be found again.
    let notUnlinked: UInt32 = 0x0400_0000
    let mask = InotifyEvent.Mask.changes.rawValue | (folder ? onlyFolders | notUnlinked : 0)
    var watch: Int32 = -1
    try check(
      unsafe path.withPlatformString { unsafe morelli_linux_inotify_add(descriptor, $0, mask, &watch) })
    return watch
  }

  /// A watch that is gone already is no failure.
  package func remove(_ watch: Int32) { _ = morelli_linux_inotify_remove(descriptor, watch) }

  /// What is in the queue, oldest first, at most one buffer full; nothing when nothing is there.
  package func read() throws(Errno) -> [InotifyEvent] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    var count = 0
    let result = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe morelli_linux_inotify_read(descriptor, bytes.baseAddress, bytes.count, &count)
    }
    try check(result)
    return unsafe buffer.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return [] }
      var events: [InotifyEvent] = []
      var offset = 0
      while offset < count {
        var record = unsafe morelli_linux_inotify_record()
        offset = unsafe morelli_linux_inotify_record_at(start, offset, &record)
        unsafe events.append(
          InotifyEvent(
            watch: record.watch, mask: InotifyEvent.Mask(rawValue: record.mask),
            name: bytesOfName(record.name)))
      }
      return events
    }
  }

  private func bytesOfName(_ start: UnsafePointer<CChar>?) -> [UInt8] {
    guard var next = unsafe start else { return [] }
    var bytes: [UInt8] = []
    while unsafe next.pointee != 0 {
      unsafe bytes.append(UInt8(bitPattern: next.pointee))
      unsafe next += 1
    }
    return bytes
  }
}

/// - Parameter result: 0 or an errno.
func check(_ result: Int32) throws(Errno) {
  if result != 0 { throw Errno(rawValue: result) }
}
