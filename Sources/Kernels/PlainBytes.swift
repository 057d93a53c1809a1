/// Numbers as a file holds them, little endian, and a sum over bytes that a damaged file doesn't keep.
package enum PlainBytes {
  package static func of(_ numbers: Span<Float>) -> [UInt8] {
    unsafe numbers.withUnsafeBytes { unsafe [UInt8](exactly: $0) }
  }

  package static func of(_ numbers: Span<Int32>) -> [UInt8] {
    unsafe numbers.withUnsafeBytes { unsafe [UInt8](exactly: $0) }
  }

  /// - Precondition: a multiple of 4 bytes.
  package static func int32s(_ bytes: Span<UInt8>) -> [Int32] {
    precondition(bytes.count.isMultiple(of: 4))
    let count = bytes.count / 4
    return unsafe [Int32](unsafeUninitializedCapacity: count) { target, initialized in
      unsafe bytes.withUnsafeBytes { bytes in
        for i in 0..<count {
          let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 * i, as: Int32.self)
          unsafe target.initializeElement(at: i, to: Int32(littleEndian: bits))
        }
      }
      initialized = count
    }
  }

  /// A sum that goes on from another: it says whether bytes are what was written, not who wrote them (FNV-1a by eight bytes, on four lanes).
  package static func checksum(_ bytes: Span<UInt8>, from start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
    let prime: UInt64 = 0x0000_0100_0000_01B3
    var sum = (start ^ UInt64(bytes.count)) &* prime
    var lanes = SIMD4<UInt64>(sum, sum &+ 1, sum &+ 2, sum &+ 3)
    let whole = bytes.count & ~31
    unsafe bytes.withUnsafeBytes { bytes in
      for at in stride(from: 0, to: whole, by: 32) {
        let words = unsafe SIMD4<UInt64>(
          bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self),
          bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt64.self),
          bytes.loadUnaligned(fromByteOffset: at + 16, as: UInt64.self),
          bytes.loadUnaligned(fromByteOffset: at + 24, as: UInt64.self))
        lanes = (lanes ^ words) &* prime
        // Without this, high bits would never reach low ones.
        lanes ^= lanes &>> 29
      }
    }
    for lane in 0..<4 { sum = (sum ^ lanes[lane]) &* prime }
    for i in whole..<bytes.count { sum = (sum ^ UInt64(bytes[i])) &* prime }
    return sum ^ (sum >> 32)
  }
}

extension [UInt8] {
  /// A copy.
  fileprivate init(exactly bytes: UnsafeRawBufferPointer) {
    self = unsafe Array(bytes)
  }
}
