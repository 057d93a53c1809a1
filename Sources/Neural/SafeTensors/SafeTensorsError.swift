/// Why bytes are no safetensors file that can be used.
package enum SafeTensorsError: Error, Equatable, Sendable {
  /// Shorter than its own header says, or than any header.
  case truncated
  /// The header is no JSON of the expected form.
  case badHeader(String)
  /// A tensor's bytes lie outside the file, overlap another's, leave a hole, or don't fit its shape.
  case badLayout(tensor: String)
  /// A tensor is of a type that is not read here.
  case unsupportedType(tensor: String, type: String)
  case missing(tensor: String)
  case wrongShape(tensor: String, shape: [Int], expected: String)
  /// A tensor that the network has no use for.
  case unexpected(tensor: String)
  /// What it makes would not fit into memory.
  case tooLarge(tensor: String)
  /// NaN or infinity.
  case notFinite(tensor: String)

  /// In words, for people.
  package var reason: String {
    switch self {
    case .truncated: "it ends too early"
    case .badHeader(let what): "its header can't be read: \(what)"
    case .badLayout(let tensor): "the bytes of '\(tensor)' don't lie where they should"
    case .unsupportedType(let tensor, let type): "'\(tensor)' is of type \(type); F32, F16 and BF16 are read"
    case .missing(let tensor): "it has no '\(tensor)'"
    case .wrongShape(let tensor, let shape, let expected):
      "'\(tensor)' is \(shape.map(String.init).joined(separator: " x ")), where \(expected) is expected"
    case .unexpected(let tensor): "it has '\(tensor)', which belongs to another kind of network"
    case .tooLarge(let tensor): "what '\(tensor)' makes is too large"
    case .notFinite(let tensor): "'\(tensor)' holds numbers that are not finite"
    }
  }
}
