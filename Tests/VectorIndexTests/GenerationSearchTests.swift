import SystemPackage
import TestSupport
import Testing
import VectorIndex

@Suite struct GenerationSearchTests {
  private let folder = IndexFixture.Folder()
  private var store: GenerationStore { GenerationStore(folder: folder.path) }

  /// The weights of the brief: as they are by default, one block alone, and random ones.
  private static func weightings(_ generator: inout SeededGenerator) -> [[Float]] {
    [IndexFixture.schema.weights, [1, 0, 0], [0, 1, 0], [0, 0, 1]]
      + (0..<4).map { _ in (0..<3).map { _ in Float.random(in: 0...1, using: &generator) } }
  }

  @Test(arguments: [1, 2, 65, 3000]) func aFlatIndexIsExactToTheBit(count: Int) throws {
    var generator = SeededGenerator(seed: UInt64(count))
    let rows = IndexFixture.keyed(IndexFixture.rows(count, generator: &generator))
    let snapshot = try LiveIndex(
      IndexFixture.build(rows, in: store, kind: .flat), schema: IndexFixture.schema
    ).snapshot
    for query in IndexFixture.rows(4, generator: &generator) {
      for weights in Self.weightings(&generator) {
        let query = IndexFixture.weighted(query, weights)
        for k in [1, 20, count + 3] where k < 1000 || weights[0] == 1 {
          #expect(try snapshot.search(query, count: k) == IndexFixture.best(query, k, of: rows))
        }
        for share in [2, 20, 200] as [Int64] {
          let passes = { (key: Int64) in key / 3 % share == 0 }
          let found = try snapshot.search(query, count: 20, among: snapshot.selection(where: passes))
          #expect(found == IndexFixture.best(query, 20, of: rows, where: passes))
        }
      }
    }
  }

  @Test func equalRowsAnswerByKey() throws {
    var generator = SeededGenerator(seed: 77)
    let row = IndexFixture.rows(1, generator: &generator)[0]
    let rows = Dictionary(uniqueKeysWithValues: (-500..<500).map { (Int64($0), row) })
    let snapshot = try LiveIndex(
      IndexFixture.build(rows, in: store, kind: .flat), schema: IndexFixture.schema
    ).snapshot
    #expect(try snapshot.search(IndexFixture.weighted(row), count: 7).map(\.key) == Array(-500..<(-493)))
  }

  @Test func rowsOfVeryDifferentSizeAreStillExact() throws {
    var generator = SeededGenerator(seed: 78)
    let scales: [Float] = [1e-20, 1e-3, 1, 1e6, 0]
    let rows = IndexFixture.keyed(
      IndexFixture.rows(400, generator: &generator).enumerated().map { number, row in
        row.map { $0 * scales[number % 5] }
      })
    let snapshot = try LiveIndex(
      IndexFixture.build(rows, in: store, kind: .flat), schema: IndexFixture.schema
    ).snapshot
    for query in IndexFixture.rows(5, generator: &generator) {
      for factor in [1, 1e-30, 1e20] as [Float] {
        let query = IndexFixture.weighted(query).map { $0 * factor }
        #expect(try snapshot.search(query, count: 100) == IndexFixture.best(query, 100, of: rows))
      }
    }
  }

  @Test func scoresScaleWithTheWeights() throws {
    var generator = SeededGenerator(seed: 79)
    let rows = IndexFixture.keyed(IndexFixture.rows(2000, generator: &generator))
    for kind in [IndexKind.flat, .hnsw] {
      let snapshot = try LiveIndex(
        IndexFixture.build(rows, in: store, kind: kind), schema: IndexFixture.schema
      ).snapshot
      let query = IndexFixture.weighted(IndexFixture.rows(1, generator: &generator)[0])
      let once = try snapshot.search(query, count: 20)
      let fourTimes = try snapshot.search(query.map { 4 * $0 }, count: 20)
      #expect(fourTimes == once.map { IndexHit(key: $0.key, score: 4 * $0.score) })
    }
  }

