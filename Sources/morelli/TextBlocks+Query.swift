import Catalog
import Ingest
import Platform
import Text

extension TextBlocks {
  /// With the encoder that the settings name or that was fetched. One that is broken is told and left aside: pictures are
  /// found without.
  init(_ catalog: Catalog, _ settings: Settings) {
    self.init(catalog) {
      do {
        return try SentenceModel.find(setting: settings.textModel)
      } catch let error as SentenceModelError {
        tell(error.reason)
        return nil
      }
    }
  }

  /// A query waits for so many works to be read, not for more.
  private static let readByQuery = 2000

  /// Reads what is new, if that takes no time.
  func refreshForQuery() throws {
    let unread = try unread()
    guard unread > 0 else { return }
    guard unread <= Self.readByQuery else {
      tell("the texts of \(unread) works have yet to be read: morelli rebuild")
      return
    }
    try refresh()
  }

  /// Reads what is new, with a bar.
  func refreshWithBar(refits: Bool = false) throws {
    let total = try unread()
    guard total > 0 || refits else { return }
    var bar = ProgressBar("texts")
    defer { bar.finish() }
    try refresh(refits: refits) { bar.show(min($0, total), of: total) }
  }
}
