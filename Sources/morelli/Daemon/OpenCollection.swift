import Catalog
import Foundation
import Ingest
import Model
import Platform
import Search
import Synchronization
import Text
import VectorIndex

/// A home that is kept open: what a daemon answers from, and what it keeps up beside.
final class OpenCollection: Sendable {
  /// A query waits for an index of so many signatures to be opened anew, not for more.
  private static let reopenedByQuery = 5000
  /// So many new signatures are indexed while others are still coming in: to compare them one by one would take too long.
  private static let indexedAmongOthers = 5000

  let home: Home
  let catalog: Catalog
  private let current: Mutex<Settings>
  private let hub: SearchHub
  private let prepared = Mutex<Int64>(-1)
  private let model = Mutex<(version: Int, model: TextModel?)?>(nil)
  private let building = Mutex<Void>(())
  /// Held while texts are read: two at once would each change what the other has just read.
  private let reading = Mutex<Void>(())
  /// The generation on disk when it was last looked at: another process may build one, or roll back.
  private let seen: Mutex<Int?>
  private let isBuilding = Atomic<Bool>(false)
  private let commits: CommitWatch
  /// The commit up to which everything is kept up.
  private let keptUp = Mutex<Int64?>(nil)
  private let note: @Sendable (String) -> Void

  /// - Parameter note: told of what people should know.
  init(_ home: Home, _ catalog: Catalog, _ settings: Settings, note: @escaping @Sendable (String) -> Void)
    throws
  {
    self.home = home
    self.catalog = catalog
    self.note = note
    current = Mutex(settings)
    commits = try CommitWatch(catalog)
    let index = try home.index(catalog, settings)
    hub = try SearchHub(catalog, index, tell: note)
    seen = Mutex(try? index.currentNumber())
  }

  var settings: Settings {
    get { current.withLock { $0 } }
    set { current.withLock { $0 = newValue } }
  }

  /// Signatures newer than the generation, and all; the generation; whether another is being built.
  var state: (pending: Int, signatures: Int, generation: Int?, isBuilding: Bool) {
    let pending = hub.pending
    return (pending.changed, pending.all, hub.generation, isBuilding.load(ordering: .relaxed))
  }

  /// The blocks by which works are compared now.
  var descriptors: [BlockDescriptor] { hub.descriptors }

  /// - Throws: `CommandFailure` that names the part of the question that has no answer.
  func answer(_ question: Question) throws -> Findings {
    let start = ContinuousClock.now
    let settings = settings
    let search = try search()
    var textModel: TextModel?
    if question.terms.text != nil {
      if try catalog.staleWords() > 0 { try catalog.refreshWords() }
      textModel = try self.textModel(settings, of: search)
    }
    return try Answerer(catalog, settings, question.terms, search, textModel: textModel)
      .answer(question, since: start)
  }

  /// A search over the collection as it is now.
  func search() throws -> SimilaritySearch {
    let change = try catalog.changeNumber()
    try prepare(settings, at: change)
    return try hub.search(at: change)
  }

  /// The text block of some words; nil where nothing makes one.
  func textVector(of words: String) throws -> [Float]? {
    try textModel(settings, of: search())?.vector(of: words)
  }

  /// Opens the index anew where it is one of other blocks.
  private func prepare(_ settings: Settings, at change: Int64) throws {
    guard change != prepared.withLock({ $0 }) else { return }
    // Texts are read beside: looking for those that are new takes time in a large catalogue, and reading them more.
    let index = try home.index(catalog, settings)
    if index.descriptors != hub.descriptors, hub.pending.all <= Self.reopenedByQuery {
      try hub.reopen(tell: note) { try home.index(catalog, settings) }
    }
    prepared.withLock { $0 = change }
  }

  /// What makes vectors of the search's text block; nil where that is not there any more.
  private func textModel(_ settings: Settings, of search: SimilaritySearch) throws -> TextModel? {
    guard let version = search.layout.descriptors.first(where: { $0.name == .text })?.version else {
      return nil
    }
    return try model.withLock { known in
      if let known, known.version == version { return known.model }
      guard let made = try TextBlocks(catalog, settings).model(), made.descriptor.version == version else {
        return nil
      }
      known = (version, made)
      return made
    }
  }

