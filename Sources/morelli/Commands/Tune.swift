import ArgumentParser
import Catalog
import Features
import Foundation
import Model
import Platform
import Search

/// Which weights suit this collection?
struct Tune: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Finds weights with which works that you call alike find one another.",
    discussion: """
      Works are alike when they have the same value in a column (--label), or when you say so: --pairs names a CSV file with two \
      columns of ids; what is alike to the same is alike. Only what works look like is weighed, for a text may hold the label. \
      The figure told is mAP@10, measured on labels that the weights were not found on. --save keeps the weights for all \
      queries of this home (search.weights).

      Examples:
        morelli tune --label style
        morelli tune --pairs alike.csv --save
      """)

  @OptionGroup var options: HomeOptions
  @Option(help: "A column of your catalogue: artist, style, or any other.") var label: String?
  @Option(help: "A CSV file, two ids a row.", completion: .file(extensions: ["csv"])) var pairs: String?
  @Option(help: "Ask for at most so many works, drawn at random but alike in every run.") var queries = 500
  @Flag(help: "Write the weights to the settings.") var save = false
  @Flag(help: "One JSON document.") var json = false

  func validate() throws {
    if queries < 1 { throw ValidationError("--queries is 1 or more.") }
    if (label == nil) == (pairs == nil) { throw ValidationError("Say what is alike: --label or --pairs.") }
  }

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let labels = try label.map { try catalog.labels(of: $0) } ?? alike(in: catalog)
    let descriptors = try catalog.blocksInUse(settings.schema.descriptors)
    let evaluation = try Evaluation(catalog, descriptors, labels: labels)
    let names = descriptors.map(\.name)
    let chosen = evaluation.queries(
      among: nil, limit: min(queries, evaluation.tunableQueries(names.count)))
    guard chosen.count >= 10 else {
      throw CommandFailure(
        "\(chosen.count) works have a measured partner: too few to learn from, ten are the least")
    }
    var bar = ProgressBar("folds")
    let result = try WeightTuning(evaluation, names).run(
      from: BlockWeights(named: settings.weights), queries: chosen, progress: { bar.show($0, of: $1) })
    bar.finish()
    let document = TuneDocument(result, names)
    if save {
      let kept = settings.weights.merging(document.weights) { $1 }
      let text = kept.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
      try home.settingsFile.set("search.weights", to: text)
    }
    if json { try JSONOutput.print(document) } else { document.print(isSaved: save) }
  }

  /// Works that are joined by pairs have one label.
  private func alike(in catalog: Catalog) throws -> [ArtworkID: String] {
    guard let pairs else { return [:] }
    guard let data = FileManager.default.contents(atPath: pairs) else {
      throw CommandFailure("\(pairs) can't be read")
    }
    var labels: [ArtworkID: String] = [:]
    for (number, line) in zip(1..., String(decoding: data, as: UTF8.self).split(whereSeparator: \.isNewline))
    {
      let ids = line.split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces.union(.init(charactersIn: "\"")))
      }
      guard ids.count == 2, !ids.contains("") else {
        throw CommandFailure("\(pairs), line \(number): two ids are expected")
      }
      let records = try ids.map { try catalog.artwork(ArtworkID(rawValue: $0))?.artwork.id }
      guard let a = records[0], let b = records[1] else {
        // A header has no works either.
        if number == 1 { continue }
        let unknown = records[0] == nil ? ids[0] : ids[1]
        throw CommandFailure("\(pairs), line \(number): there is no work '\(unknown)'")
      }
      let label = labels[a] ?? labels[b] ?? a.rawValue
      let merged = Set([labels[a], labels[b]].compactMap { $0 })
      for (id, other) in labels where merged.contains(other) { labels[id] = label }
      labels[a] = label
      labels[b] = label
    }
    return labels
  }
}

/// The weights, as JSON has them.
private struct TuneDocument: Encodable {
  /// Per cent, mAP@10 on labels that the weights were not found on.
  let before, after: Double
  let queries: Int
  let weights: [String: Double]

  init(_ result: WeightTuning.Result, _ names: [BlockName]) {
    func percent(_ part: Double) -> Double { (10_000 * part).rounded() / 100 }
    before = percent(result.before)
    after = percent(result.after)
    queries = result.queries
    weights = names.reduce(into: [:]) { $0[$1.rawValue] = (100 * Double(result.weights[$1])).rounded() / 100 }
  }

  func print(isSaved: Bool) {
    let words = weights.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ",")
    Swift.print(
      "\(queries) works asked for; mAP@10 \(before) % at your weights, \(after) % at weights found like these:\n"
    )
    Swift.print("  \(words)\n")
    if after <= before {
      Swift.print("That is no gain: your weights are as good.")
    } else if isSaved {
      Swift.print("Kept in search.weights.")
    } else {
      Swift.print("morelli tune … --save keeps them; --weights \(words) tries them.")
    }
  }
}
