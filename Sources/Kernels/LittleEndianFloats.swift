/// The numbers (binary32, little endian) that these bytes hold.
///
/// - Precondition: a multiple of 4 bytes.
package func littleEndianFloats(_ bytes: Span<UInt8>) -> [Float] {
  precondition(bytes.count.isMultiple(of: 4))
  let count = bytes.count / 4
  return unsafe [Float](unsafeUninitializedCapacity: count) { target, initialized in
    unsafe bytes.withUnsafeBytes { bytes in
      for i in 0..<count {
        let bits = unsafe bytes.loadUnaligned(fromByteOffset: 4 * i, as: UInt32.self)
        unsafe target.initializeElement(at: i, to: Float(bitPattern: UInt32(littleEndian: bits)))
      }
    }
    initialized = count
  }
}
