import FoundationEssentials

/// `--json`: one document with stable keys, or one line a document.
enum JSONOutput {
  /// Prints a value with its keys in alphabetical order.
  ///
  /// - Parameter pretty: over several lines, as one document is read; otherwise on one line.
  static func print(_ value: some Encodable, pretty: Bool = true) throws {
    Swift.print(try text(value, pretty: pretty))
  }

  static func text(_ value: some Encodable, pretty: Bool = true) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting =
      pretty
      ? [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes] : [.sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Float {
  /// As it stands in JSON: six decimals are more than a score means.
  var rounded6: Double { (Double(self) * 1e6).rounded() / 1e6 }
}
