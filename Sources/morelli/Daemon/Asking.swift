import Catalog
import Foundation
import Ingest
import Platform
import Search
import Server
import Text

/// Where questions are answered: by the daemon that has the home, if there is one, else here. Both give the same answers.
struct Asking {
  private let daemon: DaemonClient?
  private let home: Home
  private let catalog: Catalog
  private let settings: Settings

  init(_ home: Home, _ catalog: Catalog, _ settings: Settings) {
    self.home = home
    self.catalog = catalog
    self.settings = settings
    daemon = DaemonClient(home)
  }

  /// Answers one question after another.
  ///
  /// - Parameters:
  ///   - terms: of all of them.
  ///   - body: given what answers; what that throws is a `CommandFailure`.
  func answers<R>(
    _ terms: Question.Terms, _ body: (_ answer: (Question) throws -> Answer) throws -> R
  ) throws -> R {
    if let daemon {
      var isGone = false
      var local: Answerer?
      return try body { question in
        if !isGone {
          do { return try daemon.answer(question) } catch is SocketClient.Unreachable { isGone = true }
        }
        let here = try local ?? self.answerer(terms)
        local = here
        return try Answer(here.answer(question))
      }
    }
    let answerer = try answerer(terms)
    return try body { try Answer(answerer.answer($0)) }
  }

  private func answerer(_ terms: Question.Terms) throws -> Answerer {
    if terms.text != nil { try catalog.refreshWordsWithBar() }
    let texts = TextBlocks(catalog, settings)
    try texts.refreshForQuery()
    let model = terms.text == nil ? nil : try texts.model()
    return try Answerer(
      catalog, settings, terms, home.index(catalog, settings).search { tell($0) }, textModel: model)
  }
}
