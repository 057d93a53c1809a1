import ArgumentParser
import Catalog
import Features
import Foundation
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
      the block), visual.npy (all visual blocks) and fused.npy (text too, once there is a text block). The last two \
      hold [sqrt(w1) b1, sqrt(w2) b2, …] at the default weights, so that their inner products are sum(w cos).

      Example:
        morelli export vectors --out vectors/
      """)

  @OptionGroup var options: HomeOptions
  @Option(help: "The folder to write to; it is made if it is missing.", completion: .directory) var out:
    String

  func run() throws {
    let catalog = try options.home.open()
    let descriptors = try options.home.settingsFile.read().schema.descriptors
    let layout = SignatureLayout(descriptors)
    let weights = BlockWeights.standard
    let folder = FilePath(out)
    do {
      try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("\(out) can't be made: \(error.localizedDescription)")
    }
    var ids = CSVWriter()
    ids.append(["id", "file"])
    var rows: [[[Float]]] = []
    try catalog.forEachSignature(of: descriptors) { signature in
      ids.append([signature.artworkID.rawValue, signature.path.displayName])
      rows.append(
        zip(descriptors, signature.vectors).map { $1 ?? [Float](repeating: 0, count: $0.dimension) })
    }
    for (index, descriptor) in descriptors.enumerated() {
      try write(
        rows.map { $0[index] }, columns: descriptor.dimension,
        to: folder.appending("\(descriptor.name.rawValue).npy"))
    }
    let fused = rows.map { blocks in
      layout.concatenation(
        zip(descriptors, blocks).map { descriptor, vector in
          vector.map { $0 * weights[descriptor.name].squareRoot() }
        })
    }
    for name in ["visual.npy", "fused.npy"] {
      try write(fused, columns: layout.dimension, to: folder.appending(name))
    }
    try Data(ids.bytes).write(to: URL(fileURLWithPath: folder.appending("ids.csv").string), options: .atomic)
    print("\(rows.count) files, \(layout.dimension) numbers each, in \(out).")
  }

  private func write(_ rows: [[Float]], columns: Int, to path: FilePath) throws {
    let file = try NumPyFile(path: path.string, columns: columns)
    for row in rows { try file.append(row) }
    try file.finish()
  }
}
