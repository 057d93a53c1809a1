import FoundationEssentials
import Kernels

/// The table of contents of a safetensors file (https://huggingface.co/docs/safetensors): eight bytes of length, little
/// endian, so many bytes of JSON, then the tensors' numbers.
///
/// Everything in the file is doubted: lengths, offsets and shapes are checked before a byte of a tensor is read.
package struct SafeTensors: Sendable {
  /// A longer header is refused.
  package static let maximumHeaderLength = 4 << 20

  /// What one tensor is, and where its bytes lie.
  package struct Tensor: Hashable, Sendable {
    /// Such as `F16`.
    package let type: String
    package let shape: [Int]
    /// In the file.
    package let bytes: Range<Int>
  }

  /// What the writer had to say.
  package let metadata: [String: String]
  package let tensors: [String: Tensor]

  /// Reads the header; the tensors' numbers are left where they are.
  ///
  /// - Parameter bytes: the whole file.
  package init(_ bytes: Span<UInt8>) throws(SafeTensorsError) {
    guard bytes.count >= 8 else { throw .truncated }
    var length: UInt64 = 0
    for i in 0..<8 { length |= UInt64(bytes[i]) << (8 * UInt64(i)) }
    guard length <= UInt64(Self.maximumHeaderLength) else {
      throw .badHeader("\(length) bytes are too long for one")
    }
    let start = 8 + Int(length)
    guard start <= bytes.count else { throw .truncated }
    var json = Data(capacity: Int(length))
    for i in 8..<start { json.append(bytes[i]) }
    let header: Header
    do {
      header = try JSONDecoder().decode(Header.self, from: json)
    } catch {
      throw .badHeader("it is no JSON of tensors")
    }
    metadata = header.metadata
    tensors = try Self.placed(header.entries, from: start, to: bytes.count)
  }

  /// The numbers of a tensor, in row-major order.
  ///
  /// - Parameters:
  ///   - name: of a tensor whose shape the caller has looked at.
  ///   - bytes: the whole file, as it was when the header was read.
  package func values(of name: String, in bytes: Span<UInt8>) throws(SafeTensorsError) -> [Float] {
    guard let tensor = tensors[name] else { throw .missing(tensor: name) }
    guard tensor.bytes.upperBound <= bytes.count else { throw .truncated }
    let numbers = bytes.extracting(tensor.bytes)
    let values: [Float]
    switch tensor.type {
    case "F32":
      values = littleEndianFloats(numbers)
    case "F16":
      values = stride(from: 0, to: numbers.count, by: 2).map { i in
        BinaryFloat16.value(UInt16(numbers[i]) | UInt16(numbers[i + 1]) << 8)
      }
    case "BF16":
      values = stride(from: 0, to: numbers.count, by: 2).map { i in
        Float(bitPattern: UInt32(numbers[i]) << 16 | UInt32(numbers[i + 1]) << 24)
      }
    default: throw .unsupportedType(tensor: name, type: tensor.type)
    }
    guard Self.areFinite(values) else { throw .notFinite(tensor: name) }
    return values
  }

  private static func areFinite(_ values: [Float]) -> Bool { allFinite(values.span) }

  /// Tensors lie one after another from `start` to `end`, without a hole.
  private static func placed(
    _ entries: [String: Header.Entry], from start: Int, to end: Int
  ) throws(SafeTensorsError) -> [String: Tensor] {
    var tensors: [String: Tensor] = [:]
    var place = start
    let inOrder = entries.sorted { ($0.value.offsets, $0.key) < ($1.value.offsets, $1.key) }
    for (name, entry) in inOrder {
      guard let size = entry.byteCount, entry.offsets.first == place - start, size <= end - place,
        entry.offsets.last == place - start + size
      else { throw .badLayout(tensor: name) }
      tensors[name] = Tensor(type: entry.type, shape: entry.shape, bytes: place..<place + size)
      place += size
    }
    guard place == end else {
      throw place < end ? .badHeader("bytes are left that belong to no tensor") : .truncated
    }
    return tensors
  }
}

/// The JSON of the header.
private struct Header: Decodable {
  struct Entry: Decodable {
    let type: String
    let shape: [Int]
    /// First byte, and one beyond the last, after the header.
    let offsets: Offsets

    enum CodingKeys: String, CodingKey {
      case type = "dtype"
      case shape
      case offsets = "data_offsets"
    }

    /// nil where the shape makes no sense, or the type is none whose size is known.
    var byteCount: Int? {
      let sizes = [
        "F64": 8, "I64": 8, "U64": 8, "F32": 4, "I32": 4, "U32": 4, "F16": 2, "BF16": 2, "I16": 2, "U16": 2,
        "I8": 1, "U8": 1, "BOOL": 1,
      ]
      guard var count = sizes[type] else { return nil }
      for side in shape {
        let (product, overflows) = count.multipliedReportingOverflow(by: side)
        guard side >= 0, !overflows else { return nil }
        count = product
      }
      return count
    }
  }

  struct Offsets: Decodable, Comparable {
    let first, last: Int

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      first = try list.decode(Int.self)
      last = try list.decode(Int.self)
      guard list.isAtEnd else {
        throw DecodingError.dataCorruptedError(in: list, debugDescription: "two offsets are expected")
      }
    }

    static func < (a: Offsets, b: Offsets) -> Bool { (a.first, a.last) < (b.first, b.last) }
  }

  struct Name: CodingKey {
    let stringValue: String
    init(stringValue: String) { self.stringValue = stringValue }
    var intValue: Int? { nil }
    init?(intValue: Int) { nil }
  }

  var metadata: [String: String] = [:]
  var entries: [String: Entry] = [:]

  init(from decoder: any Decoder) throws {
    let table = try decoder.container(keyedBy: Name.self)
    for key in table.allKeys {
      if key.stringValue == "__metadata__" {
        metadata = try table.decode([String: String].self, forKey: key)
      } else {
        entries[key.stringValue] = try table.decode(Entry.self, forKey: key)
      }
    }
  }
}
