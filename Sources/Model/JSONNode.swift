/// A JSON document as it is put together, many times as fast as by `JSONEncoder`: the members of an object keep their order, because
/// JSON-LD wants `@context` first.
package enum JSONNode: Sendable, Equatable {
  case null
  case text(String)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  case list([JSONNode])
  case object([(name: String, value: JSONNode)])

  /// UTF-8, without line breaks.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4096)
    write(to: &bytes)
    return bytes
  }

  private func write(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .text(let text): Self.write(text, to: &bytes)
    case .integer(let value): bytes += String(value).utf8
    // Neither NaN nor an infinity can be written.
    case .number(let value): bytes += (value.isFinite ? String(value) : "null").utf8
    case .flag(let value): bytes += (value ? "true" : "false").utf8
    case .list(let nodes):
      bytes.append(UInt8(ascii: "["))
      for (index, node) in nodes.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        node.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// RFC 8259, section 7.
  private static func write(_ text: String, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    defer { bytes.append(UInt8(ascii: "\"")) }
    // As nearly all are: then it is one copy.
    guard text.utf8.contains(where: { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") })
    else {
      bytes.append(contentsOf: text.utf8)
      return
    }
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case 0x0A: bytes += "\\n".utf8
      case 0..<0x20: bytes += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
      default: bytes.append(byte)
      }
    }
  }

  /// null for nothing.
  package static func text(orNull text: String?) -> JSONNode { text.map { .text($0) } ?? .null }
  package static func integer(orNull number: Int?) -> JSONNode { number.map { .integer($0) } ?? .null }
  package static func number(orNull number: Double?) -> JSONNode { number.map { .number($0) } ?? .null }

  package static func == (a: JSONNode, b: JSONNode) -> Bool { a.bytes == b.bytes }
}

extension JSONNode: ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
  package init(arrayLiteral elements: JSONNode...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, JSONNode)...) {
    self = .object(elements.map { (name: $0.0, value: $0.1) })
  }
}

extension JSONNode {
  /// The object with one more member at its end; unchanged where there is no value, and for anything but an object.
  package func with(_ name: String, _ value: JSONNode?) -> JSONNode {
    guard case .object(let members) = self, let value else { return self }
    return .object(members + [(name: name, value: value)])
  }

  /// As `with(_:_:)`, where an empty list counts as no value.
  package func with(_ name: String, all nodes: [JSONNode]) -> JSONNode {
    with(name, nodes.isEmpty ? nil : .list(nodes))
  }
}
