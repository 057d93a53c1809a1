import Model
import Search
import Testing

@Suite struct RankFusionTests {
  private func fused(_ lists: [(name: String, works: [String])]) -> [RankFusion.Place] {
    RankFusion.fuse(lists.map { ($0.name, $0.works.map(ArtworkID.init(rawValue:))) })
  }

  @Test func byHand() {
    let places = fused([("words", ["a", "b", "c"]), ("text", ["b", "d"])])
    #expect(places.map(\.artworkID.rawValue) == ["b", "a", "d", "c"])
    #expect(places[0].contributions == ["words": 1.0 / 62, "text": 1.0 / 61])
    #expect(abs(places[0].score - (1.0 / 62 + 1.0 / 61)) < 1e-12)
    #expect(places[3].contributions == ["words": 1.0 / 63])
  }

  @Test func equalScoresGoByID() {
    #expect(fused([("x", ["q", "r"]), ("y", ["r", "q"])]).map(\.artworkID.rawValue) == ["q", "r"])
    #expect(fused([("x", ["z"]), ("y", ["b"])]).map(\.artworkID.rawValue) == ["b", "z"])
    #expect(fused([]).isEmpty)
  }
}
