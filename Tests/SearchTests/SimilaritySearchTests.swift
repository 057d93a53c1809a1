import Catalog
import Model
import Search
import SystemPackage
import Testing

@Suite struct SimilaritySearchTests {
  private let fixture: SearchFixture

  init() throws { fixture = try SearchFixture() }

  /// A: cosines 1 and 0; B: 0.6 and 1; C: 0 and 0.8, to the query [1, 0], [0, 0, 1].
  private func three() throws -> SimilaritySearch {
    try fixture.add([
      .init("A", [1, 0], [1, 0, 0]), .init("B", [0.6, 0.8], [0, 0, 1]), .init("C", [0, 1], [0, 0.6, 0.8]),
    ])
    return try fixture.search()
  }
  private let example: [[Float]?] = [[1, 0], [0, 0, 1]]

  @Test func scoresByHand() throws {
    let hits = try three().answer(SearchFixture.query([example]))
    #expect(hits.ids == ["B", "A", "C"])
    for (score, expected) in zip(hits.scores, [0.8, 0.5, 0.4] as [Float]) {
      #expect(isClose(score, expected))
    }
    #expect(isClose(hits[0].contributions[.colour], 0.3))
    #expect(isClose(hits[0].contributions[SearchFixture.texture.name], 0.5))
    for hit in hits { #expect(isClose(hit.contributions.values.reduce(0, +), hit.score, 1e-6)) }
  }

  /// Only the ratio of the weights counts, and contributions are linear in them.
  @Test func weights() throws {
    let search = try three()
    func scores(_ colour: Float, _ texture: Float) throws -> [String: Float] {
      try search.answer(SearchFixture.query([example], SearchFixture.weights(colour, texture)))
        .reduce(into: [:]) { $0[$1.artworkID.rawValue] = $1.score }
    }
    let cosines: [String: (Float, Float)] = ["A": (1, 0), "B": (0.6, 1), "C": (0, 0.8)]
    for (colour, texture) in [(1, 0), (0, 1), (3, 1), (1, 3), (0.25, 0.75)] as [(Float, Float)] {
      let scores = try scores(colour, texture)
      for (id, cosine) in cosines {
        #expect(isClose(scores[id], (colour * cosine.0 + texture * cosine.1) / (colour + texture)))
      }
      let scaled = try self.fixture.search().answer(
        SearchFixture.query([example], SearchFixture.weights(1000 * colour, 1000 * texture)))
      for hit in scaled { #expect(isClose(scores[hit.artworkID.rawValue], hit.score, 1e-6)) }
    }
    #expect(
      try search.answer(SearchFixture.query([example], SearchFixture.weights(1, 0))).ids == ["A", "B", "C"])
    #expect(
      try search.answer(SearchFixture.query([example], SearchFixture.weights(0, 1))).ids == ["B", "C", "A"])
  }

  @Test func weightsOfAnySize() throws {
    let search = try three()
    for weight in [Float.greatestFiniteMagnitude, .leastNonzeroMagnitude] {
      let hits = try search.answer(SearchFixture.query([example], SearchFixture.weights(weight, weight)))
      #expect(isClose(hits.first?.score, 0.8))
    }
  }

