import ArgumentParser
import Foundation
import Recommend

/// Measures the collaborative methods on a table of ratings, for `tools/measure-recommenders`.
struct RecommendBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract:
      "Measures the collaborative methods on folds of a table of ratings, such as MovieLens'; prints JSON.",
    discussion: """
      tools/measure-recommenders makes the folds and prints this beside other programs.

      Example:
        morelli recommend bench --ratings u.data --folds folds/ --json
      """, shouldDisplay: false)

  @Option(help: ArgumentHelp("Lines of person, work, rating and time.", valueName: "file")) var ratings:
    String
  @Option(help: ArgumentHelp("Files that say which lines are held out.", valueName: "folder")) var folds:
    String
  @Option(help: ArgumentHelp("Lists are written there.", valueName: "folder")) var lists: String?
  @Flag(name: .customLong("ranking-only"), help: "Leave out the methods that predict ratings.")
  var rankingOnly =
    false
  @Flag(help: "One JSON document, which is what is printed in any case.") var json = false

  func run() throws {
    do {
      let bench = try RecommenderBench(ratings: ratings, folds: folds, lists: lists) { tell($0) }
      print(try bench.run(rating: !rankingOnly).json())
    } catch let error as RecommendError {
      throw CommandFailure("\(error)")
    }
  }
}
