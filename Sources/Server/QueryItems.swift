/// What stands behind the question mark of an address.
package struct QueryItems: Sendable {
  /// Bytes of one value.
  private static let longest = 4096
  /// Values of one name.
  private static let most = 64

  /// Of a whole number.
  private static let digits: Set<Character> = Set("-0123456789")

  private let values: [String: [String]]

  package init(_ values: [String: [String]] = [:]) { self.values = values }

  /// - Throws: `Problem` (400) for what is no UTF-8, too long or too much.
  package init(parsing text: String) throws(Problem) {
    var values: [String: [String]] = [:]
    for part in text.split(separator: "&", omittingEmptySubsequences: true) {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let words = pair.map { PercentCoding.decoded($0, plusIsSpace: true) }
      guard let name = words[0], let value = words.count > 1 ? words[1] : "" else {
        throw .unclear("'\(part.prefix(80))' is not UTF-8 in percent-encoding")
      }
      guard value.utf8.count <= Self.longest else {
        throw .unclear("the value of '\(name.prefix(80))' has more than \(Self.longest) bytes")
      }
      guard !value.unicodeScalars.contains(where: { $0.value == 0 }) else {
        throw .unclear("the value of '\(name.prefix(80))' holds a null character")
      }
      values[name, default: []].append(value)
      guard values[name, default: []].count <= Self.most else {
        throw .unclear("'\(name.prefix(80))' stands more than \(Self.most) times")
      }
    }
    self.values = values
  }

  /// - Throws: `Problem` (400) where another name stands there.
  package func check(_ names: Set<String>) throws(Problem) {
    guard let other = values.keys.filter({ !names.contains($0) }).min() else { return }
    throw .unclear(
      names.isEmpty
        ? "there is no parameter '\(other.prefix(80))' here, and no other"
        : "there is no parameter '\(other.prefix(80))' here; there are \(names.sorted().joined(separator: ", "))"
    )
  }

  package var isEmpty: Bool { values.isEmpty }

  /// All values of a name, in order; empty ones are left out.
  package func texts(_ name: String) -> [String] { values[name, default: []].filter { !$0.isEmpty } }

  /// - Throws: `Problem` (400) where it stands twice.
  package func text(_ name: String) throws(Problem) -> String? {
    let all = values[name, default: []]
    guard all.count <= 1 else { throw .unclear("'\(name)' stands more than once") }
    return all.first.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// As `text`, but nothing is no value of this kind.
  package func value(_ name: String) throws(Problem) -> String? {
    if values[name, default: []].contains("") { throw .unclear("'\(name)' has no value") }
    return try text(name)
  }

  /// A whole number.
  package func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = try value(name) else { return nil }
    guard text.allSatisfy(Self.digits.contains), let number = Int(text), range.contains(number) else {
      throw .unclear(
        "'\(name)' is a whole number from \(range.lowerBound) to \(range.upperBound), not '\(text.prefix(80))'"
      )
    }
    return number
  }

  package func number(_ name: String, in range: ClosedRange<Double>) throws(Problem) -> Double? {
    guard let text = try value(name) else { return nil }
    guard text.allSatisfy(Self.digits.union(".eE").contains), let number = Double(text),
      range.contains(number)
    else {
      throw .unclear(
        "'\(name)' is a number from \(range.lowerBound) to \(range.upperBound), not '\(text.prefix(80))'")
    }
    return number
  }

  package func flag(_ name: String) throws(Problem) -> Bool {
    switch try value(name) {
    case nil, "false": return false
    case "true": return true
    case let other?: throw .unclear("'\(name)' is true or false, not '\(other.prefix(80))'")
    }
  }

  /// One of some words.
  package func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(Problem) -> Choice? where Choice.RawValue == String {
    guard let text = try value(name) else { return nil }
    return try Self.choice(text, name)
  }

  package func choices<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(Problem) -> [Choice] where Choice.RawValue == String {
    var found: [Choice] = []
    for text in values[name, default: []] { found.append(try Self.choice(text, name)) }
    return found
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, _ name: String
  ) throws(Problem) -> Choice where Choice.RawValue == String {
    guard let choice = Choice(rawValue: text) else {
      let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
      throw .unclear("'\(name)' is one of \(known), not '\(text.prefix(80))'")
    }
    return choice
  }
}

/// Percent-encoding (RFC 3986), strictly.
enum PercentCoding {
  /// nil where it is no UTF-8, or a percent sign is not followed by two digits.
  static func decoded(_ text: some StringProtocol, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8.makeIterator()
    while let byte = rest.next() {
      switch byte {
      case UInt8(ascii: "%"):
        guard let high = rest.next().flatMap(digit), let low = rest.next().flatMap(digit) else { return nil }
        bytes.append(high << 4 | low)
      case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
      default: bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self)
  }

  private static func digit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
  }
}
