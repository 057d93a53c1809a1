package import Glibc

/// The address of a Unix datagram socket (unix(7)).
package struct LocalAddress: Sendable {
  private static let capacity = 108

  /// As the kernel has it: a path, or a name that begins with a zero byte and stands in no folder.
  private let name: [UInt8]

  /// - Parameter text: an absolute path, or `@` and the name of an abstract socket. nil for anything else.
  package init?(notifySocket text: String) {
    var bytes = Array(text.utf8)
    guard bytes.count > 1, bytes.count < Self.capacity else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "/"): break
    case UInt8(ascii: "@"): bytes[0] = 0
    default: return nil
    }
    name = bytes
  }

  /// Sends one datagram without waiting.
  ///
  /// - Returns: false where it was not taken.
  package func send(_ bytes: [UInt8]) -> Bool {
    let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let socket = socket(AF_UNIX, kind, 0)
    guard socket >= 0 else { return false }
    defer { close(socket) }
    return unsafe withAddress { address, length in
      unsafe sendto(
        socket, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT), address, length)
    } == bytes.count
  }

  /// For `sendto` and `bind`.
  package func withAddress<R>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> R) -> R {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: name) }
    // An abstract name ends where the length says, a path at its zero byte.
    let length = MemoryLayout<sa_family_t>.size + name.count + (name[0] == 0 ? 0 : 1)
    return unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        unsafe body($0, socklen_t(length))
      }
    }
  }
}
