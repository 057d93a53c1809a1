import Catalog
import Foundation
import Platform
import Recommend
import Synchronization
import SystemPackage

// MARK: Learning

extension RecommendDesk {
  /// Whether enough is new that models should learn again.
  func isTrainingDue() throws -> Bool {
    let last = try catalog.lastEvent()
    guard last > 0 else { return false }
    guard let manifest = try usable(folder.manifest()) else { return true }
    let settings = settings().recommend
    let isComplete = settings.trainedSources.allSatisfy { manifest.files[$0.rawValue] != nil }
    let new = Int(last - manifest.lastEvent)
    return new >= max(1, manifest.events * settings.trainedAfterPercent / 100) || (!isComplete && new > 0)
  }

  /// Learns from all events, and takes what was learnt into use.
  ///
  /// - Throws: `CommandFailure` where it was stopped, or where another training is under way.
  @discardableResult
  func train(
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) throws -> ModelFolder.Manifest {
    try training.withLock { _ in
      let lock = try folder.lock()
      defer { lock.release() }
      let start = ContinuousClock.now
      let settings = settings().recommend
      let forgettings = try catalog.forgettings()
      let entries = try ShelfMaker(catalog: catalog).entries()
      let table = try EventTable(catalog, canonical: entries.canonical)
      let (people, popularity) = Self.preferences(table, settings.rule, workCount: entries.works.count)
      var options = Training.Options(sources: settings.trainedSources)
      options.threads = settings.threads == 0 ? Terminal.processors : settings.threads
      var models: TrainedModels
      do {
        models = try Training.train(
          people, workCount: entries.works.count, options: options,
          watch: TrainingWatch(progress: progress, isStopped: isStopped))
      } catch let error as RecommendError {
        throw CommandFailure("nothing was learnt: \(error)")
      }
      models.heads = try heads(settings, popularity: popularity)
      // Somebody who was forgotten meanwhile must not come back by a model.
      func check() throws {
        guard try catalog.forgettings() != forgettings else { return }
        try folder.clear()
        throw CommandFailure("nothing was learnt: somebody was forgotten meanwhile")
      }
      try check()
      let manifest = try folder.keep(
        models,
        ModelFolder.Manifest(
          generation: (folder.manifest()?.generation ?? 0) + 1, lastEvent: table.last, events: table.count,
          forgettings: forgettings, files: [:], popularity: popularity, people: people.count,
          peopleNumbers: models.people, trainedAt: Date().timeIntervalSince1970,
          seconds: (ContinuousClock.now - start) / .seconds(1)))
      try check()
      HeapMemory.giveBack()
      try renew()
      return manifest
    }
  }

  /// Each person's preferences, and of each row how many people like the work.
  private static func preferences(_ table: EventTable, _ rule: PreferenceRule, workCount: Int)
    -> (people: [(number: Int64, preferences: [WorkPreference])], popularity: [Int])
  {
    var people: [(number: Int64, preferences: [WorkPreference])] = []
    var popularity = [Int](repeating: 0, count: workCount)
    table.forEachPerson { number, deeds in
      let preferences = rule.preferences(deeds)
      guard !preferences.isEmpty else { return }
      people.append((number, preferences))
      for preference in preferences where preference.value > 0 { popularity[Int(preference.work)] += 1 }
    }
    return (people, popularity)
  }
}
