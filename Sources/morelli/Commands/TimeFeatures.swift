import ArgumentParser
import Features
import Foundation
import Imaging
import Platform
import SystemPackage

/// Times the classic features on decoded pictures, for `tools/measure-speed`. Not for people.
struct TimeFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time-features",
    abstract: "Times the visual features.",
    discussion: """
      Decodes the pictures, then measures each on one thread: once to warm up, then ROUNDS times. Prints one JSON \
      document with the milliseconds of each measurement: from the working image to all finished blocks.

      Example:
        morelli time-features a.jpg b.jpg --rounds 5
      """,
    shouldDisplay: false)

  @Argument(help: "Image files.", completion: .file()) var files: [String]
  @Option(help: "How often each picture is measured.") var rounds = 5

  private struct Document: Encodable {
    let milliseconds: [Double]
  }

  func run() throws {
    let decoder = try ImageDecoder(limits: ImagingLimits())
    let images = try files.map { file in
      try MappedFile(opening: FilePath(argument: file)).withBytes { bytes throws(ImagingError) in
        try decoder.workingImage(of: bytes, format: try decoder.header(of: bytes).format)
      }
    }
    var features = try VisualFeatures()
    let clock = ContinuousClock()
    var milliseconds: [Double] = []
    for round in 0...rounds {
      for image in images {
        let start = clock.now
        _ = features.measure(image)
        if round > 0 { milliseconds.append((clock.now - start) / .milliseconds(1)) }
      }
    }
    try JSONOutput.print(Document(milliseconds: milliseconds), pretty: false)
  }
}
