import ArgumentParser
import Foundation
import Kernels
import Layout
import SystemPackage
import VectorIndex

/// What a map of given neighbours costs, for `tools/measure-map`. Hidden: it is for those who change the map.
struct BenchMap: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "map",
    abstract: "Lays out a map of given neighbours, and tells the time it took as one JSON line.",
    discussion: """
      With --vectors, whose inner products are the similarities, its trustworthiness too, on points drawn from all.
      """,
    shouldDisplay: false)

  @Option(help: ArgumentHelp("Numbers of the nearest, float32, n × k.", valueName: "npy"))
  var neighbours: String
  @Option(help: ArgumentHelp("How alike they are, float32, n × k.", valueName: "npy"))
  var similarities: String
  @Option(help: ArgumentHelp("What a work has with itself, the sum of the weights.", valueName: "number"))
  var whole: Float = 1
  @Option(help: ArgumentHelp("Threads of the layout.", valueName: "number")) var threads = 1
  @Option(help: ArgumentHelp("Of what is drawn at random.", valueName: "number")) var seed: UInt64 = 1
  @Option(help: ArgumentHelp("Times that every point is moved.", valueName: "number")) var epochs: Int?
  @Option(help: ArgumentHelp("Places are written there, float32, n × 2.", valueName: "npy")) var out: String?
  @Option(help: ArgumentHelp("Float32, n × d.", valueName: "npy")) var vectors: String?
  @Option(help: ArgumentHelp("Points asked for the trustworthiness.", valueName: "number")) var sample = 1_000

  private struct Line: Encodable {
    let points, neighbours, threads: Int
    /// Of the graph, the start and the descent, with the neighbours in memory.
    let seconds, graphSeconds, startSeconds: Double
    let trustworthiness: Double?

    enum CodingKeys: String, CodingKey {
      case points, neighbours, threads, seconds, trustworthiness
      case graphSeconds = "graph_seconds"
      case startSeconds = "start_seconds"
    }
  }

  func validate() throws {
    guard threads > 0, whole > 0, epochs ?? 1 > 0, sample > 0 else {
      throw ValidationError("--threads, --whole, --epochs and --sample are above 0")
    }
  }

  func run() throws {
    let near = try NumPyMatrix(opening: FilePath(neighbours))
    let alike = try NumPyMatrix(opening: FilePath(similarities))
    guard near.rows == alike.rows, near.columns == alike.columns else {
      throw ValidationError("as many similarities as neighbours")
    }
    // Exact in float32 up to 16 million.
    let numbers = (0..<near.rows).flatMap { row in near.row(row).map { Int32($0) } }
    guard numbers.allSatisfy({ $0 < near.rows }) else { throw CommandFailure("\(neighbours) names no row") }
    let values = (0..<alike.rows).flatMap { alike.row($0) }
    var settings = CollectionMap.Settings()
    settings.threads = threads
    settings.epochs = epochs
    let clock = ContinuousClock()
    let start = clock.now
    var marks: [Double] = []
    let graph = NeighbourGraph(neighbours: numbers, similarities: values, whole: whole, width: near.columns)
    let places = try CollectionMap.layout(
      neighbours: graph, settings: settings, seed: seed,
      progress: { _ in marks.append((clock.now - start) / .seconds(1)) })
    let seconds = (clock.now - start) / .seconds(1)
    if let out {
      let file = try NumPyFile(path: out, columns: 2)
      for place in places { try file.append([Float(place.x), Float(place.y)]) }
      try file.finish()
    }
    let line = Line(
      points: places.count, neighbours: near.columns, threads: threads, seconds: seconds,
      graphSeconds: marks[1], startSeconds: marks[2] - marks[1],
      trustworthiness: try vectors.map { try trustworthiness(of: places, $0) })
    print(try JSONOutput.text(line, pretty: false))
  }

  private func trustworthiness(of places: [MapPlace], _ path: String) throws -> Double {
    let rows = try NumPyMatrix(opening: FilePath(path))
    guard rows.rows == places.count else { throw ValidationError("\(places.count) vectors are needed") }
    return Trustworthiness.measure(places, rows: Trustworthiness.sample(sample, of: places.count)) {
      row, values in
      let own = rows.row(row)
      for other in values.indices { values[other] = dot(own.span, rows.row(other).span) }
    }
  }
}