  @Test func aMissingBlockNeitherHelpsNorPunishes() throws {
    try fixture.add([
      .init("half", [1, 0], nil), .init("whole", [1, 0], [0, 1, 0]), .init("zeros", [1, 0], [0, 0, 0]),
    ])
    let search = try fixture.search()
    let hits = try search.answer(SearchFixture.query([example]))
    #expect(hits.ids == ["half", "whole", "zeros"])  // alike, so by id
    for hit in hits { #expect(isClose(hit.score, 0.5)) }
    // A query that lacks a block asks by the other alone, at full weight, however the lack is written.
    for lacking in [[[1, 0], nil], [[1, 0], [0, 0, 0]]] as [[[Float]?]] {
      let hits = try search.answer(SearchFixture.query([lacking]))
      #expect(hits.count == 3)
      for hit in hits { #expect(isClose(hit.score, 1) && hit.contributions[SearchFixture.texture.name] == 0) }
    }
  }

  @Test func nothingToCompare() throws {
    let search = try three()
    let queries = [
      SearchFixture.query([[nil, nil]]), SearchFixture.query([[[0, 0], nil]]),
      SearchFixture.query([[[1, 0], nil]], try SearchFixture.weights(0, 1)),
      SearchFixture.query([[[1, 0], nil], [[-1, 0], nil]]),  // the two cancel out
    ]
    for query in queries {
      #expect(throws: SimilaritySearch.Fault.nothingToCompare) { try search.answer(query) }
    }
  }

  @Test func aWorkAnswersOnceByItsBestFile() throws {
    var files = (0..<200).map { SearchFixture.File("many", [Float(200 + $0) / 400, 0.5]) }
    files[120] = .init("many", [1, 0])
    files += [.init("x", [0.9, 0]), .init("y", [0.6, 0.8]), .init("z", [0, 1])]
    files.insert(.init("w", [0.96, 0.28]), at: 50)
    try fixture.add(files)
    let search = try fixture.search()
    #expect(search.count == 204)
    for count in 1...5 {
      let hits = try search.answer(SearchFixture.query([[[1, 0], nil]], count: count))
      #expect(hits.ids == Array(["many", "w", "x", "y", "z"].prefix(count)))
    }
    let best = try search.answer(SearchFixture.query([[[1, 0], nil]], count: 1))
    let record = try #require(try fixture.catalog.artwork(ArtworkID(rawValue: "many")))
    #expect(record.files.first { $0.id == best.first?.fileID }?.path == "/f/121")
    #expect(isClose(best.first?.score, 1))
  }

  @Test func negativesPushAway() throws {
    try fixture.add([.init("both", [0.6, 0.8]), .init("first", [1, 0]), .init("away", [0.8, -0.6])])
    let search = try fixture.search()
    #expect(try search.answer(SearchFixture.query([[[1, 0], nil]])).ids == ["first", "away", "both"])
    // [1, 0] − 0.5·[0, 1] has the length √1.25.
    let hits = try search.answer(SearchFixture.query([[[1, 0], nil]], not: [[[0, 1], nil]]))
    #expect(hits.ids == ["away", "first", "both"])
    let length = Float(1.25).squareRoot()
    for (score, expected) in zip(hits.scores, [1.1, 1, 0.2] as [Float]) {
      #expect(isClose(score, expected / length))
    }
    // A negative example that lacks the block, or a block that no positive example has, changes nothing.
    let same = try search.answer(SearchFixture.query([[[1, 0], nil]], not: [[nil, [1, 0, 0]]]))
    #expect(same.ids == ["first", "away", "both"] && isClose(same.first?.score, 1))
  }

  @Test func severalExamplesAreTheirMean() throws {
    try fixture.add([.init("x", [1, 0]), .init("y", [0, 1]), .init("xy", [0.70710677, 0.70710677])])
    let search = try fixture.search()
    let hits = try search.answer(SearchFixture.query([[[1, 0], nil], [[0, 1], nil], [nil, nil]]))
    #expect(hits.ids == ["xy", "x", "y"])
    #expect(isClose(hits[0].score, 1) && isClose(hits[1].score, 0.70710677))
    // Not-examples are a mean as well: two of them are no stronger than one.
    let once = try search.answer(SearchFixture.query([[[1, 0], nil]], not: [[[0, 1], nil]]))
    let twice = try search.answer(
      SearchFixture.query([[[1, 0], nil]], not: [[[0, 1], nil], [[0, 1], nil]]))
    #expect(once == twice)
  }

  @Test func filtersAndExclusion() throws {
    let search = try three()
    #expect(
      try search.answer(SearchFixture.query([example], among: ["A", "C", "nobody"])).ids == ["A", "C"])
    #expect(try search.answer(SearchFixture.query([example], among: [])).isEmpty)
    #expect(try search.answer(SearchFixture.query([example], excluded: ["B"])).ids == ["A", "C"])
    #expect(
      try search.answer(SearchFixture.query([example], among: ["A", "B"], excluded: ["B", "x"])).ids == ["A"])
    #expect(try search.answer(SearchFixture.query([example], count: 1, excluded: ["B"])).ids == ["A"])
  }

  /// Two of each label, and works without one are never too many; further works are looked for as far as it takes.
  @Test func quotas() throws {
    let many = (0..<100).map { "m" + String(100 + $0) }
    try fixture.add(
      zip(0..., many).map { .init($1, [1, Float($0) / 1000]) } + [
        .init("x1", [0.9, 0.1]), .init("x2", [0.8, 0.2]), .init("x3", [0.7, 0.3]),
        .init("none1", [0.6, 0.4]),
        .init("none2", [0.5, 0.5]), .init("none3", [0.4, 0.6]),
      ])
    let search = try fixture.search()
    let labels = (many + ["x1", "x2", "x3"]).reduce(into: [ArtworkID: String]()) { labels, id in
      labels[ArtworkID(rawValue: id)] = String(id.prefix(1))
    }
    var query = SearchFixture.query([[[1, 0], nil]], count: 7)
    query.quota = Quota(most: 2, labels: labels)
    #expect(try search.answer(query).ids == ["m100", "m101", "x1", "x2", "none1", "none2", "none3"])
    query.quota = Quota(most: 1, labels: labels)
    query.count = 3
    #expect(try search.answer(query).ids == ["m100", "x1", "none1"])
    query.count = 50
    #expect(try search.answer(query).ids == ["m100", "x1", "none1", "none2", "none3"])
  }

