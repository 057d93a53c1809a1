import ArgumentParser
import Catalog
import Foundation
import Ingest
import Kernels
import Model
import Platform
import Recommend
import Search
import Server
import Text

/// Works for people.
struct RecommendCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "recommend",
    abstract: "Recommends works to a person, with reasons; learns from what people did; measures how well.",
    discussion: """
      Examples:
        morelli recommend anna
        morelli recommend anna -k 5 --strategy content --json
        morelli recommend train
        morelli recommend eval --strategy hybrid --strategy popularity
        morelli recommend report
      """,
    subcommands: [For.self, Train.self, Evaluate.self, Report.self, Weights.self, RecommendBench.self],
    defaultSubcommand: For.self)

  struct For: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "for",
      abstract: "Recommends works to a person.",
      discussion: """
        Whoever has done nothing yet gets what is popular. The list is recorded, so that what the person does with it (events that name it) \
        says how good the strategy is; --preview leaves no trace.

        Examples:
          morelli recommend anna
          morelli recommend anna --filter "price < 2000" --available
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The person's id.") var user: String
    @Option(name: .customShort("k"), help: ArgumentHelp("Works at most.", valueName: "number")) var count = 10
    @Option(help: "By this strategy, whatever the settings say.") var strategy: String?
    @Option(help: "Only works of which this is true.") var filter: String?
    @Flag(help: "Only works that can be had.") var available = false
    @Flag(help: "Record nothing.") var preview = false
    @Flag(help: "One JSON document.") var json = false

    func validate() throws {
      if !(1...1000).contains(count) { throw ValidationError("-k is 1 to 1000.") }
    }

    func run() throws {
      var request = RecommendDesk.Request()
      (request.count, request.strategy, request.filter) = (count, strategy, filter)
      request.onlyAvailable = available
      request.isPreview = preview
      let document = try answer(request)
      if json { return try JSONOutput.print(document) }
      if document.results.isEmpty { print("There is nothing to recommend.") }
      for work in document.results {
        let named = [work.title ?? work.id, work.artist].compactMap { $0 }.joined(separator: ", ")
        print("\(work.rank). \(named) (\(work.id))")
        for reason in work.reasons { print("   \(reason.text)") }
      }
    }

    /// By the daemon that has the home, if there is one, else here.
    private func answer(_ request: RecommendDesk.Request) throws -> RecommendationsDocument {
      let home = options.home
      let catalog = try home.open()
      do {
        if let daemon = DaemonClient(home) { return try daemon.recommendations(for: user, request) }
      } catch is SocketClient.Unreachable {}
      let desk = try home.desk(catalog, home.settingsFile.read())
      if try desk.isTrainingDue() { try desk.trainWithBar() }
      try desk.renew()
      let made = try desk.list(for: catalog.known(user), request)
      try desk.shown.flush()
      return RecommendationsDocument(user: user, made, cards: try catalog.cards(made.named))
    }
  }

  struct Train: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Has models learn from all events; a daemon does so by itself.",
      discussion: """
        Example:
          morelli recommend train
        """)

    @OptionGroup var options: HomeOptions
    @Flag(help: "One JSON document.") var json = false

    private struct Document: Encodable {
      let generation, events, people: Int
      let models: [String]
      let seconds: Double
    }

    func run() throws {
      Interruption.watch()
      let home = options.home
      let catalog = try home.open()
      let desk = try home.desk(catalog, home.settingsFile.read())
      let manifest = try desk.trainWithBar()
      let document = Document(
        generation: manifest.generation, events: manifest.events, people: manifest.people,
        models: manifest.files.keys.sorted(), seconds: manifest.seconds)
      if json { return try JSONOutput.print(document) }
      print(
        "Learnt from \(document.events) events of \(document.people) people in \(String(format: "%.1f", document.seconds)) s: \(document.models.joined(separator: ", "))."
      )
    }
  }

  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what people did with what each strategy recommended.",
      discussion: """
        Shares are of the works shown: how many were viewed, liked (or made a favourite) and bought by events that name their list.

        Example:
          morelli recommend report --days 30
        """)

    @OptionGroup var options: HomeOptions
    @Option(help: ArgumentHelp("Only lists of so many days; 0 is all.", valueName: "number")) var days = 0
    @Flag(help: "One JSON document.") var json = false

    func validate() throws {
      if days < 0 { throw ValidationError("--days is 0 or more.") }
    }

    func run() throws {
      let catalog = try options.home.open()
      let since = days == 0 ? 0 : Date().timeIntervalSince1970 - Double(days) * 86_400
      let rows = try catalog.strategyReports(since: since).map(StrategyFigures.init)
      if json { return try JSONOutput.print(rows) }
      if rows.isEmpty { return print("Nothing was recommended yet.") }
      var table = Table(
        header: ["strategy", "lists", "works shown", "viewed", "liked", "bought"],
        rightAligned: [1, 2, 3, 4, 5])
      for row in rows {
        func share(_ count: Int) -> String {
          row.shown == 0 ? "-" : String(format: "%.1f %%", 100 * Double(count) / Double(row.shown))
        }
        table.add([
          row.strategy, "\(row.lists)", "\(row.shown)", share(row.viewed), share(row.liked),
          share(row.bought),
        ])
      }
      for line in table.lines() { print(line) }
    }
  }
}

extension Home {
  /// What makes lists, where no daemon does.
  func desk(_ catalog: Catalog, _ settings: Settings) throws -> RecommendDesk {
    let index = try index(catalog, settings)
    let search = try index.search { tell($0) }
    let texts = TextBlocks(catalog, settings)
    try texts.refreshForQuery()
    let model = try texts.model()
    return RecommendDesk(
      self, catalog, settings: { settings }, search: { search }, vector: { model?.vector(of: $0) },
      note: { tell($0) })
  }
}

extension RecommendDesk {
  @discardableResult
  func trainWithBar() throws -> ModelFolder.Manifest {
    let bar = SharedBar("learning")
    defer { bar.finish() }
    return try train(progress: { bar.show(Int($0 * 100), of: 100) }, isStopped: { Interruption.isRequested })
  }
}
