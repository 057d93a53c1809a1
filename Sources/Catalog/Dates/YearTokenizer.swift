/// The smallest pieces of a date as written, folded (see ``Swift/String/folded``).
struct YearToken: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    /// ASCII digits.
    case number
    /// Letters of an alphabet, or one character of a script that is written without spaces.
    case word
    /// Anything else that is not a blank; all dashes are "-".
    case mark
  }
  let kind: Kind
  let text: String
  /// Whether nothing stands between this token and the one before: "17th" is two tokens, the second glued.
  let isGlued: Bool
}

enum YearTokenizer {
  /// Cuts a text into numbers, words and marks.
  ///
  /// Apostrophes and quotation marks vanish, and so does a full stop unless it stands between two digits
  /// ("12.5.1888"): "A.D.", "AD" and "17. Jh." need no forms of their own. Chinese characters are set to one form
  /// where Chinese and Japanese write several.
  static func tokens(in text: String) -> [YearToken] {
    let characters = Array(text.folded)
    var tokens: [YearToken] = []
    var index = 0
    var isGlued = false
    while index < characters.count {
      let character = characters[index]
      if character.isWhitespace {
        isGlued = false
        index += 1
        continue
      }
      if vanishing.contains(character) {
        index += 1
        continue
      }
      if character == "." {
        let isBetweenDigits =
          index > 0 && index + 1 < characters.count && characters[index - 1].isDigit
          && characters[index + 1].isDigit
        if isBetweenDigits {
          tokens.append(YearToken(kind: .mark, text: ".", isGlued: isGlued))
        } else {
          isGlued = false
        }
        index += 1
        continue
      }
      // "-500" is how programs write 500 BC. A longer dash ("–1650") may mean "until", and stays a dash.
      let isMinus = tokens.isEmpty && (character == "-" || character == "−")
      if isMinus, index + 1 < characters.count, characters[index + 1].isDigit {
        tokens.append(YearToken(kind: .word, text: "minus", isGlued: false))
        isGlued = true
        index += 1
        continue
      }
      let end = endOfToken(in: characters, from: index)
      let kind: YearToken.Kind = character.isDigit ? .number : character.isLetter ? .word : .mark
      var piece = String(characters[index..<end])
      if kind == .mark, dashes.contains(character) { piece = "-" }
      if let variant = commonForm[character] { piece = String(variant) }
      tokens.append(YearToken(kind: kind, text: piece, isGlued: isGlued))
      isGlued = true
      index = end
    }
    return tokens
  }

  private static func endOfToken(in characters: [Character], from start: Int) -> Int {
    let first = characters[start]
    var end = start + 1
    if first.isDigit {
      while end < characters.count, characters[end].isDigit { end += 1 }
    } else if first.isAlphabetic {
      while end < characters.count, characters[end].isAlphabetic { end += 1 }
    }
    return end
  }

  private static let vanishing: Set<Character> = [
    "'", "’", "‘", "ʼ", "′", "\"", "“", "”", "„", "«", "»", "?",
  ]
  private static let dashes: Set<Character> = ["-", "‐", "‑", "‒", "–", "—", "―", "−", "~", "〜", "∼"]

  /// The form that the tables of ``YearLexicon`` are written in, of characters that are written in several.
  private static let commonForm: [Character: Character] = {
    let pairs = """
      漢汉 東东 戰战 戦战 國国 遼辽 萬万 曆历 暦历 啟启 啓启 禎祯 順顺 慶庆 豐丰 緒绪 統统 樂乐 時时 紀纪 約约 後后 葉叶 興兴 鎌镰 倉仓 劉刘 齊齐 斉齐 晉晋 間间 \
      聰聪 寶宝 徳德 寛宽 寬宽 製制 頃顷 彌弥 墳坟 飛飞 鳥鸟 縄绳 繩绳 戸户 戶户 鮮鲜 麗丽 應应 応应 祿禄 長长 歲岁 嚴严 發发
      """
    var table: [Character: Character] = [:]
    for pair in pairs.split(separator: " ") {
      if let variant = pair.first, let common = pair.last { table[variant] = common }
    }
    return table
  }()
}

extension Character {
  fileprivate var isDigit: Bool { isASCII && isNumber }
  /// A letter of a script that puts spaces between words.
  fileprivate var isAlphabetic: Bool {
    guard isLetter, let scalar = unicodeScalars.first else { return false }
    return !(0x2E80...0x9FFF).contains(scalar.value) && !(0xF900...0xFAFF).contains(scalar.value)
      && scalar.value < 0x20000
  }
}
