package import Model

/// The Linked Art description of a work (https://linked.art, model 1.0): JSON-LD on CIDOC CRM and the Getty's vocabularies.
///
/// What the catalogue has as text stays text: a style or a genre is a type with that label, the medium a statement. The program
/// doesn't guess which term of a vocabulary or which person a word means.
package struct LinkedArt: Sendable {
  package let document: JSONNode

  package static let context = "https://linked.art/ns/v1/linked-art.json"
  /// What the document is sent as, where the client does not ask for plain JSON.
  package static let mediaType = "application/ld+json;profile=\"https://linked.art/ns/v1/linked-art.json\""

  package init(of work: DescribedWork, at addresses: Addresses) {
    let names = work.text(work.title).map { [Self.name($0, as: .primaryName)] } ?? []
    let identifier: JSONNode = [
      "type": "Identifier", "classified_as": [Term.identificationNumber.node],
      "content": .text(work.id.rawValue),
    ]
    document =
      ([
        "@context": .text(Self.context), "id": .text(addresses.linkedArt(work.id)), "type": "HumanMadeObject",
        "_label": .text(work.name), "identified_by": .list(names + [identifier]),
        "classified_as": .list(Self.types(of: work)),
      ] as JSONNode)
      .with("referred_to_by", all: Self.statements(of: work))
      .with("produced_by", Self.production(of: work))
      .with("representation", all: work.files.map { Self.representation($0, of: work, at: addresses) })
      .with("subject_of", all: Self.subjects(of: work, at: addresses))
  }

  private static func name(_ text: String, as term: Term) -> JSONNode {
    ["type": "Name", "classified_as": [term.node], "content": .text(text)]
  }

  private static func types(of work: DescribedWork) -> [JSONNode] {
    var types = [Term.artwork.node]
    if let genre = work.text(work.genre) { types.append(type(genre, kind: nil)) }
    if let style = work.text(work.style) { types.append(type(style, kind: .style)) }
    return types
  }

  /// A type that is known by its label only.
  private static func type(_ label: String, kind: Term?) -> JSONNode {
    ([
      "type": "Type", "_label": .text(label), "identified_by": [["type": "Name", "content": .text(label)]],
    ] as JSONNode).with("classified_as", kind.map { [$0.node] })
  }

  private static func statements(of work: DescribedWork) -> [JSONNode] {
    var statements: [JSONNode] = []
    let texts: [(String?, Term)] = [
      (work.description, .description), (work.medium, .materialStatement), (work.credit, .creditStatement),
      (work.rights?.uri, .rightsStatement),
    ]
    for (text, term) in texts {
      guard let text = work.text(text) else { continue }
      statements.append([
        "type": "LinguisticObject", "classified_as": [term.node(with: [.briefText])], "content": .text(text),
      ])
    }
    return statements
  }

  private static func production(of work: DescribedWork) -> JSONNode? {
    let artist = work.text(work.artist)
    let time = timeSpan(of: work)
    guard artist != nil || time != nil else { return nil }
    return (["type": "Production", "_label": .text("Production of \(work.name)")] as JSONNode)
      .with("timespan", time)
      .with(
        "carried_out_by",
        artist.map {
          [["type": "Person", "_label": .text($0), "identified_by": [name($0, as: .primaryName)]]]
        })
  }

  private static func timeSpan(of work: DescribedWork) -> JSONNode? {
    let date = work.text(work.date)
    guard date != nil || work.years != nil else { return nil }
    return (["type": "TimeSpan"] as JSONNode)
      .with("_label", date.map { .text($0) })
      .with("identified_by", date.map { [name($0, as: .displayTitle)] })
      .with("begin_of_the_begin", work.years?.earliest.map { .text("\(xsdYear($0))-01-01T00:00:00Z") })
      .with("end_of_the_end", work.years?.latest.map { .text("\(xsdYear($0))-12-31T23:59:59Z") })
  }

  /// The year as XML Schema 1.1 writes it: four digits or more, where 1 BC is 0000.
  static func xsdYear(_ year: Int) -> String {
    let counted = year < 0 ? year + 1 : year
    let digits = String(counted.magnitude)
    return (counted < 0 ? "-" : "") + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  private static func representation(
    _ file: DescribedFile, of work: DescribedWork, at addresses: Addresses
  ) -> JSONNode {
    let service: JSONNode = [
      "type": "DigitalService", "_label": "IIIF image service",
      "access_point": [place(addresses.imageService(file.id))],
      "conforms_to": [["id": "http://iiif.io/api/image/3", "type": "InformationObject"]],
    ]
    let image: JSONNode = [
      "type": "DigitalObject", "_label": .text("Digital image of \(work.name)"),
      "classified_as": [Term.digitalImage.node], "format": "image/jpeg",
      "dimension": [pixels(file.width, .width), pixels(file.height, .height)],
      "access_point": [place(addresses.image(file.id, "full/max/0/default.jpg"))],
      "digitally_available_via": [service],
    ]
    return [
      "type": "VisualItem", "_label": .text("Appearance of \(work.name)"), "digitally_shown_by": [image],
    ]
  }

  private static func pixels(_ count: Int, _ term: Term) -> JSONNode {
    ["type": "Dimension", "classified_as": [term.node], "value": .integer(count), "unit": Term.pixels.unit]
  }

  private static func place(_ address: String) -> JSONNode {
    ["id": .text(address), "type": "DigitalObject"]
  }

  private static func subjects(of work: DescribedWork, at addresses: Addresses) -> [JSONNode] {
    var carried: [JSONNode] = []
    if !work.files.isEmpty {
      carried.append([
        "type": "DigitalObject", "_label": .text("IIIF manifest of \(work.name)"),
        "format": .text(Manifest.mediaType),
        "conforms_to": [["id": "http://iiif.io/api/presentation/3", "type": "InformationObject"]],
        "access_point": [place(addresses.manifest(work.id))],
      ])
    }
    if let homepage = work.homepage {
      carried.append([
        "type": "DigitalObject", "_label": .text("Page about \(work.name)"), "format": "text/html",
        "classified_as": [Term.webPage.node], "access_point": [place(homepage)],
      ])
    }
    return carried.map { ["type": "LinguisticObject", "digitally_carried_by": [$0]] }
  }
}
