import ArgumentParser
import Features
import Model
import Platform
import SystemPackage
import Text

/// Which networks make the embedding and the vectors of texts.
struct ModelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "model",
    abstract: "Prints which trained networks make the embedding and the vectors of texts, and checks them.",
    discussion: """
      The embedding's network is built into the program. To use one that you have trained on your own collection \
      (tools/train-embedding), name its file, and measure your works with it:

        morelli config set embedding.model /models/ours.safetensors
        morelli rebuild --features

      The network that compares texts by their meaning is fetched once, 84 MB; without it texts are compared by their \
      words alone:

        morelli model fetch

      Examples:
        morelli model
        morelli model --json
      """,
    subcommands: [ModelFetch.self, ModelTime.self])

  @OptionGroup var options: HomeOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let home = options.home
    let settings = try home.exists ? home.settingsFile.read() : Settings()
    let text: SentenceModel?
    do {
      _ = try EmbeddingExtractor(settings.model)
      text = try SentenceModel.find(setting: settings.textModel)
      _ = try text.map { try SentenceEncoder($0) }
    } catch let error as EmbeddingModelError {
      throw CommandFailure(error.reason)
    } catch let error as SentenceModelError {
      throw CommandFailure(error.reason)
    }
    let document = ModelDocument(settings.model, text: text)
    if json { try JSONOutput.print(document) } else { document.print() }
  }
}

/// The models, as JSON has them: the embedding's at the top, that of texts as `text`, or null.
private struct ModelDocument: Encodable {
  let name, version: String
  let dimension, side: Int
  let sha256: String
  /// `built in`, or the file's path.
  let from: String
  /// Of the block that it makes.
  let blockVersion: Int
  @OrNull var text: TextModelDocument?

  enum CodingKeys: String, CodingKey {
    case name, version, dimension, side, sha256, from, text
    case blockVersion = "block_version"
  }

  init(_ model: EmbeddingModel, text: SentenceModel?) {
    name = model.name
    version = model.version
    dimension = model.dimension
    side = model.side
    sha256 = model.hash.hexadecimal
    from = model.path?.displayName ?? "built in"
    blockVersion = model.descriptor.version
    self.text = text.map { TextModelDocument($0) }
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
    Swift.print()
    guard let text else {
      Swift.print(
        "text  none: texts are compared by their words alone. morelli model fetch gets one (84 MB).")
      return
    }
    text.print()
  }
}

/// The model of texts.
private struct TextModelDocument: Encodable {
  let name: String
  let dimension, maximumTokens: Int
  let sha256, vocabularySHA256: String
  /// The folder.
  let from: String
  /// It is the one that morelli model fetch gets, to the last byte.
  let isPublished: Bool
  let blockVersion: Int

  enum CodingKeys: String, CodingKey {
    case name, dimension, sha256, from
    case maximumTokens = "max_tokens"
    case vocabularySHA256 = "vocabulary_sha256"
    case isPublished = "published"
    case blockVersion = "block_version"
  }

  init(_ model: SentenceModel) {
    name = model.name
    dimension = model.dimension
    maximumTokens = model.maximumTokens
    sha256 = model.hash.hexadecimal
    vocabularySHA256 = model.vocabularyHash.hexadecimal
    from = model.folder.displayName
    isPublished = model.isPublished
    blockVersion = model.descriptor.version
  }

  func print() {
    var table = Table(header: ["text", name])
    table.add(["dimension", "\(dimension)"])
    table.add(["reads", "\(maximumTokens) pieces of words"])
    table.add(["SHA-256", sha256 + (isPublished ? ", as published" : "")])
    table.add(["from", from])
    table.add(["block", "version \(blockVersion)"])
    table.print()
  }
}
