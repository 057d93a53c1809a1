import ArgumentParser
import Features
import Model
import Platform

/// Which network makes the embedding.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Prints which trained network makes the embedding, and checks it.",
    discussion: """
      One is built into the program. To use one that you have trained on your own collection (tools/train-embedding), name \
      its file, and measure your works with it:

        morelli config set embedding.model /models/ours.safetensors
        morelli rebuild --features

      Examples:
        morelli model
        morelli model --json
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let home = options.home
    let model = try home.exists ? home.settingsFile.read().model : .builtIn
    do throws(EmbeddingModelError) {
      _ = try EmbeddingExtractor(model)
    } catch {
      throw CommandFailure(error.reason)
    }
    let document = ModelDocument(model)
    if json { try JSONOutput.print(document) } else { document.print() }
  }
}

/// A model, as JSON has it.
private struct ModelDocument: Encodable {
  let name, version: String
  let dimension, side: Int
  let sha256: String
  /// `built in`, or the file's path.
  let from: String
  /// Of the block that it makes.
  let blockVersion: Int

  enum CodingKeys: String, CodingKey {
    case name, version, dimension, side, sha256, from
    case blockVersion = "block_version"
  }

  init(_ model: EmbeddingModel) {
    name = model.name
    version = model.version
    dimension = model.dimension
    side = model.side
    sha256 = model.hash.hexadecimal
    from = model.path?.displayName ?? "built in"
    blockVersion = model.descriptor.version
  }

  func print() {
    var table = Table(header: ["embedding", name])
    table.add(["version", version])
    table.add(["dimension", "\(dimension)"])
    table.add(["sees", "\(side) x \(side) pixels"])
    table.add(["SHA-256", sha256])
    table.add(["from", from])
    table.add(["block", "version \(blockVersion)"])
    table.print()
  }
}
