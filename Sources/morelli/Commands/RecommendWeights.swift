import ArgumentParser
import Catalog
import Foundation
import Recommend

extension RecommendCommand {
  struct Weights: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what feedback has made of the weights of strategies that adapt.",
      discussion: """
        A strategy with 'adapts = true' raises the sources that spoke for what people liked or bought in its lists, and lowers those that \
        spoke for what they disliked or dismissed, within a quarter to four times what the settings say. Nothing but the lists is kept, so it \
        can be taken back: morelli config set recommend.learn-since 2026-11-22 forgets what earlier lists taught.

        Example:
          morelli recommend weights --json
        """)

    @OptionGroup var options: HomeOptions
    @Flag(help: "One JSON document.") var json = false

    private struct Row: Encodable {
      let strategy, source: String
      let configured, now: Double
      /// Works of lists that taught something.
      let steps: Int
    }

    func run() throws {
      let home = options.home
      let catalog = try home.open()
      let settings = try home.settingsFile.read()
      let desk = try home.desk(catalog, settings)
      let lists = try desk.feedback(settings.recommend, popularity: [])
      let rows = settings.recommend.strategies.filter(\.adapts).flatMap { strategy in
        let weights = RecommendDesk.weights(strategy, lists[strategy.name] ?? [])
        let now = weights.weights
        return weights.base.sorted { $0.key < $1.key }.map { source, base in
          Row(
            strategy: strategy.name, source: source, configured: base, now: now[source] ?? base,
            steps: weights.log.count)
        }
      }
      if json { return try JSONOutput.print(rows) }
      if rows.isEmpty {
        return print("No strategy adapts: 'adapts = true' in its section of the settings has it do so.")
      }
      var table = Table(
        header: ["strategy", "source", "configured", "now", "learnt from"], rightAligned: [2, 3, 4])
      for row in rows {
        table.add([
          row.strategy, row.source, String(format: "%.3f", row.configured), String(format: "%.3f", row.now),
          "\(row.steps)",
        ])
      }
      for line in table.lines() { print(line) }
    }
  }
}
