import ArgumentParser
import Catalog
import Foundation
import Kernels
import Model
import Platform
import Recommend
import Search
import Text
import Ingest

extension RecommendCommand {
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
      let index = try home.index(catalog, settings).search { tell($0) }
      let texts = TextBlocks(catalog, settings)
      try texts.refreshForQuery()
      let model = try texts.model()
      let people = try catalog.peopleIDs()
      var statements: [String: [Float]?] = [:]
      func vector(_ words: String) -> [Float]? {
        if let known = statements[words] { return known }
        let made = model?.vector(of: words)
        statements[words] = .some(made)
        return made
      }
      let evaluation = RecommendEvaluation(
        entries: entries, search: index, weights: try BlockWeights(named: settings.weights),
        settings: settings.recommend,
        details: { visitor, number in
          guard let person = try people[number].flatMap({ try catalog.person($0) }) else { return }
          visitor.take(person, vector)
        })
      var bar = ProgressBar("people")
      let answers = try evaluation.run(
        EventTable(catalog, canonical: entries.canonical),
        .init(split: split, strategies: chosen, count: count, seed: seed, threads: Terminal.processors),
        progress: { bar.show($0, of: $1) }, isStopped: { Interruption.isRequested })
      bar.finish()
      guard let first = answers.first, !first.outcomes.isEmpty else {
        throw CommandFailure("nobody liked anything that could be held out: morelli events import FILE")
      }
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
