import Foundation
import Model
import SystemPackage
import Testing
import Text

@Suite struct SentenceModelTests {
  @Test func whatAFolderSaysOfItself() throws {
    let folder = try ModelFolder()
    let model = try SentenceModel(opening: folder.path)
    #expect(model.dimension == 24 && model.maximumTokens == 21 && !model.isPublished)
    #expect(model.name == folder.url.lastPathComponent && model.folder == folder.path)
    #expect(model.descriptor.name.rawValue == "text" && model.descriptor.dimension == 24)
    #expect(model.descriptor.isUnit)
    // It can be kept and sent around.
    #expect(try JSONDecoder().decode(SentenceModel.self, from: JSONEncoder().encode(model)) == model)
  }

  @Test func theVersionIsMadeOfAllThatVectorsDependOn() throws {
    let folder = try ModelFolder()
    let other = try ModelFolder()
    func version() throws -> Int { try SentenceModel(opening: other.path).descriptor.version }
    let first = try SentenceModel(opening: folder.path).descriptor.version
    #expect(try version() == first, "the place is part of it")
    var versions: Set<Int> = [first]
    try other.write("{\"max_seq_length\": 12, \"do_lower_case\": false}", to: "sentence_bert_config.json")
    versions.insert(try version())
    #expect(try SentenceModel(opening: other.path).maximumTokens == 12)
    try other.write("{\"do_lower_case\": false}", to: "tokenizer_config.json")
    versions.insert(try version())
    let words = try String(contentsOf: other.url.appendingPathComponent("vocab.txt"), encoding: .utf8)
    try other.write(words.replacingOccurrences(of: "boat", with: "goat"), to: "vocab.txt")
    versions.insert(try version())
    let weights = other.url.appendingPathComponent("model.safetensors")
    var bytes = try Data(contentsOf: weights)
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: weights)
    versions.insert(try version())
    #expect(versions.count == 5)
  }

  @Test(arguments: ["config.json", "vocab.txt", "model.safetensors"])
  func aFileThatIsMissing(name: String) throws {
    let folder = try ModelFolder()
    #expect(SentenceModel.hasFiles(in: folder.path))
    try folder.remove(name)
    #expect(!SentenceModel.hasFiles(in: folder.path))
    expectError(.unreadable, name) { _ = try SentenceModel(opening: folder.path) }
    try FileManager.default.createDirectory(
      at: folder.url.appendingPathComponent(name), withIntermediateDirectories: false)
    #expect(!SentenceModel.hasFiles(in: folder.path))
    expectError(.unreadable, name) { _ = try SentenceModel(opening: folder.path) }
  }

  @Test(arguments: [
    ("config.json", "{}"), ("config.json", "nonsense"), ("config.json", "[[[["),
    (
      "config.json",
      "{\"hidden_size\":24,\"num_hidden_layers\":2,\"num_attention_heads\":0,\"max_position_embeddings\":21}"
    ),
    (
      "config.json",
      "{\"hidden_size\":24,\"num_hidden_layers\":2,\"num_attention_heads\":5,\"max_position_embeddings\":21}"
    ),
    (
      "config.json",
      "{\"hidden_size\":24,\"num_hidden_layers\":2,\"num_attention_heads\":3,\"max_position_embeddings\":99999999999}"
    ),
    (
      "config.json",
      "{\"hidden_size\":24,\"num_hidden_layers\":2,\"num_attention_heads\":3,\"max_position_embeddings\":21,\"hidden_act\":\"relu\"}"
    ),
    ("1_Pooling/config.json", "{\"pooling_mode_cls_token\":true,\"pooling_mode_mean_tokens\":false}"),
    ("modules.json", "[{\"type\":\"sentence_transformers.models.Dense\"}]"),
    ("tokenizer_config.json", "{\"do_lower_case\":\"maybe\"}"), ("model.safetensors", "{}"),
    ("model.safetensors", "12345678{}"),
  ])
  func aFileThatIsOfNoUse(name: String, text: String) throws {
    let folder = try ModelFolder()
    try folder.write(text, to: name)
    expectError(.unusable, name) { _ = try SentenceModel(opening: folder.path) }
  }

  @Test func weightsOfAnotherSize() throws {
    let folder = try ModelFolder()
    let config = try String(contentsOf: folder.url.appendingPathComponent("config.json"), encoding: .utf8)
    try folder.write(
      config.replacingOccurrences(of: "\"hidden_size\": 24", with: "\"hidden_size\": 48"), to: "config.json")
    expectError(.unusable, "model.safetensors") { _ = try SentenceModel(opening: folder.path) }
  }

  @Test func whereItIsLookedFor() throws {
    let models = try ModelFolder(isEmpty: true)
    let environment = ["MORELLI_MODELS": models.url.path, "HOME": "/home/nobody"]
    #expect(
      SentenceModel.fetchedFolder(environment: environment) == models.path.appending("all-minilm-l6-v2"))
    #expect(
      SentenceModel.fetchedFolder(environment: ["MORELLI_MODELS": "", "HOME": "/home/nobody"])
        == "/home/nobody/.local/share/morelli/models/all-minilm-l6-v2")
    #expect(try SentenceModel.find(setting: nil, environment: environment) == nil)
    // A model of one's own is taken by name, whatever is fetched.
    let own = try ModelFolder()
    #expect(try SentenceModel.find(setting: own.path, environment: environment)?.folder == own.path)
    // One that is named has to be there.
    expectError(.unreadable, "/no/such/folder") {
      _ = try SentenceModel.find(setting: "/no/such/folder", environment: environment)
    }
    // Nothing is written into it.
    #expect(try FileManager.default.contentsOfDirectory(atPath: own.url.path).count == 3)
  }

  @Test func anotherModelInThePlaceOfTheFetchedOne() throws {
    let models = try ModelFolder(isEmpty: true)
    let environment = ["MORELLI_MODELS": models.url.path]
    let place = models.url.appendingPathComponent("all-minilm-l6-v2")
    let own = try ModelFolder()
    try FileManager.default.copyItem(at: own.url, to: place)
    expectError(.notAsPublished, "model.safetensors") {
      _ = try SentenceModel.find(setting: nil, environment: environment)
    }
    try FileManager.default.removeItem(at: place.appendingPathComponent("vocab.txt"))
    expectError(.unreadable, "vocab.txt") {
      _ = try SentenceModel.find(setting: nil, environment: environment)
    }
  }

  @Test(.enabled(if: EncoderGolden.published != nil, "the text model is not there"))
  func thePublishedModel() throws {
    let model = try #require(EncoderGolden.published)
    #expect(model.isPublished && model.name == "all-minilm-l6-v2")
    #expect(model.dimension == 384 && model.maximumTokens == 256)
    #expect(model.hash == PublishedModel.miniLM.weights)
  }

  /// The note of the weights' SHA-256 is believed only while nothing has been written to them.
  @Test(.enabled(if: EncoderGolden.published != nil, "the text model is not there"))
  func theNoteBesideTheWeights() throws {
    let published = try #require(EncoderGolden.published)
    let models = try ModelFolder(isEmpty: true)
    let environment = ["MORELLI_MODELS": models.url.path]
    let place = models.url.appendingPathComponent("all-minilm-l6-v2")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
    for name in ["config.json", "vocab.txt", "model.safetensors"] {
      try FileManager.default.copyItem(
        atPath: published.folder.appending(name).string, toPath: place.appendingPathComponent(name).path)
    }
    let note = place.appendingPathComponent(".morelli-checked")
    let clock = ContinuousClock()
    var model: SentenceModel?
    let first = try clock.measure { model = try SentenceModel.find(setting: nil, environment: environment) }
    #expect(model?.isPublished == true)
    let text = try String(contentsOf: note, encoding: .utf8)
    #expect(text.hasPrefix(PublishedModel.miniLM.weights.hexadecimal))
    let second = try clock.measure { _ = try SentenceModel.find(setting: nil, environment: environment) }
    print("The text model is found in \(first) for the first time, then in \(second).")
    // The weights are changed and the note is of their earlier state.
    let weights = try FileHandle(forUpdating: place.appendingPathComponent("model.safetensors"))
    try weights.seek(toOffset: 90_000_000)
    try weights.write(contentsOf: Data([1, 2, 3]))
    try weights.close()
    expectError(.notAsPublished, "model.safetensors") {
      _ = try SentenceModel.find(setting: nil, environment: environment)
    }
  }
}
