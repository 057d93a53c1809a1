import ArgumentParser
import Catalog
import Foundation
import Ingest
import Kernels
import Model
import Platform
import Recommend
import Search
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
    subcommands: [For.self, Train.self, Evaluate.self, Report.self, RecommendBench.self],
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
      let home = options.home
      let catalog = try home.open()
      let settings = try home.settingsFile.read()
      let desk = try home.desk(catalog, settings)
      if try desk.isTrainingDue() { try desk.trainWithBar() }
      var request = RecommendDesk.Request()
      (request.count, request.strategy, request.filter) = (count, strategy, filter)
      request.onlyAvailable = available
      _ = try desk.recommender()
      let person = try catalog.known(user)
      let made = try desk.list(for: person, request)
      let list = Int64.random(in: 1...(1 << 53))
      if !preview {
        try catalog.recordShown([
          .init(
            number: list, person: person.number, strategy: made.strategy, time: Date().timeIntervalSince1970,
            works: made.recommendations.map { Int64($0.work) + 1 })
        ])
      }
      let document = RecommendationsDocument(
        user: user, list: list, made, generation: desk.generation, cards: try catalog.cards(made.named))
      if json { return try JSONOutput.print(document) }
      if document.results.isEmpty { print("There is nothing to recommend.") }
      for work in document.results {
        let named = [work.title ?? work.id, work.artist].compactMap { $0 }.joined(separator: ", ")
        print("\(work.rank). \(named) (\(work.id))")
        for reason in work.reasons { print("   \(reason.text)") }
      }
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

    private struct Row: Encodable {
      let strategy: String
      let lists, shown, viewed, liked, bought: Int
    }

    func validate() throws {
      if days < 0 { throw ValidationError("--days is 0 or more.") }
    }

    func run() throws {
      let catalog = try options.home.open()
      let since = days == 0 ? 0 : Date().timeIntervalSince1970 - Double(days) * 86_400
      let rows = try catalog.strategyReports(since: since).map { report in
        func count(_ kinds: EventKind...) -> Int { kinds.reduce(0) { $0 + (report.outcomes[$1] ?? 0) } }
        return Row(
          strategy: report.strategy, lists: report.lists, shown: report.shown, viewed: count(.view),
          liked: count(.like, .favourite), bought: count(.purchase))
      }
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

  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "eval",
      abstract:
        "Measures strategies on the events of this home: some are held out, and it is seen who finds them again.",
      discussion: """
        precision, recall, nDCG, MAP and hit rate at k, with 95 % confidence intervals of nDCG by a bootstrap over people; the share of all \
        works that any list shows (coverage), how unlike the works of a list are (diversity, 0 to 1) and how little known (novelty, in bits).

        Examples:
          morelli recommend eval
          morelli recommend eval --split random --strategy hybrid --strategy content -k 20 --json
        """)

    @OptionGroup var options: HomeOptions
    @Option(help: "What is held out: each person's last liked work, or a random fifth.")
    var split = RecommendEvaluation.Split.last
    @Option(help: "A strategy; may be repeated. Default: all, and popularity.") var strategy: [String] = []
    @Option(name: .customShort("k"), help: ArgumentHelp("Works of a list.", valueName: "number")) var count =
      10
    @Option(help: ArgumentHelp("Of all that is drawn at random.", valueName: "number")) var seed: UInt64 = 1
    @Option(
      help: ArgumentHelp(
        "How varied lists are, 0 to 1, in place of what the strategies say.", valueName: "number"))
    var diversity: Float?
    @Flag(help: "One JSON document, with every person's list.") var json = false

    func validate() throws {
      if !(1...1000).contains(count) { throw ValidationError("-k is 1 to 1000.") }
      if let diversity, !(0...1).contains(diversity) { throw ValidationError("--diversity is 0 to 1.") }
    }

    func run() throws {
      Interruption.watch()
      let home = options.home
      let catalog = try home.open()
      let settings = try home.settingsFile.read()
      var chosen: [Strategy] = strategy.isEmpty ? settings.recommend.strategies : []
      for name in strategy {
        guard let known = settings.recommend.strategy(named: name) else {
          let names = settings.recommend.strategies.map(\.name).joined(separator: ", ")
          throw CommandFailure("there is no strategy '\(name)': \(names)")
        }
        chosen.append(known)
      }
      if let diversity { for place in chosen.indices { chosen[place].composer.diversity = diversity } }
      let entries = try ShelfMaker(catalog: catalog).entries()
      let evaluation = RecommendEvaluation(
        entries: entries, search: try home.index(catalog, settings).search { tell($0) },
        weights: try BlockWeights(named: settings.weights), settings: settings.recommend)
      var bar = ProgressBar("people")
      let answers = try evaluation.run(
        EventTable(catalog, canonical: entries.canonical),
        .init(split: split, strategies: chosen, count: count, seed: seed, threads: Terminal.processors),
        progress: { bar.show($0, of: $1) }, isStopped: { Interruption.isRequested })
      bar.finish()
      guard let first = answers.first, !first.outcomes.isEmpty else {
        throw CommandFailure("nobody liked anything that could be held out: morelli events import FILE")
      }
      let people = try catalog.peopleIDs()
      let documents = answers.map { EvaluationDocument($0, k: count, seed: seed, people: people) }
      if json { return try JSONOutput.print(["strategies": documents]) }
      var table = Table(
        header: [
          "strategy", "people", "nDCG", "95 %", "precision", "recall", "MAP", "hit rate", "coverage",
          "diversity", "novelty",
        ],
        rightAligned: [1, 2, 4, 5, 6, 7, 8, 9, 10])
      for row in documents {
        func figure(_ value: Double) -> String { String(format: "%.4f", value) }
        table.add([
          row.name, "\(row.people.count)", figure(row.ndcg),
          "\(figure(row.ndcgLow)) to \(figure(row.ndcgHigh))",
          figure(row.precision), figure(row.recall), figure(row.map), figure(row.hitRate),
          figure(row.coverage),
          figure(row.diversity), String(format: "%.2f", row.novelty),
        ])
      }
      for line in table.lines() { print(line) }
    }
  }
}

