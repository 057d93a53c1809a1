/// Writes safetensors files, sound ones and others.
struct TensorFile {
  private var header: [String] = []
  private var data: [UInt8] = []

  /// Adds a tensor; zeros where no bytes are given.
  mutating func add(_ name: String, _ type: String, _ shape: [Int], _ bytes: [UInt8]? = nil) {
    let size = ["F64": 8, "F32": 4, "I32": 4, "F16": 2, "BF16": 2][type] ?? 1
    let bytes = bytes ?? [UInt8](repeating: 0, count: shape.reduce(size, *))
    add(
      json:
        "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(data.count),\(data.count + bytes.count)]}"
    )
    data += bytes
  }

  /// Adds an entry to the header as it is.
  mutating func add(json entry: String) { header.append(entry) }

  /// Adds to what follows the header.
  mutating func add(data bytes: [UInt8]) { data += bytes }

  var bytes: [UInt8] {
    let json = Array("{\(header.joined(separator: ","))}".utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json + data
  }
}
