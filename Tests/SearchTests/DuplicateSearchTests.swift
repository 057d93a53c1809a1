import Catalog
import Features
import Foundation
import Imaging
import Model
import Search
import SystemPackage
import TestSupport
import Testing

@Suite struct DuplicateSearchTests {
  private let fixture: DuplicateFixture

  init() throws { fixture = try DuplicateFixture() }

  private func pairs(
    _ tiers: Set<DuplicateTier> = Set(DuplicateTier.allCases), among: Set<ArtworkID>? = nil
  ) throws -> [DuplicatePair] {
    try DuplicateSearch(fixture.catalog, among: among).pairs(tiers)
  }

  /// Pairs as "tier first second".
  private func found(
    _ tiers: Set<DuplicateTier> = Set(DuplicateTier.allCases), among: Set<ArtworkID>? = nil
  ) throws -> [String] {
    try pairs(tiers, among: among).map { "\($0.tier.rawValue) \($0.first) \($0.second)" }
  }

  @Test func anEmptyCatalogueHasNone() throws {
    #expect(try found() == [])
    #expect(try DuplicateSearch(fixture.catalog).fileCount == 0)
  }

  @Test func tellsTheTiersApart() throws {
    try fixture.add([
      ("a", "one", .blobs(1)), ("b", "two", .blobs(2)), ("c", "three", .cropped(1)), ("d", "one", .blobs(1)),
      ("e", "five", .mirrored(2)), ("f", "six", .blobs(3)),
    ])
    #expect(try found() == ["same-reproduction 1 3", "same-bytes 1 4", "same-work 2 5"])
    #expect(try found([.sameBytes]) == ["same-bytes 1 4"])
    #expect(try found([.sameReproduction]) == ["same-reproduction 1 3"])
    #expect(try found([.sameWork]) == ["same-work 2 5"])
    let evidence = try #require(try pairs([.sameWork]).first?.evidence)
    #expect(evidence.isMirrored)
  }

  @Test func filesOfOneWorkAreProposedForTheirBytesAlone() throws {
    try fixture.add([
      ("a", "one", .blobs(1)), ("a", "two", .cropped(1)), ("a", "one", .blobs(1)), ("b", "four", .blobs(4)),
    ])
    #expect(try found() == ["same-bytes 1 3"])
  }

  @Test func aBorderDoesNotHideACopy() throws {
    try fixture.add([("a", "one", .blobs(1)), ("b", "two", .bordered(1)), ("c", "three", .bordered(2))])
    #expect(try found() == ["same-reproduction 1 2"])
  }

  @Test func flatPicturesAreNotCopiesOfOneAnother() throws {
    try fixture.add([("a", "one", .flat(240)), ("b", "two", .flat(240)), ("c", "three", .flat(235))])
    #expect(try found() == [])
    let search = try DuplicateSearch(fixture.catalog)
    #expect(search.flatCount == 3 && search.unmeasuredCount == 0 && search.fileCount == 3)
    try fixture.add([("d", "one", .flat(240))])
    #expect(try found() == ["same-bytes 1 4"])
  }

  @Test func whatIsNotMeasuredIsComparedByItsBytes() throws {
    try fixture.add([("a", "one", .blobs(1)), ("b", "two", .unmeasured), ("c", "two", .unmeasured)])
    #expect(try found() == ["same-bytes 2 3"])
    #expect(try DuplicateSearch(fixture.catalog).unmeasuredCount == 2)
  }

