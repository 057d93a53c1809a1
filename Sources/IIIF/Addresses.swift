package import Model

/// The URIs under which a daemon serves IIIF and Linked Art documents, and what they are about.
package struct Addresses: Hashable, Sendable {
  /// Scheme and authority, and a prefix if there is one, without a slash at the end: `http://127.0.0.1:8420`.
  package let base: String

  package init(base: String) {
    self.base = String(base.reversed().drop { $0 == "/" }.reversed())
  }

  /// The base URI of a file's image service.
  package func imageService(_ file: Int64) -> String { "\(base)/iiif/image/3/\(file)" }

  /// An image of the file, by the canonical path of the request.
  package func image(_ file: Int64, _ path: String) -> String { "\(imageService(file))/\(path)" }

  package func manifest(_ work: ArtworkID) -> String { "\(presentation(work))/manifest.json" }

  /// - Parameter query: of the search as it was asked for, without the question mark; percent-encoded.
  package func results(query: String) -> String {
    "\(base)/iiif/presentation/3/results/manifest.json" + (query.isEmpty ? "" : "?\(query)")
  }

  /// Parts of a manifest are only named: nothing is served there.
  func canvas(_ work: ArtworkID, _ file: Int64) -> String { "\(presentation(work))/canvas/\(file)" }

  /// One query's hits have canvases of their own, because they say how well each matched.
  func resultCanvas(_ rank: Int, query: String) -> String {
    "\(base)/iiif/presentation/3/results/canvas/\(rank)" + (query.isEmpty ? "" : "?\(query)")
  }

  package func linkedArt(_ work: ArtworkID) -> String {
    "\(base)/v1/artworks/\(Self.segment(work.rawValue))/linked-art"
  }

  private func presentation(_ work: ArtworkID) -> String {
    "\(base)/iiif/presentation/3/artworks/\(Self.segment(work.rawValue))"
  }

  /// As one path segment of a URI: all but the unreserved characters percent-encoded (RFC 3986, 2.3). The segments `.` and `..`,
  /// which clients remove, can't be written and stay as they are.
  package static func segment(_ text: String) -> String {
    var encoded = ""
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return encoded
  }
}
