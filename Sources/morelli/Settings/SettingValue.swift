/// One value of the settings file.
enum SettingValue: Equatable {
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case string(String)
  case strings([String])
  case numbers([String: Double])

  /// As TOML writes it.
  var literal: String {
    switch self {
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .boolean(let flag): String(flag)
    case .string(let text): "\"\(text)\""
    case .strings(let texts): "[" + texts.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
    case .numbers(let table):
      "{" + table.sorted { $0.key < $1.key }.map { " \($0.key) = \($0.value)" }.joined(separator: ",")
        + (table.isEmpty ? "" : " ") + "}"
    }
  }

  /// What a person typed for a setting of the same kind as `example`; brackets, braces and quotes may be left out.
  init?(typed text: String, like example: SettingValue) {
    func items(without marks: String) -> [String] {
      String(text.filter { !marks.contains($0) }).split(separator: ",")
        .map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }.filter { !$0.isEmpty }
    }
    switch example {
    case .integer:
      guard let number = Int(text) else { return nil }
      self = .integer(number)
    case .number:
      guard let number = Double(text), number.isFinite else { return nil }
      self = .number(number)
    case .boolean:
      guard let flag = Bool(text) else { return nil }
      self = .boolean(flag)
    case .string: self = .string(String(text.filter { $0 != "\"" }))
    case .strings: self = .strings(items(without: "[]\"'"))
    case .numbers:
      guard let weights = NamedNumbers(items(without: "{}\"' ")) else { return nil }
      self = .numbers(weights.values)
    }
  }
}
