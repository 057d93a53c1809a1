import TestSupport
import Testing
import VectorIndex

@Suite struct LiveIndexTests {
  /// A dictionary is the specification: any sequence of changes, builds and swaps answers as a look at each
  /// row does.
  @Test(arguments: ["flat", "hnsw", "ivf-sq", "Flat"], [1, 2, 3] as [UInt64])
  func anySequenceOfChangesAnswersAsAFreshBuildDoes(name: String, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let folder = IndexFixture.Folder()
    let store = GenerationStore(folder: folder.path)
    let kind = try IndexKind(parsing: name, dimension: IndexFixture.schema.dimension)
    var options = BuildOptions()
    options.sample = 8
    let pool = IndexFixture.rows(400, generator: &generator)
    let live = try LiveIndex(nil, schema: IndexFixture.schema)
    var model: [Int64: [Float]] = [:]
    var change: Int64 = 0
    // Rows of a build that is under way: what was true as it began.
    var pending: (rows: [Int64: [Float]], change: Int64)?
    for step in 0..<400 {
      change += 1
      let key = Int64.random(in: -60...60, using: &generator)
      switch Int.random(in: 0..<100, using: &generator) {
      case 0..<60:
        let row = pool[Int.random(in: 0..<pool.count, using: &generator)]
        try live.upsert(key, row, change: change)
        model[key] = row
      case 60..<80:
        try live.remove(key, change: change)
        model[key] = nil
      case 80..<84: pending = (model, change)
      case 84..<87:
        if let build = pending, !build.rows.isEmpty {
          let generation = try IndexFixture.build(
            build.rows, in: store, kind: kind, covering: build.change, options: options)
          try live.swap(to: generation)
          pending = nil
        }
      default:
        let query = IndexFixture.weighted(pool[step % pool.count], [1, 0.5, Float(step % 3)])
        let snapshot = live.snapshot
        #expect(snapshot.count == model.count)
        #expect(try snapshot.search(query, count: 10) == IndexFixture.best(query, 10, of: model))
        let passes = { (key: Int64) in key % 3 == 0 }
        let expected = IndexFixture.best(query, 10, of: model, where: passes)
        #expect(try snapshot.search(query, count: 10, among: snapshot.selection(where: passes)) == expected)
        let named = snapshot.selection(of: (-60...60).filter(passes))
        #expect(try snapshot.search(query, count: 10, among: named) == expected)
        #expect(named.count == model.keys.count(where: passes))
      }
      #expect(live.snapshot.vector(of: key) == model[key])
    }
    var keys: Set<Int64> = []
    live.snapshot.forEachKey { #expect(keys.insert($0).inserted) }
    #expect(keys == Set(model.keys))
  }

  @Test func aSnapshotStaysAsItWas() throws {
    var generator = SeededGenerator(seed: 4)
    let rows = IndexFixture.rows(4, generator: &generator)
    let live = try LiveIndex(nil, schema: IndexFixture.schema)
    try live.apply([.upsert(key: 1, vector: rows[0], change: 1), .upsert(key: 2, vector: rows[1], change: 2)])
    let before = live.snapshot
    try live.apply([.upsert(key: 1, vector: rows[2], change: 3), .remove(key: 2, change: 4)])
    #expect(before.count == 2)
    #expect(before.vector(of: 1) == rows[0])
    #expect(before.vector(of: 2) == rows[1])
    #expect(live.snapshot.count == 1)
    #expect(live.snapshot.vector(of: 1) == rows[2])
    #expect(live.snapshot.vector(of: 2) == nil)
  }

  @Test func eitherAllOrNoneOfABatchIsTaken() throws {
    var generator = SeededGenerator(seed: 5)
    let row = IndexFixture.rows(1, generator: &generator)[0]
    let live = try LiveIndex(nil, schema: IndexFixture.schema)
    let batch: [LiveIndex.Change] = [
      .upsert(key: 1, vector: row, change: 1), .upsert(key: 2, vector: [1], change: 2),
    ]
    #expect(errorCode { try live.apply(batch) } == .shape)
    #expect(live.snapshot.count == 0)
  }

  @Test func onlyWhatTheGenerationCoversIsForgotten() throws {
    var generator = SeededGenerator(seed: 6)
    let rows = IndexFixture.rows(6, generator: &generator)
    let folder = IndexFixture.Folder()
    let live = try LiveIndex(nil, schema: IndexFixture.schema)
    for number in 0..<3 { try live.upsert(Int64(number), rows[number], change: Int64(number + 1)) }
    let built = try IndexFixture.build(
      [0: rows[0], 1: rows[1], 2: rows[2]], in: GenerationStore(folder: folder.path), kind: .flat, covering: 3
    )
    try live.upsert(1, rows[4], change: 4)
    try live.remove(2, change: 5)
    try live.remove(9, change: 6)
    #expect(live.pending == 4)
    try live.swap(to: built)
    #expect(live.pending == 3)
    let snapshot = live.snapshot
    #expect(snapshot.vector(of: 0) == rows[0])
    #expect(snapshot.vector(of: 1) == rows[4])
    #expect(snapshot.vector(of: 2) == nil)
    #expect(snapshot.count == 2)
  }

  @Test func readersWritersAndSwapsDoNotDisturbOneAnother() async throws {
    var generator = SeededGenerator(seed: 7)
    let folder = IndexFixture.Folder()
    let store = GenerationStore(folder: folder.path)
    let rows = IndexFixture.keyed(IndexFixture.rows(1200, generator: &generator))
    let query = IndexFixture.weighted(rows[0] ?? [])
    let expected = IndexFixture.best(query, 10, of: rows)
    let live = try LiveIndex(nil, schema: IndexFixture.schema)
    try live.apply(rows.map { .upsert(key: $0.key, vector: $0.value, change: 1) })
    let extra = IndexFixture.rows(1, generator: &generator)[0].map { -$0 }
    try await withThrowingTaskGroup { group in
      for _ in 0..<3 {
        group.addTask {
          // The rows written meanwhile are the worst of all: every answer is the same.
          for _ in 0..<60 {
            let hits = try live.snapshot.search(query, count: 10)
            #expect(hits == expected)
          }
        }
      }
      group.addTask {
        for number in 0..<200 { try live.upsert(Int64(100_000 + number), extra.map { $0 * 0 }, change: 2) }
      }
      group.addTask {
        for kind in [IndexKind.flat, .hnsw] {
          try live.swap(to: IndexFixture.build(rows, in: store, kind: kind, covering: 1))
        }
      }
      try await group.waitForAll()
    }
    #expect(live.snapshot.count == 1400)
    #expect(live.pending == 200)
  }
}
