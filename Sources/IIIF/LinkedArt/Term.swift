package import Model

/// Terms of the Getty's Art & Architecture Thesaurus that Linked Art uses to tell its records apart.
struct Term {
  let id: Int
  let label: String

  static let artwork = Term(id: 300_133_025, label: "Works of Art")
  static let briefText = Term(id: 300_418_049, label: "Brief Text")
  static let creditStatement = Term(id: 300_026_687, label: "Credit Statement")
  static let description = Term(id: 300_435_416, label: "Description")
  static let digitalImage = Term(id: 300_215_302, label: "Digital Image")
  static let displayTitle = Term(id: 300_404_669, label: "Display Title")
  static let height = Term(id: 300_055_644, label: "Height")
  static let identificationNumber = Term(id: 300_404_626, label: "Identification Number")
  static let materialStatement = Term(id: 300_435_429, label: "Material Statement")
  static let pixels = Term(id: 300_266_190, label: "pixels")
  static let primaryName = Term(id: 300_404_670, label: "Primary Name")
  static let rightsStatement = Term(id: 300_435_434, label: "Copyright/License Statement")
  static let style = Term(id: 300_015_646, label: "Style")
  static let webPage = Term(id: 300_264_578, label: "Web Page")
  static let width = Term(id: 300_055_647, label: "Width")

  private var uri: JSONNode { .text("http://vocab.getty.edu/aat/\(id)") }

  var node: JSONNode { ["id": uri, "type": "Type", "_label": .text(label)] }

  var unit: JSONNode { ["id": uri, "type": "MeasurementUnit", "_label": .text(label)] }

  /// The term, itself of these kinds.
  func node(with kinds: [Term]) -> JSONNode { node.with("classified_as", all: kinds.map(\.node)) }
}
