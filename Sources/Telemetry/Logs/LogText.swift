/// Text from outside, such as a file's name, in a line of the log.
enum LogText {
  /// Begins a new line, steers the terminal, or makes a line look like another one: controls, line and paragraph
  /// separators, and marks that turn the direction of writing.
  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    case .format: scalar.properties.isBidiControl
    default: false
    }
  }

  /// `\n` and the like, `\u{1b}` for the rest.
  static func escaped(_ text: String, quoting: Bool = false) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
      case "\r": result.append(contentsOf: #"\r"#.unicodeScalars)
      case "\t": result.append(contentsOf: #"\t"#.unicodeScalars)
      case "\"" where quoting, "\\" where quoting:
        result.append("\\")
        result.append(scalar)
      case _ where isHarmful(scalar):
        result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// As it is, where it is one plain word; else in quotation marks.
  static func word(_ text: String) -> String {
    let plain = text.unicodeScalars.allSatisfy {
      !isHarmful($0) && !$0.properties.isWhitespace && $0 != "\"" && $0 != "\\" && $0 != "="
    }
    return plain && !text.isEmpty ? text : "\"\(escaped(text, quoting: true))\""
  }

  /// A JSON string (RFC 8259), in which harmful characters are escaped as well.
  static func json(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append("\"")
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\n": result.append(contentsOf: #"\n"#.unicodeScalars)
      case "\r": result.append(contentsOf: #"\r"#.unicodeScalars)
      case "\t": result.append(contentsOf: #"\t"#.unicodeScalars)
      case "\"", "\\":
        result.append("\\")
        result.append(scalar)
      case _ where isHarmful(scalar):
        // None of them lies beyond U+FFFF but the tags, which are no bidi controls.
        let digits = String(scalar.value, radix: 16)
        result.append(
          contentsOf: (#"\u"# + String(repeating: "0", count: 4 - digits.count) + digits).unicodeScalars)
      default: result.append(scalar)
      }
    }
    result.append("\"")
    return String(result)
  }
}