  @Test func diversity() throws {
    // b is nearly a; c is a little less like the query, and unlike a.
    try fixture.add([
      .init("a", [0.96, 0.28]), .init("b", [0.9539, 0.3]), .init("c", [0.9, -0.4359]), .init("d", [0, 1]),
    ])
    let search = try fixture.search()
    var query = SearchFixture.query([[[1, 0], nil]], count: 3)
    #expect(try search.answer(query).ids == ["a", "b", "c"])
    query.diversity = 0.5
    // After a: b is worth (0.954 − 0.9998) / 2, c (0.9 − 0.742) / 2, d (0 − 0.28) / 2; after c: b −0.02, d −0.14.
    #expect(try search.answer(query).ids == ["a", "c", "b"])
    query.diversity = 1
    // The first, whatever it is worth nothing, and then what is least like those before.
    #expect(try search.answer(query).ids.count == 3)
    query.diversity = 0.5
    query.count = 10
    #expect(try Set(search.answer(query).ids) == ["a", "b", "c", "d"])
    #expect(try search.answer(query).ids.first == "a")
  }

  @Test func equalScoresGoById() throws {
    // Stored from the last id to the first, more than any first look takes.
    let ids = (0..<90).map { "w" + String(100 + $0) }
    try fixture.add(ids.reversed().map { .init($0, [1, 0]) } + [.init("a", [0.6, 0.8])])
    let search = try fixture.search()
    for count in [1, 5, 30, 90] {
      #expect(
        try search.answer(SearchFixture.query([[[1, 0], nil]], count: count)).ids == Array(ids.prefix(count)))
    }
    #expect(try search.answer(SearchFixture.query([[[1, 0], nil]], count: 200)).ids == ids + ["a"])
  }

  @Test func smallAndEmptyCatalogues() throws {
    #expect(try fixture.search().answer(SearchFixture.query([example], count: 5)).isEmpty)
    #expect(try fixture.search().count == 0)
    #expect(try fixture.search().answer(SearchFixture.query([example], among: ["A"])).isEmpty)
    try fixture.add([.init("only", [1, 0]), .init("bare", nil, nil)])
    let search = try fixture.search()
    #expect(search.count == 1)  // a file without any block can't be found
    #expect(try search.answer(SearchFixture.query([example], count: 1000)).ids == ["only"])
  }

  @Test func removedWorksAndOldVersionsAreNotThere() throws {
    try fixture.add([.init("A", [1, 0]), .init("B", [1, 0])])
    try fixture.add([.init("old", [1, 0], [0, 0, 1])], versions: [2, 1])
    _ = try fixture.catalog.setRemoved(true, [ArtworkID(rawValue: "A")])
    let search = try fixture.search()
    let hits = try search.answer(SearchFixture.query([example]))
    #expect(Set(hits.ids) == ["B", "old"])
    #expect(hits.first { $0.artworkID.rawValue == "old" }?.contributions[.colour] == 0)
    // A search is as the catalogue was when it was made.
    _ = try fixture.catalog.setRemoved(false, [ArtworkID(rawValue: "A")])
    #expect(try search.answer(SearchFixture.query([example])).count == 2)
  }

  @Test func aBlockThatIsGivenStandsInForTheExamples() throws {
    let search = try three()
    var query = SearchFixture.query([example], .only(.colour))
    query.given = [.colour: [0, 3]]
    let hits = try search.answer(query)
    #expect(hits.ids == ["C", "B", "A"])
    #expect(isClose(hits[0].score, 1) && isClose(hits[1].score, 0.8), "of any length")
    let alone = Query(positives: [], given: [.colour: [0, 1]], weights: .equal(SearchFixture.both), count: 3)
    #expect(try search.answer(alone) == hits, "blocks that are not given don't count")
    let zero = Query(positives: [], given: [.colour: [0, 0]], weights: .equal(SearchFixture.both), count: 3)
    #expect(throws: SimilaritySearch.Fault.nothingToCompare) { try search.answer(zero) }
  }
}
