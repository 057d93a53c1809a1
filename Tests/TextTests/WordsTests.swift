import Testing
import Text

@Suite struct WordsTests {
  @Test(arguments: [
    ("The Great Wave", ["the", "great", "wave"]),
    ("L'Étoile (Danseuse)", ["l", "etoile", "danseuse"]),
    ("Øystein Åsen, Große Straße", ["oystein", "asen", "grosse", "strasse"]),
    ("e\u{301}toile ÉTOILE", ["etoile", "etoile"]),
    ("ＦＵＬＬ ｗｉｄｔｈ ﬁn Ⅻ", ["full", "width", "fin", "xii"]),
    ("Ελένη Ὅμηρος", ["ελενη", "ομηροσ"]),
    ("Ночь, 1880s; no.31", ["ночь", "1880s", "no", "31"]),
    ("  — … !?\n", []),
    ("", []),
    ("हिन्दी", ["हिन्दी"]),
  ])
  func indexed(text: String, words: [String]) {
    #expect(Words.indexed(text) == words)
  }

  @Test(arguments: [
    ("富嶽三十六景", ["富嶽", "嶽三", "三十", "十六", "六景", "景"]),
    ("梅", ["梅"]),
    ("北斎Hokusai、がか", ["北斎", "斎", "hokusai", "がか", "か"]),
    ("モネ・睡蓮", ["モネ", "ネ", "睡蓮", "蓮"]),
    ("ﾓﾈ", ["モネ", "ネ"]),
    ("서울 도", ["서울", "울", "도"]),
    ("𠮷野", ["𠮷野", "野"]),
  ])
  func indexedCharacters(text: String, words: [String]) {
    #expect(Words.indexed(text) == words)
  }

  @Test func queried() {
    #expect(Words.queried("Great Wave").map(\.words) == [["great"], ["wave"]])
    #expect(Words.queried("Great Wave").allSatisfy { !$0.isPrefix })
    #expect(Words.queried("Great Wa", isPrefix: true).map(\.isPrefix) == [false, true])
    #expect(Words.queried("三十六景").map(\.words) == [["三十", "十六", "六景"]])
    // One character may stand anywhere in a run: every character begins a word of the index.
    #expect(Words.queried("景").map(\.words) == [["景"]])
    #expect(Words.queried("景").map(\.isPrefix) == [true])
    #expect(Words.queried("-!").isEmpty)
  }

  /// Whatever is asked for as it is written is found: its words stand in the index one after another.
  @Test(arguments: ["The Great Wave off Kanagawa", "神奈川沖浪裏 (The Great Wave)", "Ça ira? 梅 1888", "ß𠮷梅野x"])
  func aTextFindsItself(text: String) {
    let index = Words.indexed(text)
    for query in Words.queried(text) {
      let isThere = index.indices.contains { start in
        let stretch = index[start...].prefix(query.words.count)
        return stretch.elementsEqual(query.words)
          || (query.isPrefix && stretch.first?.hasPrefix(query.words[0]) == true)
      }
      #expect(isThere, "\(query.words)")
    }
  }
}
