package import Catalog
import Features
package import Model
import Platform
import SystemPackage

/// What can be compared of one file of a work, or of a work without a file: its visual blocks, its palette's, and its text's.
package struct Signature: Sendable {
  /// The file's number; negative for a work that has no file (see `Catalog.changedSignatures`).
  package let key: Int64
  package let artworkID: ArtworkID
  /// One for each block of the layout; nil where it is missing. One at least is there.
  package let vectors: [[Float]?]

  /// nil for a work without a file.
  package var fileID: Int64? { key > 0 ? key : nil }
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

  /// Those of all works that are not removed, in the order of their keys. What has no block at all is left out.
  ///
  /// - Parameter change: only what may have changed after this change number.
  package func forEach(changedAfter change: Int64 = .min, _ body: (Signature) throws -> Void) throws {
    let palettes = palette == nil ? [:] : try catalog.palettes(changedAfter: change)
    let texts = try text.map { try catalog.textVectors($0, changedAfter: change) } ?? [:]
    if !texts.isEmpty {
      let withoutFile = try catalog.signatureOwners(changedAfter: change).filter { $0.key < 0 }
      for (key, id) in withoutFile.sorted(by: { $0.key < $1.key }) {
        try signature(key, id, visual.map { _ in nil }, nil, texts[id]).map(body)
      }
    }
    try catalog.forEachSignature(of: visual, changedAfter: change) { stored in
      try signature(
        stored.fileID, stored.artworkID, stored.vectors, palettes[stored.fileID], texts[stored.artworkID]
      ).map(body)
    }
  }

  /// The signature of a key as it is now.
  ///
  /// - Parameter owner: whose it is.
  /// - Returns: nil where there is none any more.
  package func signature(of key: Int64, owner: ArtworkID) throws -> Signature? {
    let said = try text.flatMap { try catalog.textVector(of: owner, $0) }
    guard key > 0 else { return signature(key, owner, visual.map { _ in nil }, nil, said) }
    guard let stored = try catalog.signature(ofFile: key, visual) else { return nil }
    return signature(key, owner, stored.signature.vectors, stored.palette, said)
  }

  /// A work as an example: its reproductions together; nil where nothing is known of it.
  package func example(of record: ArtworkRecord) throws -> Example? {
    let id = record.artwork.id
    let said = try text.flatMap { try catalog.textVector(of: id, $0) }
    let files = try catalog.signatures(of: id, visual)
      // In an order of their own, because sums of floats depend on it.
      .sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
      .map { whole($0.vectors, record.palettes[$0.fileID], said) }
    let known = (files.isEmpty ? [whole(visual.map { _ in nil }, nil, said)] : files)
      .filter { $0.contains { $0 != nil } }
    return known.isEmpty ? nil : Example(averaging: known)
  }

  /// A picture that is in no catalogue as an example. Blocks of other versions than the catalogue's are left out.
  package func example(of blocks: [Block], _ palette: Palette) -> Example {
    let vectors = visual.map { descriptor in
      blocks.first { $0.name == descriptor.name && $0.version == descriptor.version }?.vector
    }
    return Example(vectors: whole(vectors, palette, nil))
  }

  private func signature(
    _ key: Int64, _ owner: ArtworkID, _ visual: [[Float]?], _ palette: Palette?, _ text: [Float]?
  ) -> Signature? {
    let vectors = whole(visual, palette, text)
    return vectors.contains { $0 != nil } ? Signature(key: key, artworkID: owner, vectors: vectors) : nil
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
