import ArgumentParser
import Features
import Foundation
import Imaging
import Platform
import SystemPackage

/// Times the visual features on one thread, for `tools/measure-speed`. Not for people.
struct TimeFeatures: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time-features",
    abstract: "Times the visual features.",
    discussion: """
      Measures each picture on one thread: once to warm up, then ROUNDS times. Prints one JSON document with the \
      milliseconds of each measurement: of the classic blocks, with traits, palette and copy descriptor, or of the \
      embedding, from the working image; of the whole signature, from the file's bytes; or of decoding alone.

      Example:
        morelli time-features classic a.jpg b.jpg --rounds 5
      """,
    shouldDisplay: false)

  enum Part: String, ExpressibleByArgument, CaseIterable {
    case classic, embedding, signature, decoding
  }

  @Argument(help: "What to time: classic, embedding, signature or decoding.") var part: Part
  @Argument(help: "Image files.", completion: .file()) var files: [String]
  @Option(help: "How often each picture is measured.") var rounds = 5
  @Option(help: "A model of the embedding. Default: the one built in.", completion: .file())
  var model: String?

  private struct Document: Encodable {
    let milliseconds: [Double]
  }

  func run() throws {
    let decoder = try ImageDecoder(limits: ImagingLimits())
    func decode(_ file: MappedFile) throws(ImagingError) -> WorkingImage {
      try file.withBytes { bytes throws(ImagingError) in
        try decoder.workingImage(of: bytes, format: try decoder.header(of: bytes).format)
      }
    }
    let files = try files.map { try MappedFile(opening: FilePath(argument: $0)) }
    switch part {
    case .classic:
      var features = RawFeatures()
      var copies = CopyDescriptorExtractor()
      let projections = try VisualBlock.classic.map { try $0.projection() }
      try time(files.map { try decode($0) }) { image in
        let raw = features.measure(image)
        _ = zip(projections, raw.vectors).map { $0($1.span) }
        _ = copies.extract(image)
      }
    case .embedding:
      var extractor = try EmbeddingExtractor(chosenModel)
      try time(files.map { try decode($0) }) { _ = extractor.extract($0) }
    case .signature:
      var features = try VisualFeatures(VisualSchema(model: chosenModel))
      try time(files) { _ = features.measure(try decode($0)) }
    case .decoding:
      try time(files) { _ = try decode($0) }
    }
  }

  private var chosenModel: EmbeddingModel {
    get throws { try model.map { try EmbeddingModel(opening: FilePath(argument: $0)) } ?? .builtIn }
  }

  private func time<T>(_ items: [T], _ body: (T) throws -> Void) throws {
    let clock = ContinuousClock()
    var milliseconds: [Double] = []
    for round in 0...rounds {
      for item in items {
        let start = clock.now
        try body(item)
        if round > 0 { milliseconds.append((clock.now - start) / .milliseconds(1)) }
      }
    }
    try JSONOutput.print(Document(milliseconds: milliseconds), pretty: false)
  }
}