extension RecommendEvaluation.Split: ExpressibleByArgument {}

/// How good one strategy is.
struct EvaluationDocument: Encodable {
  struct Person: Encodable {
    let id: String
    let known: Int
    let held, recommended: [String]
  }

  let name: String
  let precision, recall, ndcg, ndcgLow, ndcgHigh, map, hitRate, coverage, diversity, novelty: Double
  let people: [Person]

  enum CodingKeys: String, CodingKey {
    case name, precision, recall, ndcg, map, coverage, diversity, novelty, people
    case ndcgLow = "ndcg_low"
    case ndcgHigh = "ndcg_high"
    case hitRate = "hit_rate"
  }

  init(_ answer: RecommendEvaluation.Answer, k: Int, seed: UInt64, people ids: [Int64: String]) {
    let (shelf, outcomes) = (answer.shelf, answer.outcomes)
    name = answer.strategy
    let metrics = outcomes.map { RankingMetrics($0.recommended, relevant: Set($0.held), k: k) }
    func mean(_ values: [Double]) -> Double {
      values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
    }
    let interval = ConfidenceInterval(metrics.map(\.ndcg), seed: seed)
    (ndcg, ndcgLow, ndcgHigh) = (interval.mean, interval.low, interval.high)
    precision = mean(metrics.map(\.precision))
    recall = mean(metrics.map(\.recall))
    map = mean(metrics.map(\.averagePrecision))
    hitRate = mean(metrics.map(\.hitRate))
    let lists = outcomes.map(\.recommended)
    coverage = ListQuality.coverage(lists, workCount: shelf.works.count { $0 != nil })
    var units: [Int32: [Float]] = [:]
    for work in Set(lists.joined()) { units[work] = shelf.unit(work) }
    diversity = mean(
      lists.map { list in
        ListQuality.diversity(list) { a, b in
          guard let x = units[a], let y = units[b] else { return 0.5 }
          return Double(1 - dot(x.span, y.span)) / 2
        }
      })
    let counts = shelf.popularity.counts.map { Float($0) }
    novelty = mean(lists.map { ListQuality.novelty($0, counts: counts, people: shelf.popularity.people) })
    func id(_ row: Int32) -> String { shelf.work(row)?.id.rawValue ?? "" }
    people = outcomes.map {
      Person(
        id: ids[$0.person] ?? "", known: $0.known, held: $0.held.map(id),
        recommended: $0.recommended.map(id))
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
