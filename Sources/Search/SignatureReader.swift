package import Catalog
import Features
package import Model
import Platform
import SystemPackage

/// What can be compared of one file of a work, or of a work without a file: its visual blocks, its palette's, and its text's.
package struct Signature: Sendable {
  package let artworkID: ArtworkID
  /// nil for a work that has a text and no image.
  package let fileID: Int64?
  /// One for each block of the layout; nil where it is missing.
  package let vectors: [[Float]?]
}

/// Puts signatures together: what was measured of files, with what is derived of palettes and what is said of works.
package struct SignatureReader {
  private let catalog: Catalog
  package let layout: SignatureLayout
  private let visual: [BlockDescriptor]
  private let text: BlockDescriptor?
  private let palette: PaletteBlock?

  /// - Parameter descriptors: the blocks of a signature; `palette` and `text` among them are not read from files.
  package init(_ catalog: Catalog, _ descriptors: [BlockDescriptor]) {
    self.catalog = catalog
    layout = SignatureLayout(descriptors)
    visual = descriptors.filter { ![.palette, .text].contains($0.name) }
    text = descriptors.first { $0.name == .text }
    palette = descriptors.contains { $0.name == .palette } ? PaletteBlock() : nil
  }

  /// All files of works that are not removed, in the order of the file numbers, then works that have a text only, in the order of
  /// their ids. What has no block at all is left out.
  package func forEach(_ body: (Signature) throws -> Void) throws {
    let palettes = palette == nil ? [:] : try catalog.palettes()
    let texts = try text.map { try catalog.textVectors($0) } ?? [:]
    var seen: Set<ArtworkID> = []
    try catalog.forEachSignature(of: visual) { stored in
      seen.insert(stored.artworkID)
      let vectors = whole(stored.vectors, palettes[stored.fileID], texts[stored.artworkID])
      guard vectors.contains(where: { $0 != nil }) else { return }
      try body(Signature(artworkID: stored.artworkID, fileID: stored.fileID, vectors: vectors))
    }
    for (id, vector) in texts.sorted(by: { $0.key < $1.key }) where !seen.contains(id) {
      try body(
        Signature(artworkID: id, fileID: nil, vectors: whole(visual.map { _ in nil }, nil, vector)))
    }
  }

  /// A work as an example: its reproductions together; nil where nothing is known of it.
  package func example(of record: ArtworkRecord) throws -> Example? {
    let id = record.artwork.id
    let text = try text.flatMap { try catalog.textVector(of: id, $0) }
    let files = try catalog.signatures(of: id, visual)
      // In an order of their own, because sums of floats depend on it.
      .sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
      .map { whole($0.vectors, record.palettes[$0.fileID], text) }
    let known = (files.isEmpty ? [whole(visual.map { _ in nil }, nil, text)] : files)
      .filter { $0.contains { $0 != nil } }
    return known.isEmpty ? nil : Example(averaging: known)
  }

  /// A picture that is in no catalogue as an example.
  package func example(of blocks: [Block], _ palette: Palette) -> Example {
    let vectors = visual.map { descriptor in blocks.first { $0.name == descriptor.name }?.vector }
    return Example(vectors: whole(vectors, palette, nil))
  }

  /// In the order of the layout.
  private func whole(_ visual: [[Float]?], _ palette: Palette?, _ text: [Float]?) -> [[Float]?] {
    var next = visual.makeIterator()
    return layout.descriptors.map { descriptor in
      switch descriptor.name {
      case .palette: palette.flatMap { self.palette?.vector(of: $0) }
      case .text: text
      default: next.next() ?? nil
      }
    }
  }
}
