/// Names as Prometheus wants them: letters, digits, `_` and `:`, no digit first.
enum MetricName {
  static func sanitised(_ name: String) -> String {
    let mapped = name.unicodeScalars.map { scalar -> Character in
      scalar.isASCII && (scalar.properties.isAlphabetic || "0123456789_:".unicodeScalars.contains(scalar))
        ? Character(scalar) : "_"
    }
    guard let first = mapped.first else { return "_" }
    return (first.isNumber ? "_" : "") + String(mapped)
  }
}
