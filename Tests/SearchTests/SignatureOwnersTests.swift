import Model
import Search
import Testing

@Suite struct SignatureOwnersTests {
  private func owners(_ keys: [Int64]) -> [Int64: ArtworkID] {
    keys.reduce(into: [:]) { $0[$1] = ArtworkID(rawValue: "work-\($1)") }
  }

  @Test func everyKeyHasItsWorkAndNoOther() {
    // Works without an image first, then files with gaps.
    let keys: [Int64] = [-9, -3, -1, 1, 2, 3, 7, 100, 5000, .max]
    let all = SignatureOwners(owners(keys))
    for key in keys { #expect(all[key]?.rawValue == "work-\(key)") }
    for key: Int64 in [.min, -10, -2, 0, 4, 99, 4999, .max - 1] { #expect(all[key] == nil) }
    #expect(SignatureOwners([:])[1] == nil)
  }

  @Test func theBytesGiveTheSame() throws {
    let named: [Int64: String] = [-4: "Ölbild", 1: "", 2: "墨", 9: "a"]
    let all = SignatureOwners(named.mapValues { ArtworkID(rawValue: $0) })
    let again = try #require(SignatureOwners(bytes: all.bytes))
    for key: Int64 in -5...10 { #expect(again[key] == all[key]) }
    for cut in [0, 7, 8, all.bytes.count - 1] {
      #expect(SignatureOwners(bytes: Array(all.bytes.prefix(cut))) == nil)
    }
    #expect(SignatureOwners(bytes: all.bytes + [0]) == nil)
    #expect(SignatureOwners(bytes: [UInt8](repeating: 255, count: 64)) == nil)
  }

  @Test func changesAreAsInADictionary() throws {
    var numbers = SystemRandomNumberGenerator()
    var truth = owners((0..<3000).map { _ in Int64.random(in: -500...9000, using: &numbers) })
    var all = SignatureOwners(truth)
    for round in 0..<12 {
      var changes: [Int64: ArtworkID?] = [:]
      for _ in 0..<900 {
        let key = Int64.random(in: -600...9500, using: &numbers)
        changes[key] = Bool.random(using: &numbers) ? .some(nil) : ArtworkID(rawValue: "r\(round)-\(key)")
      }
      for (key, owner) in changes { truth[key] = owner }
      all.change(changes)
      for key: Int64 in -600...9500 { #expect(all[key] == truth[key]) }
    }
    let kept = try #require(SignatureOwners(bytes: all.bytes))
    for key: Int64 in -600...9500 { #expect(kept[key] == truth[key]) }
  }
}
