import Model

/// The words of dates and what they mean: a table from phrases to signs, longest phrase first.
struct YearLexicon: Sendable {
  static let standard = YearLexicon()

  private var signs: [[String]: YearSign] = [:]
  private var longestPhrase = 1

  private init() {
    signs[["."]] = .dot
    for (sign, phrases) in Self.words { add(phrases, as: sign) }
    for (phrases, kind, earliest, latest) in Self.periods {
      add(phrases, as: .period(YearRange(earliest...latest), kind))
    }
  }

  private mutating func add(_ phrases: String, as sign: YearSign) {
    for phrase in phrases.split(separator: "|") {
      let key = YearTokenizer.tokens(in: String(phrase)).map(\.text)
      // One phrase, one meaning: a second entry would decide by the order of the table.
      precondition(signs[key] == nil || signs[key] == sign, "two meanings of \(phrase)")
      signs[key] = sign
      longestPhrase = max(longestPhrase, key.count)
    }
  }

  /// The meaning of each piece, those of no account left out; nil as soon as one piece is not understood.
  func signs(in tokens: [YearToken]) -> [YearSign]? {
    var result: [YearSign] = []
    var index = 0
    while index < tokens.count {
      guard let (sign, length) = sign(in: tokens, at: index) else { return nil }
      if sign != .nothing { result.append(sign) }
      index += length
    }
    return result
  }

  private func sign(in tokens: [YearToken], at index: Int) -> (YearSign, length: Int)? {
    let token = tokens[index]
    if token.kind == .number { return number(in: tokens, at: index) }
    for length in stride(from: min(longestPhrase, tokens.count - index), to: 0, by: -1) {
      if let sign = signs[tokens[index..<index + length].map(\.text)] { return (sign, length) }
    }
    let numerals = tokens[index...].prefix { Numerals.isChinese($0.text) }.map(\.text)
    if let (value, digits) = Numerals.chinese(numerals) {
      return (.number(value, digits: digits), numerals.count)
    }
    return roman(token.text).map { ($0, 1) }
  }

  /// A number and the ending glued to it: "17th" and "1re" are ordinals, "1880s" keeps its "s" as a sign of its own.
  private func number(in tokens: [YearToken], at index: Int) -> (YearSign, length: Int)? {
    let text = tokens[index].text
    guard text.utf8.count <= 6, let value = Int(text) else { return nil }
    if text.utf8.count <= 2, index + 1 < tokens.count, tokens[index + 1].isGlued,
      Self.ordinalEndings.contains(tokens[index + 1].text)
    {
      return (.ordinal(value), 2)
    }
    return (.number(value, digits: text.utf8.count), 1)
  }

  /// "xvii" and "xviie"; a year only if it has five letters or more, lest a short word pass for one.
  private func roman(_ text: String) -> YearSign? {
    if let value = Numerals.roman(text), value <= 30 || text.count >= 5 { return .roman(value) }
    for ending in Self.ordinalEndings where text.hasSuffix(ending) {
      if let value = Numerals.roman(String(text.dropLast(ending.count))), value <= 30 {
        return .ordinal(value)
      }
    }
    return nil
  }

  private static let ordinalEndings: Set<String> = [
    "st", "nd", "rd", "th", "e", "er", "re", "ere", "eme", "ieme", "nde", "o", "a", "ste", "de",
  ]
}
