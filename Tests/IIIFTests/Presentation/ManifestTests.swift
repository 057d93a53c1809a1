import IIIF
import Model
import Testing

extension DescribedWork {
  /// A work with something in every place.
  static let wave = DescribedWork(
    id: ArtworkID(rawValue: "ba-1/2 画"), title: "The Great Wave", artist: "Hokusai", date: "c. 1831",
    years: YearRange(1830...1832), style: "Ukiyo-e", genre: "landscape", medium: "woodblock print",
    description: "<b>A wave</b>", tags: ["sea", " ", "mountain"],
    attributes: [
      ("credit", "Gift of a friend"),
      ("License", "https://www.creativecommons.org/publicdomain/zero/1.0/deed.en"),
      ("room", "12"), ("shelf", " "),
    ],
    files: [
      DescribedFile(id: 17, width: 4000, height: 3000, name: "front.tif"),
      DescribedFile(id: 18, width: 100, height: 200, name: "back.tif"),
    ], homepage: "http://localhost/#/work/ba-1")
}

struct ManifestTests {
  private let addresses = Addresses(base: "http://localhost:8420/")

  private func manifest(_ work: DescribedWork) throws -> JSONReading {
    try JSONReading(#require(Manifest(of: work, at: addresses, limits: ImageLimits())).document)
  }

  @Test("a work: one canvas a file, each of the picture's size and filled by it")
  func canvases() throws {
    let read = try manifest(.wave)
    let place = "http://localhost:8420/iiif/presentation/3/artworks/ba-1%2F2%20%E7%94%BB"
    #expect(read["@context"].text == "http://iiif.io/api/presentation/3/context.json")
    #expect(read["id"].text == place + "/manifest.json" && read["type"].text == "Manifest")
    #expect(read["label"]["none"].texts == ["The Great Wave"])
    #expect(read["items"].list.map { $0["width"].number } == [4000, 100])
    #expect(read["items"].list.map { $0["label"]["none"].texts } == [["front.tif"], ["back.tif"]])
    let canvas = read["items"][0]
    #expect(canvas["id"].text == place + "/canvas/17" && canvas["type"].text == "Canvas")
    let annotation = canvas["items"][0]["items"][0]
    #expect(annotation["motivation"].text == "painting" && annotation["target"].text == canvas["id"].text)
    let body = annotation["body"]
    #expect(body["id"].text == "http://localhost:8420/iiif/image/3/17/full/max/0/default.jpg")
    #expect(body["service"][0]["id"].text == "http://localhost:8420/iiif/image/3/17")
    #expect(body["service"][0]["type"].text == "ImageService3")
    #expect(body["service"][0]["profile"].text == "level2")
    #expect(read["thumbnail"][0]["id"].text?.hasSuffix("/17/full/256,192/0/default.jpg") == true)
  }

  @Test("the picture is offered as large as the service makes it")
  func limited() throws {
    let limits = ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 1_000_000)
    let read = try JSONReading(#require(Manifest(of: .wave, at: addresses, limits: limits)).document)
    let body = read["items"][0]["items"][0]["items"][0]["body"]
    #expect(body["width"].number == 1000 && body["height"].number == 750)
    // A picture smaller than a thumbnail is its own.
    #expect(read["items"][1]["thumbnail"][0]["id"].text?.hasSuffix("/18/full/max/0/default.jpg") == true)
  }

  @Test("metadata in both languages, without empty values, and without what stands elsewhere")
  func metadata() throws {
    let read = try manifest(.wave)
    let pairs = read["metadata"].list
    #expect(
      pairs.map { $0["label"]["en"].texts.first ?? $0["label"]["none"].texts.first } == [
        "Artist", "Date", "Style", "Genre", "Medium", "Tags", "room", "Identifier",
      ])
    #expect(pairs[0]["label"]["zh"].texts == ["艺术家"] && pairs[0]["value"]["none"].texts == ["Hokusai"])
    #expect(pairs[5]["value"]["none"].texts == ["sea", "mountain"])
    #expect(read["requiredStatement"]["value"]["none"].texts == ["Gift of a friend"])
    #expect(read["rights"].text == "http://creativecommons.org/publicdomain/zero/1.0/")
    #expect(read["homepage"][0]["type"].text == "Text" && read["homepage"][0]["format"].text == "text/html")
    #expect(
      read["seeAlso"][0]["id"].text == "http://localhost:8420/v1/artworks/ba-1%2F2%20%E7%94%BB/linked-art")
  }

  @Test("a text that looks like HTML is marked as none")
  func plainText() throws {
    #expect(try manifest(.wave)["summary"]["none"].texts == ["<b>A wave</b> "])
  }

  @Test("a work of which nothing is known has a name, and one without files has no manifest")
  func bare() throws {
    var work = DescribedWork(
      id: ArtworkID(rawValue: "x"), title: " ",
      files: [DescribedFile(id: 1, width: 5, height: 5, name: "a.png")])
    let read = try manifest(work)
    #expect(read["label"]["none"].texts == ["x"] && read["items"][0]["label"]["none"].texts == ["x"])
    #expect(read["metadata"].list.count == 1)
    for name in ["summary", "rights", "requiredStatement", "homepage"] { #expect(read[name].isMissing) }
    work.files = []
    #expect(Manifest(of: work, at: addresses, limits: ImageLimits()) == nil)
  }

  @Test("hits: in their order, with their scores, under addresses of this list")
  func hits() throws {
    let query = "like=ba-1&k=2"
    let hits = [
      Manifest.Hit(
        rank: 1, score: 0.812_345, percentile: 99.712, work: .wave, file: DescribedWork.wave.files[1]),
      Manifest.Hit(
        rank: 2, score: 0.5, work: DescribedWork(id: ArtworkID(rawValue: "b")),
        file: DescribedFile(id: 3, width: 10, height: 10)),
    ]
    let manifest = Manifest(of: hits, query: query, at: addresses, limits: ImageLimits())
    let read = try JSONReading(#require(manifest).document)
    let place = "http://localhost:8420/iiif/presentation/3/results"
    #expect(read["id"].text == place + "/manifest.json?like=ba-1&k=2")
    #expect(read["label"]["zh"].texts == ["风格相近的作品"])
    #expect(read["items"].list.map { $0["label"]["none"].texts } == [["The Great Wave"], ["b"]])
    let (first, second) = (read["items"][0], read["items"][1])
    #expect(first["id"].text == place + "/canvas/1?like=ba-1&k=2")
    #expect(first["items"][0]["items"][0]["id"].text == place + "/canvas/1/painting?like=ba-1&k=2")
    #expect(first["width"].number == 100 && first["rights"].text?.hasPrefix("http://creative") == true)
    #expect(
      first["metadata"].list.prefix(3).map { $0["value"]["none"].texts } == [["1"], ["0.8123"], ["99.71"]])
    #expect(
      second["metadata"].list.map { $0["label"]["en"].texts } == [["Rank"], ["Similarity"], ["Identifier"]])
    #expect(first["partOf"][0]["type"].text == "Manifest")
    #expect(Manifest(of: [], query: query, at: addresses, limits: ImageLimits()) == nil)
  }

  @Test(
    "rights statements, in the form that their publishers give",
    arguments: [
      ("http://creativecommons.org/licenses/by/4.0/", "http://creativecommons.org/licenses/by/4.0/"),
      (
        "https://creativecommons.org/licenses/by-nc/4.0/legalcode.en",
        "http://creativecommons.org/licenses/by-nc/4.0/"
      ),
      (" https://rightsstatements.org/vocab/InC/1.0 ", "http://rightsstatements.org/vocab/InC/1.0/"),
      ("HTTPS://WWW.RightsStatements.org/vocab/NoC-US/1.0/", "http://rightsstatements.org/vocab/NoC-US/1.0/"),
      ("CC BY 4.0", nil), ("https://example.org/licenses/by/4.0/", nil), ("", nil),
      ("http://creativecommons.org/licenses/", nil), ("javascript:alert(1)", nil),
      ("http://creativecommons.org.example.org/licenses/by/4.0/", nil),
      ("http://creativecommons.org/licenses/by/4.0/ and more", nil),
      ("http://creativecommons.org/licenses/by/4.0/\"><script>", nil),
    ] as [(String, String?)])
  func rights(_ text: String, _ uri: String?) {
    #expect(RightsStatement(text)?.uri == uri)
  }

  @Test("rights in words stay among the metadata")
  func rightsInWords() throws {
    var work = DescribedWork.wave
    work.attributes = [("rights", "All reserved")]
    let read = try manifest(work)
    #expect(read["rights"].isMissing)
    #expect(read["metadata"].list.contains { $0["value"]["none"].texts == ["All reserved"] })
  }
}
