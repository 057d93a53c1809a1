import Catalog
import Features
import Ingest
import Model
import Search
import SystemPackage
import Testing
import Text

/// Works found by what is said of them, with and without images.
@Suite struct TextSearchTests {
  private let fixture: SearchFixture
  private var catalog: Catalog { fixture.catalog }

  init() throws {
    fixture = try SearchFixture()
    try fixture.add([.init("wave", [1, 0], [1, 0, 0]), .init("lady", [0, 1], [0, 1, 0])])
    let rows = """
      id,title,artist,tags
      wave,The Great Wave,Hokusai,sea
      storm,Storm at Sea,Turner,sea;storm
      lady,Portrait of a Lady,Weyden,portrait
      man,Portrait of a Man,Weyden,portrait
      silent,,,
      """
    _ = try catalog.importTable(CSVTable(bytes: Array(rows.utf8)), relativeTo: "/", scope: .everyRow)
    try TextBlocks(catalog) { nil }.refresh()
    try catalog.refreshWords()
  }

  private static func id(_ text: String) -> ArtworkID { ArtworkID(rawValue: text) }

  private func example(_ id: String, _ reader: SignatureReader) throws -> Example? {
    let record = try #require(try catalog.artwork(Self.id(id)))
    return try reader.example(of: record)
  }

  private func search() throws -> SimilaritySearch {
    let text = try #require(try TextBlocks(catalog) { nil }.descriptor())
    return try SimilaritySearch(catalog, SearchFixture.both + [text])
  }

  private func found(_ text: String, count: Int = 10, among: [String]? = nil, model: Bool = true) throws
    -> [String]
  {
    try TextSearch(catalog, search(), model ? TextBlocks(catalog) { nil }.model() : nil)
      .answer(
        try #require(WordQuery(text)), count: count,
        among: among.map { Set($0.map(ArtworkID.init(rawValue:))) }
      ).map(\.artworkID.rawValue)
  }

  @Test func wordsAndMeaningAreOneList() throws {
    let hits = try found("sea")
    #expect(Set(hits.prefix(2)) == ["wave", "storm"])
    #expect(try found("weyden portrait").prefix(2).sorted() == ["lady", "man"])
    #expect(
      try found("lady portrait").prefix(2) == ["lady", "man"],
      "one has both words, the other means something like them")
    #expect(try found("lady", model: false) == ["lady"], "by words alone")
    #expect(try found("portrait", count: 1).count == 1)
    #expect(try found("portrait", among: ["man", "wave"]) == ["man"])
    #expect(try found("xyzzy").isEmpty)
  }

  @Test func toTheLetter() throws {
    #expect(try found("\"portrait of a lady\"") == ["lady"])
    #expect(try found("lad*") == ["lady"])
    #expect(!(try found("portrait -lady")).contains("lady"))
  }

  @Test func aWorkWithoutAnImageIsFoundByItsText() throws {
    let search = try search()
    #expect(search.count == 4, "nothing is known of the fifth")
    let reader = SignatureReader(catalog, search.layout.descriptors)
    let storm = try #require(try example("storm", reader))
    #expect(storm.vectors[0] == nil && storm.vectors[2] != nil)
    let weights = try BlockWeights.equal(search.layout.descriptors).replacing([:])
    let hits = try search.answer(
      Query(positives: [storm], weights: weights, count: 3, excluded: [Self.id("storm")]))
    #expect(hits.first?.artworkID == Self.id("wave") && hits.first?.fileID != nil)
    let wave = try #require(try example("wave", reader))
    let others = try search.answer(
      Query(positives: [wave], weights: .only(.text), count: 3, excluded: [Self.id("wave")]))
    #expect(others.first?.artworkID == Self.id("storm") && others.first?.fileID == nil)
    #expect(try example("silent", reader) == nil)
  }

  /// Whatever is said of works, a picture finds what it found before.
  @Test func aPictureAloneDoesNotReadTexts() throws {
    let picture = Example(vectors: [[0.6, 0.8], [0, 0.6, 0.8], nil])
    let weights = BlockWeights.equal(try search().layout.descriptors)
    let before = try search().answer(Query(positives: [picture], weights: weights, count: 2))
    _ = try catalog.importTable(
      CSVTable(bytes: Array("id,title\nwave,Something else\nlady,Entirely\n".utf8)), relativeTo: "/",
      scope: .everyRow)
    try TextBlocks(catalog) { nil }.refresh()
    let after = try search().answer(Query(positives: [picture], weights: weights, count: 2))
    #expect(after.ids == before.ids && after.scores == before.scores)
    #expect(after.allSatisfy { $0.contributions[.text] == 0 })
  }

  @Test func palettesAreDerivedFromWhatIsStored() throws {
    let reader = SignatureReader(catalog, SearchFixture.both + [PaletteBlock.descriptor])
    let picture = reader.example(
      of: [Block(name: .colour, version: 1, vector: [1, 0])],
      Palette(swatches: [.init(l: 50, a: 20, b: 20, share: 1)]))
    #expect(picture.vectors[0] == [1, 0] && picture.vectors[1] == nil)
    #expect(picture.vectors[2]?.count == PaletteBlock.descriptor.dimension)
  }
}