  /// Large enough that graph and lists are searched, not every row.
  @Test(arguments: ["hnsw", "ivf-sq", "ivf-pq", "IVF128,Flat", "PCA40,IVF64,SQ8"])
  func theOthersFindNearlyAll(name: String) throws {
    var generator = SeededGenerator(seed: 80)
    let rows = IndexFixture.keyed(IndexFixture.rows(8000, generator: &generator))
    let kind = try IndexKind(parsing: name, dimension: IndexFixture.schema.dimension)
    let generation = try IndexFixture.build(rows, in: store, kind: kind)
    #expect(generation.manifest.recall >= 0.95)
    #expect(generation.manifest.kind == name)
    let snapshot = try LiveIndex(generation, schema: IndexFixture.schema).snapshot
    let queries = IndexFixture.rows(25, generator: &generator)
    for (number, weights) in Self.weightings(&generator).enumerated() {
      for share in [1, 2, 20, 200] as [Int64] {
        let passes = { (key: Int64) in (key / 3 &* 2_654_435_761 >> 7) % share == 0 }
        let selection = share == 1 ? nil : snapshot.selection(where: passes)
        var found = 0
        var all = 0
        for query in queries {
          let query = IndexFixture.weighted(query, weights)
          let truth = try snapshot.search(query, count: 20, among: selection, exact: true)
          let hits = try snapshot.search(query, count: 20, among: selection)
          #expect(hits.count == truth.count)
          #expect(
            hits.allSatisfy { $0.score == IndexFixture.score(query, rows[$0.key] ?? []) && passes($0.key) })
          if (selection?.count ?? 8000) < 1000 { #expect(hits == truth) }
          found += hits.count { truth.contains($0) }
          all += truth.count
        }
        #expect(
          Double(found) / Double(all) >= (number == 0 ? 0.98 : 0.95), "weights \(weights), 1 in \(share)")
      }
    }
  }

  /// By the graph alone, at widths that are given: more width finds more, and it is the graph that finds it.
  @Test func aWiderSearchOfTheGraphFindsMore() throws {
    var generator = SeededGenerator(seed: 81)
    let rows = IndexFixture.keyed(IndexFixture.rows(6000, generator: &generator))
    let generation = try IndexFixture.build(rows, in: store, kind: .hnsw)
    let snapshot = try LiveIndex(generation, schema: IndexFixture.schema).snapshot
    var recalls: [Double] = []
    let queries = IndexFixture.rows(60, generator: &generator).map { IndexFixture.weighted($0) }
    for width in [10.0, 40, 400] {
      var found = 0
      for query in queries {
        let truth = Set(try snapshot.search(query, count: 10, exact: true).map(\.key))
        found += try generation.keys(nearest: query, count: 10, width: width).count { truth.contains($0) }
      }
      recalls.append(Double(found) / 600)
    }
    #expect(recalls[0] < recalls[1] && recalls[1] <= recalls[2])
    // Not all: the made clusters stand so far apart that the way to a few rows is hard to find.
    #expect(recalls[2] > 0.9)
    // But there is a way to each.
    let all = try generation.keys(nearest: queries[0], count: 6000, width: 6000)
    #expect(Set(all).count == 6000)
  }

  @Test func oneThreadMakesTheSameGraphEachTime() throws {
    var generator = SeededGenerator(seed: 82)
    let rows = IndexFixture.keyed(IndexFixture.rows(3000, generator: &generator))
    let first = try IndexFixture.build(rows, in: store, kind: .hnsw)
    let second = try IndexFixture.build(rows, in: store, kind: .hnsw)
    #expect(first.manifest == second.manifest)
    #expect(first.number + 1 == second.number)
  }

  @Test func allProcessorsGiveTheSameAnswers() throws {
    var generator = SeededGenerator(seed: 83)
    let rows = IndexFixture.keyed(IndexFixture.rows(3000, generator: &generator))
    let queries = IndexFixture.rows(10, generator: &generator).map { IndexFixture.weighted($0) }
    let generation = try IndexFixture.build(rows, in: store, kind: .hnsw)
    let snapshot = try LiveIndex(generation, schema: IndexFixture.schema).snapshot
    let before = CodeKernel.current
    defer { _ = CodeKernel.use(before) }
    var answers: [[[Int64]]] = []
    for name in CodeKernel.names where CodeKernel.use(name) {
      answers.append(
        try queries.map { query in
          try snapshot.search(query, count: 20, exact: true).map(\.key)
            + generation.keys(nearest: query, count: 20, width: 30)
        })
    }
    #expect(answers.count >= 1)
    #expect(answers.allSatisfy { $0 == answers[0] })
  }

  @Test func questionsThatDoNotFitAreRefused() throws {
    var generator = SeededGenerator(seed: 84)
    let rows = IndexFixture.keyed(IndexFixture.rows(50, generator: &generator))
    let live = try LiveIndex(
      IndexFixture.build(rows, in: store, kind: .flat), schema: IndexFixture.schema)
    let snapshot = live.snapshot
    var query = IndexFixture.weighted(rows[0] ?? [])
    #expect(errorCode { try snapshot.search(query + [1], count: 1) } == .shape)
    #expect(errorCode { try snapshot.search(query, count: 0) } == .shape)
    #expect(errorCode { try snapshot.search(query.map { $0 * 1e38 }, count: 1) } == .scoreOverflow)
    let selection = snapshot.selection { $0 < 10 }
    try live.remove(0, change: 1)
    #expect(errorCode { try live.snapshot.search(query, count: 1, among: selection) } == .shape)
    query[3] = .nan
    #expect(errorCode { try snapshot.search(query, count: 1) } == .notFinite)
    #expect(errorCode { try live.upsert(1, query, change: 2) } == .notFinite)
    #expect(errorCode { try live.upsert(1, [1], change: 2) } == .shape)
    let other = IndexSchema(blocks: Array(IndexFixture.schema.blocks.dropLast()), weights: [1, 1])
    #expect(errorCode { try LiveIndex(snapshot.generation, schema: other) } == .schema)
  }
}
