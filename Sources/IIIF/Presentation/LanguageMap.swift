package import Model

/// A text of IIIF's Presentation API 3.0 in one or more languages (4.2): an object of lists by language tag.
struct LanguageMap: Equatable {
  let node: JSONNode

  /// The program's own words, in its two languages.
  init(en english: String, zh chinese: String) {
    node = ["en": [.text(english)], "zh": [.text(chinese)]]
  }

  /// What the catalogue says, in whatever language it says it.
  init(_ texts: String...) { self.init(texts) }

  init(_ texts: [String]) {
    node = ["none": .list(texts.map { .text(Self.plain($0)) })]
  }

  /// A text that begins with `<` and ends with `>` would be taken for HTML: a space at its end says that it is none (4.3.2).
  private static func plain(_ text: String) -> String {
    text.hasPrefix("<") && text.hasSuffix(">") ? text + " " : text
  }
}

/// The labels of metadata.
enum Label {
  static let artist = LanguageMap(en: "Artist", zh: "艺术家")
  static let date = LanguageMap(en: "Date", zh: "年代")
  static let style = LanguageMap(en: "Style", zh: "风格")
  static let genre = LanguageMap(en: "Genre", zh: "题材")
  static let medium = LanguageMap(en: "Medium", zh: "材质")
  static let tags = LanguageMap(en: "Tags", zh: "标签")
  static let identifier = LanguageMap(en: "Identifier", zh: "编号")
  static let credit = LanguageMap(en: "Credit", zh: "鸣谢")
  static let rank = LanguageMap(en: "Rank", zh: "名次")
  static let score = LanguageMap(en: "Similarity", zh: "相似度")
  static let percentile = LanguageMap(en: "Percentile", zh: "百分位")
  static let workPage = LanguageMap(en: "This work in Morelli", zh: "在 Morelli 中查看此作品")
  static let linkedArt = LanguageMap(en: "Linked Art", zh: "Linked Art 数据")
}
