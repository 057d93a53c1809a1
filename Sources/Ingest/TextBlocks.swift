package import Catalog
package import Model
package import Text

/// Keeps the text blocks of a catalogue up to date: fits what makes them, and makes those that are missing.
package struct TextBlocks {
  /// Works that are read in one transaction.
  private static let batch = 128
  /// A catalogue of up to so many works is fitted on again by itself once it has doubled; a larger one by `morelli rebuild`.
  private static let fittedByItself = 20_000

  private let catalog: Catalog
  private let sentences: () throws -> SentenceModel?

  /// - Parameter sentences: finds the encoder that new fits use; nil where there is none. Asked when it is needed.
  package init(_ catalog: Catalog, _ sentences: @escaping () throws -> SentenceModel?) {
    self.catalog = catalog
    self.sentences = sentences
  }

  /// Whether there is an encoder for new fits.
  package func hasEncoder() throws -> Bool { try sentences() != nil }

  /// The block as it is now; nil before the first fit.
  package func descriptor() throws -> BlockDescriptor? { try catalog.storedTextModel()?.descriptor }

  /// What makes the block, to ask it for the vector of a query; nil before the first fit, and where it needs an encoder that
  /// isn't there any more.
  ///
  /// - Throws: `CatalogError`, also where what is kept is damaged; `SentenceModelError`.
  package func model() throws -> TextModel? {
    guard let stored = try catalog.storedTextModel(), let bytes = try catalog.textModelBytes() else {
      return nil
    }
    let encoder = try stored.method == .semantic ? sentences().map { try SentenceEncoder($0) } : nil
    if let model = TextModel(method: stored.method, bytes: bytes, encoder: encoder) { return model }
    guard stored.method == .lexical else { return nil }
    throw CatalogError(
      .damaged, "what makes the text block can't be read; morelli rebuild makes it anew", at: catalog.path)
  }

  /// Works whose text has yet to be read.
  package func unread() throws -> Int {
    // A version that no block has: without a model all are to be read.
    try catalog.countOfUnreadTexts(version: try descriptor()?.version ?? -1)
  }

  /// Whether a fit on the catalogue as it is now would be another: the number of works with a text has changed by a tenth, or the
  /// encoder is another, or there is one now.
  package func isOutOfDate() throws -> Bool {
    guard let stored = try catalog.storedTextModel() else { return true }
    let works = try catalog.texts().count
    if 10 * abs(works - stored.works) > stored.works { return true }
    let method: TextModel.Method = try sentences() == nil ? .lexical : .semantic
    return try method != stored.method || model() == nil
  }

  /// Makes the text blocks that are missing; fits first where there is no model yet, or where the catalogue has grown far beyond
  /// what it was fitted on.
  ///
  /// - Parameters:
  ///   - refits: fits anew in any case.
  ///   - progress: called after each batch with the number of works done.
  package func refresh(refits: Bool = false, progress: (Int) -> Void = { _ in }) throws {
    guard let model = try currentModel(refits: refits) else { return }
    let version = model.descriptor.version
    var done = 0
    while true {
      let unread = try catalog.unreadTexts(version: version, limit: Self.batch)
      if unread.isEmpty { return }
      let vectors = model.vectors(of: unread.map(\.text))
      try catalog.store(zip(unread, vectors).map { ($0.id, $0.text, $1) }, version: version)
      done += unread.count
      progress(done)
    }
  }

  /// nil where there is nothing to do or nothing to do it with.
  private func currentModel(refits: Bool) throws -> TextModel? {
    let stored = try catalog.storedTextModel()
    if !refits, let stored {
      let unread = try catalog.countOfUnreadTexts(version: stored.version)
      // The numbers needn't be read.
      if unread == 0 { return nil }
      let hasDoubled = unread > stored.works && stored.works <= Self.fittedByItself
      if !hasDoubled { return try model() }
    }
    let texts = try catalog.texts()
    guard !texts.isEmpty, let model = try fitted(texts) else { return nil }
    try catalog.store(model, fittedOn: texts.count)
    return model
  }

  private func fitted(_ texts: [ArtworkText]) throws -> TextModel? {
    guard let sentences = try sentences() else { return TextModel(fitting: texts) }
    return TextModel(fitting: texts, encoder: try SentenceEncoder(sentences))
  }
}
