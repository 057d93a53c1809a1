import Catalog
import Foundation
import GRDB
import Model
import TestSupport
import Testing

/// Works are found by their words, whoever changed them.
@Suite struct CatalogWordsTests {
  private let fixture: CatalogFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws {
    fixture = try CatalogFixture()
    try fixture.take(
      """
      id,title,artist,style,tags,description
      wave,神奈川沖浪裏,葛飾北斎,Ukiyo-e,sea;boats,Under the Wave off Kanagawa
      fuji,凱風快晴,葛飾北斎,Ukiyo-e,mountain,Fine Wind Clear Morning
      star,Danseuse à l’Étoile,Edgar Degas,Impressionism,dance;stage,A dancer in the light of the stage
      still,Still Life with Flowers,Rachel Ruysch,Baroque,flowers,"Flowers, and the life of insects, still"
      life,Life of a Saint,Anonymous,Gothic,gold,
      """)
  }

  private func ids(_ text: String, limit: Int = 10, among: Set<ArtworkID>? = nil) throws -> [String] {
    try catalog.refreshWords()
    return try catalog.works(withWords: try #require(WordQuery(text)), limit: limit, among: among)
      .map(\.artworkID.rawValue)
  }

  @Test(arguments: [
    ("etoile", ["star"]), ("ÉTOILE danseuse", ["star"]), ("北斎", ["fuji", "wave"]), ("斎", ["fuji", "wave"]),
    ("浪裏", ["wave"]), ("裏", ["wave"]), ("浪快", []), ("impressionism", ["star"]), ("boats", ["wave"]),
    ("kanag*", ["wave"]), ("kanag", []), ("anything", []), ("\"still life\"", ["still"]),
    ("\"life still\"", []),
    ("\"off kanagawa", ["wave"]), ("北斎 -mountain", ["wave"]), ("北斎 -\"clear morning\"", ["wave"]),
    ("OR", []), ("NEAR(wave, 2)", ["wave"]), ("title:wave", ["wave"]), ("wave) NOT (sea", ["wave"]),
    ("the wave in a storm", ["wave"]), ("of", ["life", "star", "still"]),
  ])
  func found(text: String, expected: [String]) throws {
    #expect(try Set(ids(text)) == Set(expected))
  }

  @Test func allWordsComeBeforeSome() throws {
    #expect(try ids("still life").first == "still")
    let hits = try catalog.works(withWords: try #require(WordQuery("still life gold")), limit: 10)
    #expect(hits.map(\.hasAllWords) == [false, false])
    #expect(Set(hits.map(\.artworkID.rawValue)) == ["still", "life"])
    #expect(
      try catalog.works(withWords: try #require(WordQuery("saint gold")), limit: 10).first?.hasAllWords
        == true)
  }

  @Test func aTitleCountsMoreThanADescription() throws {
    #expect(try ids("wave") == ["wave"])
    try fixture.take("id,title,description\nx,The Wave,\ny,Nothing,a wave and more\n")
    #expect(try ids("wave").first == "x")
  }

  @Test func nothingToLookFor() {
    for text in ["", "  ", "-wave", "!?", "\"\"", "-", "*"] { #expect(WordQuery(text) == nil, "\(text)") }
  }

  @Test func limitsAndFilters() throws {
    #expect(try ids("北斎", limit: 1).count == 1)
    #expect(try ids("北斎", among: [ArtworkID(rawValue: "fuji")]) == ["fuji"])
    #expect(try ids("北斎", among: []) == [])
    #expect(try ids("life", limit: 1, among: [ArtworkID(rawValue: "life")]) == ["life"])
  }

  @Test func changesAreSeenWhoeverMakesThem() throws {
    #expect(try ids("wave") == ["wave"])
    #expect(try catalog.staleWords() == 0)
    try fixture.take("id,title\nwave,The Billow\n")
    #expect(try catalog.staleWords() == 1)
    #expect(try ids("billow") == ["wave"])
    try fixture.raw { try $0.execute(sql: "UPDATE artwork SET description = 'a comber' WHERE id = 'wave'") }
    #expect(try ids("comber") == ["wave"] && ids("kanagawa") == [])
    // What is no text is no reason to index again.
    try fixture.raw { try $0.execute(sql: "UPDATE artwork SET price = 5") }
    #expect(try catalog.staleWords() == 0)
    _ = try catalog.setRemoved(true, [ArtworkID(rawValue: "wave")])
    #expect(try ids("billow") == [])
    _ = try catalog.setRemoved(false, [ArtworkID(rawValue: "wave")])
    #expect(try ids("billow") == ["wave"])
    try catalog.database.write { try $0.execute(sql: "UPDATE artwork SET id = 'other' WHERE id = 'wave'") }
    #expect(try ids("billow") == ["other"])
    try catalog.database.write { try $0.execute(sql: "DELETE FROM artwork WHERE id = 'other'") }
    #expect(try ids("billow") == [])
    let left = try catalog.database.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM artworkWords") }
    #expect(left == 4)
  }

  /// Against a plain look through all texts, over random words and changes.
  @Test func agreesWithALookThroughAll() throws {
    var numbers = SeededGenerator(seed: 9)
    let vocabulary = ["red", "blue", "hill", "tree", "moon", "stone"]
    var texts: [String: Set<String>] = [:]
    for _ in 0..<60 {
      let id = "n\(Int.random(in: 0..<20, using: &numbers))"
      let words = Set((0..<3).map { _ in vocabulary[Int.random(in: 0..<6, using: &numbers)] })
      texts[id] = words
      try fixture.take("id,title,tags\n\(id),\(words.sorted().joined(separator: " ")),\n")
      let asked = (0..<2).map { _ in vocabulary[Int.random(in: 0..<6, using: &numbers)] }
      let expected = texts.filter { !$0.value.isDisjoint(with: asked) }.keys
      #expect(try Set(ids(asked.joined(separator: " "), limit: 100)) == Set(expected))
    }
  }
}
