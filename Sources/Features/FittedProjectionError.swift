/// Why the bytes of a fitted projection could not be used.
package enum FittedProjectionError: String, Error, Sendable {
  /// Another magic number, or too short for a header.
  case notAProjection
  /// The sizes in the header and the number of bytes disagree.
  case wrongSize
  /// The payload is not what was written.
  case wrongChecksum
  /// It holds NaN or infinity.
  case notFinite
  /// It was fitted for another version or other dimensions of the block.
  case anotherBlock
}
