/// A metric's dimensions: names without repetition, in alphabetical order, so that equal ones are one series.
struct Labels: Hashable, Comparable, Sendable {
  /// As it stands between the braces; empty where there are none.
  let text: String

  /// - Parameter dimensions: of a name that comes more than once the last counts.
  init(_ dimensions: [(String, String)]) {
    var values: [String: String] = [:]
    for (name, value) in dimensions { values[MetricName.sanitisedLabel(name)] = value }
    text = values.sorted { $0.key < $1.key }
      .map { "\($0.key)=\"\(MetricName.escapedValue($0.value))\"" }.joined(separator: ",")
  }

  static func < (one: Labels, two: Labels) -> Bool { one.text < two.text }

  /// With the braces, and with one more label, if there is any.
  func braced(adding label: String? = nil) -> String {
    let all = [text, label ?? ""].filter { !$0.isEmpty }.joined(separator: ",")
    return all.isEmpty ? "" : "{\(all)}"
  }
}
