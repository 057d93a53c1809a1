import Kernels

/// Takes a network's tensors out of a file, and sees to it that each has the shape that it must have and that none is left.
struct NetworkReader {
  /// No layer has more channels, no embedding more numbers.
  private static let maximumWidth = 4096
  /// No map has more numbers: a quarter of a gigabyte.
  private static let maximumMap = 1 << 26

  private let tensors: SafeTensors
  private var left: Set<String>

  init(_ tensors: SafeTensors) {
    self.tensors = tensors
    left = Set(tensors.tensors.keys)
  }

  func has(_ name: String) -> Bool { tensors.tensors[name] != nil }

  /// A convolution `name` with its `.weight` and `.bias`.
  ///
  /// - Parameters:
  ///   - width, height: of its input.
  ///   - channels: of its input.
  ///   - filters: how many there must be; nil for any number.
  mutating func convolution(
    _ name: String, kernel: Int, stride: Int, width: Int, height: Int, channels: Int, filters: Int? = nil,
    in bytes: Span<UInt8>
  ) throws(SafeTensorsError) -> Convolution {
    let shape = try shape(of: name + ".weight")
    guard shape.count == 4, (1...Self.maximumWidth).contains(shape[0]), filters ?? shape[0] == shape[0],
      Array(shape.dropFirst()) == [channels, kernel, kernel]
    else {
      let first = filters.map(String.init) ?? "any number up to \(Self.maximumWidth)"
      throw .wrongShape(
        tensor: name + ".weight", shape: shape, expected: "\(first) x \(channels) x \(kernel) x \(kernel)")
    }
    let convolution = ConvolutionShape(
      channels: channels, filters: shape[0], kernel: kernel, stride: stride, inputWidth: width,
      inputHeight: height)
    guard convolution.outputCount <= Self.maximumMap else { throw .tooLarge(tensor: name + ".weight") }
    return Convolution(
      convolution, weights: try take(name + ".weight", in: bytes),
      bias: try vector(name + ".bias", count: shape[0], in: bytes))
  }

  /// A matrix of any number of rows, row by row.
  mutating func matrix(
    _ name: String, columns: Int, in bytes: Span<UInt8>
  ) throws(SafeTensorsError) -> (rows: Int, values: [Float]) {
    let shape = try shape(of: name)
    guard shape.count == 2, (1...Self.maximumWidth).contains(shape[0]), shape[1] == columns else {
      throw .wrongShape(
        tensor: name, shape: shape, expected: "any number up to \(Self.maximumWidth) x \(columns)")
    }
    return (shape[0], try take(name, in: bytes))
  }

  mutating func vector(_ name: String, count: Int, in bytes: Span<UInt8>) throws(SafeTensorsError) -> [Float]
  {
    let shape = try shape(of: name)
    guard shape == [count] else { throw .wrongShape(tensor: name, shape: shape, expected: "\(count)") }
    return try take(name, in: bytes)
  }

  /// Lets tensors be that the network has no use for.
  mutating func ignore(where isUseless: (String) -> Bool) { left = left.filter { !isUseless($0) } }

  /// - Throws: when the file has tensors that nobody has asked for: it is another kind of network.
  func expectNothingElse() throws(SafeTensorsError) {
    if let name = left.min() { throw .unexpected(tensor: name) }
  }

  func shape(of name: String) throws(SafeTensorsError) -> [Int] {
    guard let tensor = tensors.tensors[name] else { throw .missing(tensor: name) }
    return tensor.shape
  }

  mutating func take(_ name: String, in bytes: Span<UInt8>) throws(SafeTensorsError) -> [Float] {
    left.remove(name)
    return try tensors.values(of: name, in: bytes)
  }
}
