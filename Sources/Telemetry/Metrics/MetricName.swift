/// Names and texts as the Prometheus text format 0.0.4 wants them
/// (https://prometheus.io/docs/instrumenting/exposition_formats/).
package enum MetricName {
  /// `[a-zA-Z_:][a-zA-Z0-9_:]*`: any other character becomes `_`.
  package static func sanitised(_ name: String) -> String { sanitised(name, allowing: ":") }

  /// `[a-zA-Z_][a-zA-Z0-9_]*`, and none of those that the format keeps for itself.
  package static func sanitisedLabel(_ name: String) -> String {
    let result = sanitised(name, allowing: "_")
    return result == "le" || result == "quantile" || result.hasPrefix("__") ? "label_" + result : result
  }

  /// Between quotation marks.
  static func escapedValue(_ value: String) -> String {
    escapedHelp(value).replacing("\"", with: "\\\"")
  }

  static func escapedHelp(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": result.append(contentsOf: "\\\\".unicodeScalars)
      case "\n": result.append(contentsOf: "\\n".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  /// As short as comes back to the same number.
  package static func number(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
    // Below 2⁵³ every whole number is exact.
    if value.rounded() == value, abs(value) < 9_007_199_254_740_992 { return String(Int64(value)) }
    return value.description
  }

  private static func sanitised(_ name: String, allowing other: Unicode.Scalar) -> String {
    var result = String.UnicodeScalarView()
    for scalar in name.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "_", other: result.append(scalar)
      case "0"..."9":
        if result.isEmpty { result.append("_") }
        result.append(scalar)
      default: result.append("_")
      }
    }
    return result.isEmpty ? "_" : String(result)
  }
}
