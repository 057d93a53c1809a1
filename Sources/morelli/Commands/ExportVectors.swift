import ArgumentParser
import Catalog
import Features
import Foundation
import Ingest
import Model
import Platform
import Search
import SystemPackage

/// Writes every file's vectors for NumPy.
struct ExportVectors: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Writes the vectors of every file as NumPy arrays.",
    discussion: """
      Writes ids.csv (id, file), a <block>.npy for each block (float32, n x d, unit rows, or zeros where a file lacks \
      the block), visual.npy (all visual blocks) and fused.npy (text too, where anything is said). The last two \
      hold [sqrt(w1) b1, sqrt(w2) b2, …] at the default weights, so that their inner products are sum(w cos).

      Example:
        morelli export vectors --out vectors/
      """)

  @OptionGroup var options: HomeOptions
  @Option(help: "The folder to write to; it is made if it is missing.", completion: .directory) var out:
    String

  func run() throws {
    let catalog = try options.home.open()
    let settings = try options.home.settingsFile.read()
    let visual = try catalog.blocksInUse(settings.schema.descriptors)
    let texts = TextBlocks(catalog, settings)
    try texts.refreshWithBar()
    let reader = SignatureReader(catalog, visual + (try texts.descriptor().map { [$0] } ?? []))
    let folder = FilePath(out)
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("\(out) can't be made: \(error.localizedDescription)")
    }
    var ids = CSVWriter()
    ids.append(["id", "file"])
    let paths = try catalog.files().reduce(into: [:]) { paths, file in file.id.map { paths[$0] = file.path } }
    var rows: [[[Float]?]] = []
    try reader.forEach { signature in
      guard let fileID = signature.fileID, let path = paths[fileID] else { return }
      ids.append([signature.artworkID.rawValue, path.displayName])
      rows.append(signature.vectors)
    }
    for (index, descriptor) in reader.layout.descriptors.enumerated() {
      try write(
        rows.map { [$0[index]] }, SignatureLayout([descriptor]), to: folder, "\(descriptor.name.rawValue).npy"
      )
    }
    let weights = BlockWeights.standard
    let fused = rows.map { blocks in
      zip(reader.layout.descriptors, blocks).map { descriptor, vector in
        vector.map { $0.map { $0 * weights[descriptor.name].squareRoot() } }
      }
    }
    try write(fused.map { Array($0.prefix(visual.count)) }, SignatureLayout(visual), to: folder, "visual.npy")
    try write(fused, reader.layout, to: folder, "fused.npy")
    try Data(ids.bytes).write(to: URL(fileURLWithPath: folder.appending("ids.csv").string), options: .atomic)
    print("\(rows.count) files, \(reader.layout.dimension) numbers each, in \(out).")
  }

  private func write(_ rows: [[[Float]?]], _ layout: SignatureLayout, to folder: FilePath, _ name: String)
    throws
  {
    let file = try NumPyFile(path: folder.appending(name).string, columns: layout.dimension)
    for row in rows { try file.append(layout.concatenation(row)) }
    try file.finish()
  }
}
