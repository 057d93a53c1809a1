import Foundation

/// Any JSON, for looking into documents without declaring them: a test should see keys that are not expected, too.
enum JSONValue: Decodable, Equatable, Sendable {
  case null
  case boolean(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(_ data: Data) throws { self = try JSONDecoder().decode(JSONValue.self, from: data) }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    // The kinds that are met most come first: a failed attempt takes time.
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([String: JSONValue].self) {
      self = .object(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .boolean(try container.decode(Bool.self))
    }
  }

  /// nil where this is no object or has no such key.
  subscript(key: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[key]
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var double: Double? { if case .number(let number) = self { number } else { nil } }
  var int: Int? { double.flatMap { Int(exactly: $0) } }
  var bool: Bool? { if case .boolean(let flag) = self { flag } else { nil } }
  var isNull: Bool { self == .null }

  /// Empty where this is no array.
  var array: [JSONValue] { if case .array(let items) = self { items } else { [] } }

  /// Empty where this is no object.
  var object: [String: JSONValue] { if case .object(let members) = self { members } else { [:] } }

  var keys: Set<String> { Set(object.keys) }
}
