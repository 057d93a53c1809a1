import Catalog
import Features
import Ingest
import Model
import Platform
import Search
import SystemPackage

/// One picture with all that was measured of it, from the catalogue or just now.
struct MeasuredPicture {
  /// The id of its work, or the name of the file that was given.
  let name: String
  let title, artist: String?
  /// As it is shown; nil for a picture that is in no catalogue.
  private(set) var file: String?
  let subject: Explanation.Subject

  /// The pictures of what a person named, as the schema has them.
  ///
  /// - Throws: `CommandFailure` where nothing of it was measured by the current methods.
  static func all(
    of subject: SubjectFinder.Subject, in catalog: Catalog, _ schema: VisualSchema
  ) throws -> [MeasuredPicture] {
    switch subject {
    case .picture(let measurement, let name, _):
      let vectors = schema.measured.map { descriptor in
        measurement.blocks.first { $0.name == descriptor.name }?.vector
      }
      guard let picture = MeasuredPicture(name, vectors, palette: measurement.palette) else {
        throw CommandFailure("\(name): nothing was measured of it")
      }
      return [picture]
    case .work(let record):
      let id = record.artwork.id
      let signatures = try catalog.signatures(of: id, schema.measured)
        .sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
      let pictures = signatures.compactMap { signature in
        MeasuredPicture(
          id.rawValue, signature.vectors, palette: record.palettes[signature.fileID] ?? Palette(swatches: []),
          artwork: record.artwork, file: signature.path.displayName)
      }
      guard !pictures.isEmpty else {
        throw CommandFailure.unmeasured(id, hasFiles: !signatures.isEmpty)
      }
      return pictures
    }
  }

  /// nil where traits are missing. `vectors` has one for each of `VisualSchema.measured`.
  private init?(
    _ name: String, _ vectors: [[Float]?], palette: Palette, artwork: Artwork? = nil, file: String? = nil
  ) {
    guard let values = vectors.last ?? nil, let traits = VisualTraits(values: values) else { return nil }
    self.name = name
    title = artwork?.title
    artist = artwork?.artist
    self.file = file
    subject = Explanation.Subject(traits: traits, palette: palette, vectors: vectors.dropLast())
  }

  /// The same, the file by its name alone: for those who are not to know where it is.
  var withoutFolder: MeasuredPicture {
    var picture = self
    picture.file = file.flatMap { FilePath($0).lastComponent?.string }
    return picture
  }

  /// Of the pictures of two works, those that are most alike: the first of each pair of `all` where there is a tie.
  static func mostAlike(_ a: [MeasuredPicture], _ b: [MeasuredPicture]) -> (MeasuredPicture, MeasuredPicture)
  {
    var best = (a[0], b[0])
    for p in a { for q in b where likeness(p, q) > likeness(best.0, best.1) { best = (p, q) } }
    return best
  }

  private static func likeness(_ a: MeasuredPicture, _ b: MeasuredPicture) -> Float {
    zip(a.subject.vectors, b.subject.vectors).reduce(0) { sum, pair in
      guard let p = pair.0, let q = pair.1 else { return sum }
      return sum + zip(p, q).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
