/// The languages in which Morelli puts what it measures into words.
package enum Language: String, CaseIterable, Codable, Sendable {
  case english = "en"
  case chinese = "zh"
}

/// One thing said in every language.
package struct Phrase: Sendable, Equatable {
  private let english, chinese: String

  init(_ english: String, _ chinese: String) {
    self.english = english
    self.chinese = chinese
  }

  package subscript(language: Language) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }
}
