/// One event of a watched folder or file.
package struct InotifyEvent: Sendable, Equatable {
  /// The kernel's numbers of <linux/inotify.h>.
  package struct Mask: OptionSet, Sendable, Hashable {
    package let rawValue: UInt32

    package init(rawValue: UInt32) { self.rawValue = rawValue }

    package static let modified = Mask(rawValue: 0x2)
    /// Permissions, times, the number of links.
    package static let attributes = Mask(rawValue: 0x4)
    package static let closedAfterWriting = Mask(rawValue: 0x8)
    package static let movedFrom = Mask(rawValue: 0x40)
    package static let movedTo = Mask(rawValue: 0x80)
    package static let created = Mask(rawValue: 0x100)
    package static let deleted = Mask(rawValue: 0x200)
    /// The watched thing itself.
    package static let deletedSelf = Mask(rawValue: 0x400)
    package static let movedSelf = Mask(rawValue: 0x800)
    package static let unmounted = Mask(rawValue: 0x2000)
    /// Events were lost: the queue was full. The watch is −1.
    package static let overflow = Mask(rawValue: 0x4000)
    /// The watch is gone.
    package static let ignored = Mask(rawValue: 0x8000)
    package static let isFolder = Mask(rawValue: 0x4000_0000)

    /// Everything that can make a file begin, change, be finished or go.
    package static let changes: Mask = [
      .modified, .attributes, .closedAfterWriting, .movedFrom, .movedTo, .created, .deleted, .deletedSelf,
      .movedSelf,
    ]
  }

  package let watch: Int32
  package let mask: Mask
  /// The bytes of the name within the folder; empty for the watched thing itself.
  package let name: [UInt8]

  package init(watch: Int32, mask: Mask, name: [UInt8] = []) {
    self.watch = watch
    self.mask = mask
    self.name = name
  }
}
