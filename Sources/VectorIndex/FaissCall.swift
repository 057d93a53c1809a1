import CFaiss

/// Calls one function of the shim with a buffer for its message, and turns a code other than success into an
/// error.
///
/// - Parameters:
///   - doing: what the error says was being done; made only when there is an error.
///   - call: gets the message buffer and its capacity in bytes, and returns the shim's code.
func callFaiss(
  doing: @autoclosure () -> String, _ call: (UnsafeMutablePointer<CChar>?, Int) -> Int32
) throws(VectorIndexError) {
  var code: Int32 = 0
  let cause = unsafe String(unsafeUninitializedCapacity: 256) { buffer in
    let capacity = buffer.count
    return unsafe buffer.withMemoryRebound(to: CChar.self) { message in
      code = unsafe call(message.baseAddress, capacity)
      return unsafe message.firstIndex(of: 0) ?? 0
    }
  }
  guard code != MORELLI_FAISS_OK.rawValue else { return }
  throw VectorIndexError(code: .init(faiss: code), doing: doing(), cause: cause)
}

extension VectorIndexError.Code {
  /// The code that stands for one of the shim's.
  fileprivate init(faiss code: Int32) {
    self =
      switch UInt32(bitPattern: code) {
      case MORELLI_FAISS_INVALID_ARGUMENT.rawValue: .shape
      case MORELLI_FAISS_NOT_FINITE.rawValue: .notFinite
      case MORELLI_FAISS_SCORE_OVERFLOW.rawValue: .scoreOverflow
      case MORELLI_FAISS_OUT_OF_MEMORY.rawValue: .outOfMemory
      default: .library
      }
  }
}
