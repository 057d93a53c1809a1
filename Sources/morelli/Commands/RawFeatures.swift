import ArgumentParser
import Catalog
import Features
import Foundation
import Imaging
import Platform
import SystemPackage

/// Writes features before they are made into blocks, for the scripts that fit the blocks. Not for people.
///
/// Decodes in this very process: it is meant for a collection that is known to be sound.
struct RawFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "raw-features",
    abstract: "Writes features before they are fitted.",
    discussion: """
      Writes ids.csv (id: the file's name without its extension; file) and colour-raw.npy (float32, n x d).

      Example:
        morelli raw-features images/ --out raw/
      """,
    shouldDisplay: false)

  @Argument(help: "A folder of images.", completion: .directory) var folder: String
  @Option(help: "The folder to write to; it is made if it is missing.", completion: .directory) var out:
    String

  func run() throws {
    try FileManager.default.createDirectory(atPath: out, withIntermediateDirectories: true)
    let decoder = try ImageDecoder(limits: ImagingLimits())
    var extractor = RawColourExtractor()
    var analysed = AnalysisImage()
    var ids = CSVWriter()
    ids.append(["id", "file"])
    let target = FilePath(out)
    var array = try NumPyFile(
      path: target.appending("colour-raw.npy").string, columns: ColourBlock.rawDimension)
    for entry in DirectoryWalk(FilePath(folder)) {
      guard case .file(let path, _) = entry else { continue }
      do {
        let image = try MappedFile(opening: path).withBytes { bytes throws(ImagingError) in
          try decoder.workingImage(of: bytes, format: try decoder.header(of: bytes).format)
        }
        analysed.load(image)
        try array.append(extractor.extract(analysed).raw)
        ids.append([path.stem ?? "", path.displayName])
      } catch let error as ImagingError {
        tell("\(path.displayName): \(error.reason)")
      }
    }
    try array.finish()
    try Data(ids.bytes).write(to: URL(fileURLWithPath: target.appending("ids.csv").string))
  }
}
