import ArgumentParser
import Catalog
import Features
import Foundation
import Imaging
import Model
import Platform
import SystemPackage

/// Writes features before they are made into blocks, for the scripts that fit the blocks. Not for people.
///
/// Decodes in this very process: it is meant for a collection that is known to be sound.
struct RawFeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "raw-features",
    abstract: "Writes features before they are fitted.",
    discussion: """
      Writes ids.csv (id: the file's name without its extension; file); for each block its raw vectors,
      BLOCK-raw.npy (float32, n x d), and what they are made of, BLOCK-parts.csv (part,count); the embedding,
      embedding.npy; and the traits, traits.npy, with their names in traits.csv.

      Example:
        morelli raw-features images/ --out raw/
      """,
    shouldDisplay: false)

  @Argument(help: "A folder of images.", completion: .directory) var folder: String
  @Option(help: "The folder to write to; it is made if it is missing.", completion: .directory) var out:
    String

  func run() throws {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let target = FilePath(out)
    let decoder = try ImageDecoder(limits: ImagingLimits())
    var features = RawFeatures()
    var embedding = try EmbeddingExtractor(.builtIn)
    var ids = CSVWriter()
    ids.append(["id", "file"])
    let blocks = VisualBlock.classic
    let arrays = try blocks.map { block in
      try NumPyFile(
        path: target.appending("\(block.descriptor.name.rawValue)-raw.npy").string,
        columns: block.rawDimension)
    }
    let embeddings = try NumPyFile(
      path: target.appending("embedding.npy").string, columns: EmbeddingModel.builtIn.dimension)
    let traits = try NumPyFile(
      path: target.appending("traits.npy").string, columns: VisualTrait.allCases.count)
    for entry in DirectoryWalk(FilePath(folder)) {
      guard case .file(let path, _) = entry else { continue }
      do {
        let image = try MappedFile(opening: path).withBytes { bytes throws(ImagingError) in
          try decoder.workingImage(of: bytes, format: try decoder.header(of: bytes).format)
        }
        let measured = features.measure(image)
        for (index, vector) in measured.vectors.enumerated() { try arrays[index].append(vector) }
        try embeddings.append(embedding.extract(image))
        try traits.append(measured.traits.values)
        ids.append([path.stem ?? "", path.displayName])
      } catch let error as ImagingError {
        tell("\(path.displayName): \(error.reason)")
      }
    }
    for index in arrays.indices { try arrays[index].finish() }
    try embeddings.finish()
    try traits.finish()
    try write(ids, to: target.appending("ids.csv"))
    try writeNames(to: target)
  }

  private func writeNames(to target: FilePath) throws {
    for block in VisualBlock.classic {
      var parts = CSVWriter()
      parts.append(["part", "count"])
      for part in block.parts { parts.append([part.name, String(part.count)]) }
      try write(parts, to: target.appending("\(block.descriptor.name.rawValue)-parts.csv"))
    }
    var traits = CSVWriter()
    traits.append(["trait"])
    for trait in VisualTrait.allCases { traits.append([trait.rawValue]) }
    try write(traits, to: target.appending("traits.csv"))
  }

  private func write(_ table: CSVWriter, to path: FilePath) throws {
    try Data(table.bytes).write(to: URL(fileURLWithPath: path.string))
  }
}
