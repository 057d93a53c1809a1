/// Numerals other than Arabic digits.
enum Numerals {
  /// The value of a Roman numeral in its usual form, in lower case: "xvii" 17; nil for any other text, "iiii" too.
  static func roman(_ text: String) -> Int? {
    guard !text.isEmpty, text.utf8.count <= 15 else { return nil }
    var rest = text[...]
    var value = 0
    for (numeral, worth, most) in romanSteps {
      var times = 0
      while times < most, rest.hasPrefix(numeral) {
        rest = rest.dropFirst(numeral.count)
        value += worth
        times += 1
      }
    }
    return rest.isEmpty ? value : nil
  }

  private static let romanSteps: [(String, Int, Int)] = [
    ("m", 1000, 3), ("cm", 900, 1), ("d", 500, 1), ("cd", 400, 1), ("c", 100, 3), ("xc", 90, 1), ("l", 50, 1),
    ("xl", 40, 1), ("x", 10, 3), ("ix", 9, 1), ("v", 5, 1), ("iv", 4, 1), ("i", 1, 3),
  ]

  /// The value of Chinese numerals below 100 with tens ("十七", "三十", "廿一") or of any row of digits ("一六五〇"),
  /// and the number of digits that it has in Arabic; nil for any other row of characters.
  static func chinese(_ characters: [String]) -> (value: Int, digits: Int)? {
    guard !characters.isEmpty, characters.count <= 6 else { return nil }
    if characters.allSatisfy({ chineseDigits[$0] != nil }) {
      let value = characters.reduce(0) { $0 * 10 + (chineseDigits[$1] ?? 0) }
      return (value, characters.count)
    }
    var tens = 0
    var rest = characters[...]
    if rest.first == "廿" {
      tens = 2
      rest.removeFirst()
    } else {
      if let first = rest.first, let digit = chineseDigits[first], digit > 0 {
        tens = digit
        rest.removeFirst()
      } else {
        tens = 1
      }
      guard rest.popFirst() == "十" else { return nil }
    }
    guard rest.count <= 1 else { return nil }
    var unit = 0
    if let last = rest.first {
      guard let digit = chineseDigits[last], digit > 0 else { return nil }
      unit = digit
    }
    return (tens * 10 + unit, 2)
  }

  /// Whether a character may stand in a Chinese numeral.
  static func isChinese(_ character: String) -> Bool {
    chineseDigits[character] != nil || character == "十" || character == "廿"
  }

  private static let chineseDigits: [String: Int] = [
    "〇": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
  ]
}
