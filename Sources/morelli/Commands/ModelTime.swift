import ArgumentParser
import Foundation
import SystemPackage
import Text

/// Times the sentence encoder on one thread, for `tools/measure-speed`. Not for people.
struct ModelTime: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "time",
    abstract: "Times the sentence encoder.",
    discussion: """
      Encodes the texts of a file, one a line, so many at a time, on one thread: once to warm up, then ROUNDS times. \
      Prints one JSON document with the milliseconds of each batch, and of loading the model.

      Example:
        morelli model time texts.txt --batch 32 --rounds 5
      """,
    shouldDisplay: false)

  @Argument(help: "Texts, one a line.", completion: .file()) var file: String
  @Option(help: "Texts at a time.") var batch = 32
  @Option(help: "How often all are encoded.") var rounds = 5

  private struct Document: Encodable {
    let loading: Double
    let milliseconds: [Double]
  }

  func validate() throws {
    guard batch > 0, rounds > 0 else { throw ValidationError("--batch and --rounds are 1 or more") }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    guard let model = try SentenceModel.find(setting: nil) else {
      throw CommandFailure("there is no text model: morelli model fetch")
    }
    var encoder = try SentenceEncoder(model)
    let loading = (clock.now - start) / .milliseconds(1)
    let texts = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
    var milliseconds: [Double] = []
    for round in 0...rounds {
      for first in stride(from: 0, to: texts.count, by: batch) {
        let start = clock.now
        _ = encoder.encode(Array(texts[first..<min(texts.count, first + batch)]))
        if round > 0 { milliseconds.append((clock.now - start) / .milliseconds(1)) }
      }
    }
    try JSONOutput.print(Document(loading: loading, milliseconds: milliseconds), pretty: false)
  }
}