  /// What is not urgent: texts that are still to be read, an index of other blocks or of another process, a generation when much
  /// is new.
  ///
  /// - Parameters:
  ///   - isIdle: no files are coming in: while they are, an index is not built for each few of them.
  ///   - isStopped: asked all the while.
  func keepUp(isIdle: Bool, isStopped: @escaping () -> Bool) throws {
    let settings = settings
    // Before it is looked for: what is committed meanwhile is looked for the next time.
    let commit = try commits.mark()
    if keptUp.withLock({ $0 }) != commit {
      try keepTextsUp(settings)
      try hub.follow()
      keptUp.withLock { $0 = commit }
    }
    let index = try home.index(catalog, settings)
    let number = try? index.currentNumber()
    let isOther = seen.withLock { seen in
      defer { seen = number }
      return number != seen && number != hub.generation
    }
    if isOther || index.descriptors != hub.descriptors {
      try hub.reopen(tell: note) { try home.index(catalog, settings) }
    }
    guard isBuildDue(isIdle: isIdle) else { return }
    // Somebody's own build may have been waited for, and then nothing is left to do.
    try building.withLock { _ in
      if isBuildDue(isIdle: isIdle) { try makeGeneration(settings, isStopped: isStopped) }
    }
  }

  private func isBuildDue(isIdle: Bool) -> Bool {
    let pending = hub.pending
    guard isIdle || pending.changed >= Self.indexedAmongOthers else { return false }
    return hub.generation == nil
      ? pending.all >= Home.worthIndexing : Home.isWorthIndexing(pending.changed, of: pending.all)
  }

  /// In a large catalogue already looking for texts that are still to be read takes time.
  private func keepTextsUp(_ settings: Settings) throws {
    try reading.withLock { _ in
      let texts = TextBlocks(catalog, settings)
      guard try texts.unread() > 0 else { return }
      try texts.refresh()
      HeapMemory.giveBack()
    }
    if try catalog.staleWords() > 0 { try catalog.refreshWords() }
  }

  /// Reads all texts that are new.
  ///
  /// - Parameter refits: fits what makes their vectors anew, even where little has changed.
  func readTexts(_ settings: Settings, refits: Bool) throws {
    try reading.withLock { _ in
      let texts = TextBlocks(catalog, settings)
      try texts.refresh(refits: refits || texts.isOutOfDate())
    }
  }

  /// Reads the index into memory: it was opened from its files, so that answers need not wait.
  func settle() throws { try hub.settle() }

  /// Builds a generation of the catalogue as it is, and takes it into use.
  @discardableResult
  func build(_ settings: Settings, isStopped: @escaping () -> Bool) throws -> Generation {
    try building.withLock { _ in try makeGeneration(settings, isStopped: isStopped) }
  }

  /// `building` is held.
  @discardableResult
  private func makeGeneration(_ settings: Settings, isStopped: @escaping () -> Bool) throws -> Generation {
    struct Stopped: Error {}
    isBuilding.store(true, ordering: .relaxed)
    defer {
      isBuilding.store(false, ordering: .relaxed)
      HeapMemory.giveBack()
    }
    let index = try home.index(catalog, settings)
    do {
      let generation = try index.build(settings.indexKind, options: settings.buildOptions) { _ in
        if isStopped() { throw Stopped() }
      }
      if index.descriptors == hub.descriptors {
        try hub.swap(to: generation)
      } else {
        try hub.reopen(tell: note) { try home.index(catalog, settings) }
      }
      return generation
    } catch is Stopped {
      throw CommandFailure("stopped; the index is as it was")
    } catch is SearchIndex.Busy {
      throw CommandFailure("another process is building the index")
    } catch let error as VectorIndexError {
      throw CommandFailure("the index can't be built: \(error)")
    }
  }
}