  @Test func removedWorksAndThoseLeftOutAreNotProposed() throws {
    try fixture.add([("a", "one", .blobs(1)), ("b", "two", .cropped(1)), ("c", "one", .blobs(1))])
    #expect(try found().count == 2)
    #expect(
      try found(among: ["a", "c"].map(ArtworkID.init(rawValue:)).reduce(into: []) { $0.insert($1) }).count
        == 1)
    #expect(try found(among: []) == [])
    _ = try fixture.catalog.setRemoved(true, [ArtworkID(rawValue: "a")])
    #expect(try found() == ["same-reproduction 2 3"])
  }

  @Test func theSameAnswerEachTime() throws {
    let looks = (0..<12).map { i -> DuplicateFixture.Look in
      i % 3 == 0 ? .blobs(i / 3) : i % 3 == 1 ? .cropped(i / 3) : .bordered(i / 3)
    }
    try fixture.add(looks.enumerated().map { ("w\($0)", "bytes \($0)", $1) })
    let first = try pairs()
    #expect(first.count == 12)
    #expect(first.map(\.first) == first.map(\.first).sorted())
    for _ in 0..<3 { #expect(try pairs() == first) }
  }

  @Test func aStopEndsIt() throws {
    try fixture.add([("a", "one", .blobs(1)), ("b", "two", .cropped(1)), ("c", "one", .blobs(1))])
    let search = try DuplicateSearch(fixture.catalog)
    var last: DuplicateSearch.Progress?
    let pairs = search.pairs(Set(DuplicateTier.allCases), isStopped: { true }) { last = $0 }
    #expect(pairs.map(\.tier) == [.sameBytes])
    #expect(last?.total == 2)
  }
}

@Suite struct DuplicateGroupTests {
  private func pair(_ tier: DuplicateTier, _ a: Int64, _ b: Int64) -> DuplicatePair {
    DuplicatePair(tier: tier, first: a, second: b, evidence: nil)
  }

  /// Each file its own work, unless said otherwise.
  private func groups(_ pairs: [DuplicatePair], _ works: [Int64: String] = [:]) -> [DuplicateGroup] {
    let ids = Set(pairs.flatMap { [$0.first, $0.second] }).reduce(into: [Int64: ArtworkID]()) {
      $0[$1] = ArtworkID(rawValue: works[$1] ?? "work \($1)")
    }
    return DuplicateGroup.groups(of: pairs, artworkIDs: ids)
  }

  @Test func pairsThatMeetAreOneGroup() {
    let groups = groups([
      pair(.sameWork, 1, 2), pair(.sameBytes, 5, 6), pair(.sameReproduction, 2, 3), pair(.sameWork, 8, 9),
    ])
    #expect(groups.map(\.fileIDs) == [[5, 6], [1, 2, 3], [8, 9]])
    #expect(groups.map(\.tier) == [.sameBytes, .sameWork, .sameWork])
    #expect(groups[1].pairs.map(\.tier) == [.sameReproduction, .sameWork])
  }

  /// The weak pair closes a circle that the sure ones hold together.
  @Test func aGroupIsAsSureAsTheWeakestPairItNeeds() {
    let groups = groups([pair(.sameWork, 1, 3), pair(.sameReproduction, 1, 2), pair(.sameReproduction, 2, 3)])
    #expect(groups.map(\.tier) == [.sameReproduction])
    #expect(groups[0].pairs.count == 3)
  }

  @Test func filesOfOneWorkHoldAGroupTogether() {
    let groups = groups([pair(.sameWork, 1, 2), pair(.sameWork, 3, 4)], [2: "shared", 3: "shared"])
    #expect(groups.map(\.fileIDs) == [[1, 2, 3, 4]])
  }

  @Test func twoFilesOfOneWorkAreAGroup() {
    let groups = groups([pair(.sameBytes, 1, 2)], [1: "one", 2: "one"])
    #expect(groups.map(\.tier) == [.sameBytes] && groups[0].fileIDs == [1, 2])
  }

  @Test func theOrderOfThePairsDoesNotMatter() {
    let pairs = (0..<30).map { (number: Int) -> DuplicatePair in
      let file = Int64(number * 7 % 20)
      return pair(DuplicateTier.allCases[number % 3], file, file + 1 + Int64(number % 4))
    }
    let first = groups(pairs)
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<10 {
      #expect(groups(pairs.shuffled(using: &generator)).map(\.fileIDs) == first.map(\.fileIDs))
    }
  }
}
