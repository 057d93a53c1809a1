import ArgumentParser
import Catalog
import Features
import Foundation
import Ingest
import Model
import Platform
import Search

/// How well works with one label find one another.
struct Eval: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measures how well works of one artist (or style, …) find one another.",
    discussion: """
      Leave-one-out: each labelled work is asked for, all other labelled works are ranked, and those with its label should come \
      first. Prints, block by block and for all together at your weights, per cent of: P@1 (the first one is right), \
      mAP@10 and mAP (mean average precision), R@100 (found among the first hundred), nDCG@10. Only what the pictures look \
      like is measured, for a text may name the label; --text measures the text as well, by itself and with all the rest.

      --audit measures the index instead: how much of the twenty true best it finds, over weights of all kinds and filters.

      Examples:
        morelli eval
        morelli eval --label style --json
        morelli eval --label school --filter "date < 1700" --queries 200
      """)

  @OptionGroup var options: HomeOptions
  @Option(help: "A column of your catalogue: artist, style, or any other.") var label = "artist"
  @Option(help: "Ask for at most so many works, drawn at random but alike in every run.") var queries = 1000
  @Option(help: ArgumentHelp("How much each block counts in `visual`.", valueName: "block=number,…"))
  var weights: NamedNumbers?
  @Option(
    help: ArgumentHelp(
      "Ask only for works of which this is true; all are ranked.", discussion: QueryOptions.filterHelp,
      valueName: "expression"))
  var filter: String?
  @Flag(help: "Also the text, and all blocks together.") var text = false
  @Flag(help: "Measure how much of the truth the index finds.") var audit = false
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if queries < 1 { throw ValidationError("--queries is 1 or more.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let weights = try BlockWeights(named: settings.weights.merging(weights?.values ?? [:]) { $1 })
    if audit { return try audit(home, catalog, settings, weights) }
    let passing = try filter.map { try catalog.artworks(passing: $0) }
    let said = try text ? TextBlocks(catalog, settings).descriptor() : nil
    let evaluation = try Evaluation(
      catalog, catalog.blocksInUse(settings.schema.descriptors) + (said.map { [$0] } ?? []),
      labels: try catalog.labels(of: label))
    let chosen = evaluation.queries(among: passing, limit: queries)
    guard !chosen.isEmpty else {
      throw CommandFailure("no two measured works that can be asked for have the same '\(label)'")
    }
    let candidates =
      VisualSchema.names.map { Evaluation.Candidate(name: $0.rawValue, weights: .only($0)) }
      + [Evaluation.Candidate(name: "visual", weights: try weights.replacing([.text: 0]))]
      + (said == nil
        ? [] : [.init(name: "text", weights: .only(.text)), .init(name: "all", weights: weights)])
    var bar = ProgressBar("queries")
    let metrics = evaluation.run(candidates, queries: chosen) { bar.show($0, of: chosen.count) }
    bar.finish()
    let document = EvalDocument(
      label: label, works: evaluation.workCount, queries: chosen.count,
      figures: zip(candidates, metrics).map { EvalDocument.Figures($0.name, $1) })
    if json { try JSONOutput.print(document) } else { document.print() }
  }
}

extension Eval {
  private func audit(_ home: Home, _ catalog: Catalog, _ settings: Settings, _ weights: BlockWeights) throws {
    let search = try home.index(catalog, settings).search { tell($0) }
    var bar = ProgressBar("kinds of queries")
    // Each kind is asked twice, once past every signature.
    let lines = try search.audit.run(queries: min(queries, 100), weights: weights) { bar.show($0, of: $1) }
    bar.finish()
    let document = AuditDocument(search.generation, search.count, lines)
    if json { try JSONOutput.print(document) } else { document.print() }
  }
}

/// How much of the truth is found, as JSON has it.
private struct AuditDocument: Encodable {
  struct Kind: Encodable {
    let weights: String
    /// The part of the signatures that a filter lets pass.
    let passing: Double
    let recall: Double
    let queries: Int
  }

  @OrNull var generation: Int?
  let signatures: Int
  let kinds: [Kind]

  init(_ generation: Int?, _ signatures: Int, _ lines: [IndexAudit.Line]) {
    self.generation = generation
    self.signatures = signatures
    kinds = lines.map {
      Kind(
        weights: $0.weights, passing: $0.passing, recall: ($0.recall * 10_000).rounded() / 10_000,
        queries: $0.queries)
    }
  }

  func print() {
    Swift.print("Of the twenty true best among \(signatures) signatures so much is found, in per cent:\n")
    let shares = kinds.map(\.passing).reduce(into: [Double]()) { if !$0.contains($1) { $0.append($1) } }
    var table = Table(
      header: ["weights"] + shares.map { $0 == 1 ? "all" : String(format: "%g %% pass", 100 * $0) },
      rightAligned: Set(1...shares.count))
    for (name, row) in Dictionary(grouping: kinds, by: \.weights).sorted(by: { $0.key < $1.key }) {
      table.add([name] + row.map { String(format: "%.1f", 100 * $0.recall) })
    }
    table.print()
  }
}

/// The figures, as JSON has them.
private struct EvalDocument: Encodable {
  /// In per cent.
  struct Figures: Encodable {
    let name: String
    /// Those that have the block.
    let queries: Int
    let precisionAt1, mapAt10, map, recallAt100, nDCGAt10: Double

    enum CodingKeys: String, CodingKey {
      case name, queries
      case precisionAt1 = "P@1"
      case mapAt10 = "mAP@10"
      case map = "mAP"
      case recallAt100 = "R@100"
      case nDCGAt10 = "nDCG@10"
    }

    init(_ name: String, _ metrics: RetrievalMetrics) {
      let values = metrics.means
      func percent(_ part: Double) -> Double { (10_000 * part).rounded() / 100 }
      self.name = name
      queries = metrics.queries
      precisionAt1 = percent(values.precisionAt1)
      mapAt10 = percent(values.meanAveragePrecisionAt10)
      map = percent(values.meanAveragePrecision)
      recallAt100 = percent(values.recallAt100)
      nDCGAt10 = percent(values.nDCGAt10)
    }
  }

  let label: String
  let works, queries: Int
  let figures: [Figures]

  func print() {
    Swift.print("\(works) works with a label in '\(label)', \(queries) of them asked for; per cent.\n")
    var table = Table(
      header: ["", "P@1", "mAP@10", "mAP", "R@100", "nDCG@10"], rightAligned: [1, 2, 3, 4, 5])
    for row in figures {
      let values = [row.precisionAt1, row.mapAt10, row.map, row.recallAt100, row.nDCGAt10]
      table.add([row.name] + values.map { String(format: "%.1f", $0) })
    }
    table.print()
  }
}
