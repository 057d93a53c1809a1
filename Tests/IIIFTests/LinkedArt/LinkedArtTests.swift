import IIIF
import Model
import Testing

struct LinkedArtTests {
  private let addresses = Addresses(base: "http://localhost:8420")

  private func read(_ work: DescribedWork) throws -> JSONReading {
    try JSONReading(LinkedArt(of: work, at: addresses).document)
  }

  /// The number of a term in the Art & Architecture Thesaurus.
  private func term(_ node: JSONReading) -> String? {
    node["classified_as"][0]["id"].text?.split(separator: "/").last.map(String.init)
  }

  @Test("an object with a name, an identifier and its statements, each told by a term")
  func object() throws {
    let read = try read(.wave)
    #expect(read["@context"].text == "https://linked.art/ns/v1/linked-art.json")
    #expect(read["id"].text == "http://localhost:8420/v1/artworks/ba-1%2F2%20%E7%94%BB/linked-art")
    #expect(read["type"].text == "HumanMadeObject" && read["_label"].text == "The Great Wave")
    let names = read["identified_by"].list
    #expect(names.map { $0["type"].text } == ["Name", "Identifier"])
    #expect(names.map { $0["content"].text } == ["The Great Wave", "ba-1/2 画"])
    #expect(names.map(term) == ["300404670", "300404626"])
    #expect(read["classified_as"].list.map { $0["_label"].text } == ["Works of Art", "landscape", "Ukiyo-e"])
    #expect(term(read["classified_as"][2]) == "300015646")
    let statements = read["referred_to_by"].list
    #expect(statements.map(term) == ["300435416", "300435429", "300026687", "300435434"])
    #expect(statements[1]["content"].text == "woodblock print")
    #expect(statements.allSatisfy { term($0["classified_as"][0]) == "300418049" })
  }

  @Test("made by a person within a span of years")
  func production() throws {
    let production = try read(.wave)["produced_by"]
    #expect(production["type"].text == "Production")
    #expect(production["carried_out_by"][0]["type"].text == "Person")
    #expect(production["carried_out_by"][0]["_label"].text == "Hokusai")
    let time = production["timespan"]
    #expect(time["begin_of_the_begin"].text == "1830-01-01T00:00:00Z")
    #expect(time["end_of_the_end"].text == "1832-12-31T23:59:59Z")
    #expect(time["identified_by"][0]["content"].text == "c. 1831")
  }

  @Test(
    "years as XML Schema 1.1 counts them, where 1 BC is 0",
    arguments: [
      (1650, "1650"), (79, "0079"), (-1, "0000"), (-2, "-0001"), (-500, "-0499"), (12_000, "12000"),
    ])
  func years(_ year: Int, _ written: String) throws {
    let work = DescribedWork(id: ArtworkID(rawValue: "x"), years: YearRange(year...))
    let time = try read(work)["produced_by"]["timespan"]
    #expect(time["begin_of_the_begin"].text == written + "-01-01T00:00:00Z")
    #expect(time["end_of_the_end"].isMissing && time["_label"].isMissing)
  }

  @Test("shown by digital images, with the image service, and subject of the manifest and the page")
  func images() throws {
    let read = try read(.wave)
    #expect(read["representation"].list.count == 2)
    let image = read["representation"][0]["digitally_shown_by"][0]
    #expect(
      image["access_point"][0]["id"].text == "http://localhost:8420/iiif/image/3/17/full/max/0/default.jpg")
    #expect(image["dimension"].list.map { $0["value"].number } == [4000, 3000])
    let service = image["digitally_available_via"][0]
    #expect(service["access_point"][0]["id"].text == "http://localhost:8420/iiif/image/3/17")
    #expect(service["conforms_to"][0]["id"].text == "http://iiif.io/api/image/3")
    let carriers = read["subject_of"].list.map { $0["digitally_carried_by"][0] }
    #expect(carriers.map { $0["format"].text } == [Manifest.mediaType, "text/html"])
    #expect(carriers[0]["access_point"][0]["id"].text?.hasSuffix("/manifest.json") == true)
  }

  @Test("a work of which nothing is known is an object with a name")
  func bare() throws {
    let read = try read(DescribedWork(id: ArtworkID(rawValue: "x")))
    #expect(read.names == ["@context", "id", "type", "_label", "identified_by", "classified_as"])
    #expect(read["_label"].text == "x" && read["identified_by"].list.count == 1)
  }
}
