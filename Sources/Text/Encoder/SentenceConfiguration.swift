import FoundationEssentials
import Neural
import Platform
import SystemPackage

/// What a sentence model's small files say of it: everything that its vectors depend on beside weights and vocabulary.
struct SentenceConfiguration: Hashable, Sendable, Codable {
  /// Numbers of a vector.
  var dimension: Int
  var layers: Int
  var heads: Int
  /// Of layer normalisation.
  var epsilon: Float
  /// Of a text, the first and the last counted; the rest is cut off.
  var maximumTokens: Int
  var options: WordPieceTokenizer.Options

  private static let maximumBytes = 1 << 20
  /// What sentence-transformers has for such models, where nothing is said.
  private static let usualTokens = 256

  /// Reads `config.json`, and beside it `tokenizer_config.json`, `sentence_bert_config.json`, `modules.json` and
  /// `1_Pooling/config.json` where they are.
  ///
  /// - Throws: `.unreadable`; `.unusable` for another kind of network, or one that ends in another way.
  init(in folder: FilePath) throws(SentenceModelError) {
    guard let network: Network = try Self.decode("config.json", in: folder) else {
      throw SentenceModelError(
        code: .unreadable, reason: "the text model \(folder.displayName) has no config.json")
    }
    let tokenizer: Tokenizer? = try Self.decode("tokenizer_config.json", in: folder)
    let sentences: Sentences? = try Self.decode("sentence_bert_config.json", in: folder)
    let pooling: Pooling? = try Self.decode("1_Pooling/config.json", in: folder)
    let modules: [Module]? = try Self.decode("modules.json", in: folder)
    func refuse(_ file: String, _ what: String) -> SentenceModelError {
      SentenceModelError(
        code: .unusable, reason: "\(folder.appending(file).displayName) can't be used: \(what)")
    }
    guard network.kind ?? "bert" == "bert", network.activation ?? "gelu" == "gelu",
      network.positions ?? "absolute" == "absolute"
    else { throw refuse("config.json", "it is of a network that is no plain BERT encoder") }
    guard (1...4096).contains(network.dimension), (1...64).contains(network.layers),
      (1...256).contains(network.heads), network.dimension.isMultiple(of: network.heads),
      (2...65_536).contains(network.maximumTokens)
    else { throw refuse("config.json", "its sizes make no sense") }
    let epsilon = network.epsilon ?? 1e-12
    guard epsilon >= 0, epsilon < 1 else { throw refuse("config.json", "layer_norm_eps is \(epsilon)") }
    if let pooling, !pooling.isMean {
      throw refuse("1_Pooling/config.json", "only the mean over all tokens is computed here")
    }
    if let other = modules?.map(\.kind).first(where: {
      !["Transformer", "Pooling", "Normalize"].contains($0)
    }) {
      throw refuse("modules.json", "there is no '\(other)' here")
    }
    dimension = network.dimension
    layers = network.layers
    heads = network.heads
    self.epsilon = Float(epsilon)
    let most = min(network.maximumTokens, TransformerEncoder.mostTokens)
    maximumTokens = max(2, min(sentences?.maximumTokens ?? Self.usualTokens, most))
    options = WordPieceTokenizer.Options()
    options.lowercases = tokenizer?.lowercases ?? true
    options.stripsAccents = tokenizer?.stripsAccents ?? options.lowercases
    options.separatesHan = tokenizer?.separatesHan ?? true
  }

  init(
    dimension: Int, layers: Int, heads: Int, epsilon: Float, maximumTokens: Int,
    options: WordPieceTokenizer.Options = WordPieceTokenizer.Options()
  ) {
    self.dimension = dimension
    self.layers = layers
    self.heads = heads
    self.epsilon = epsilon
    self.maximumTokens = maximumTokens
    self.options = options
  }

  /// nil where there is no such file.
  private static func decode<T: Decodable>(
    _ name: String, in folder: FilePath
  ) throws(SentenceModelError) -> T? {
    let path = folder.appending(name)
    let bytes: [UInt8]
    do {
      bytes = try path.contents(limit: maximumBytes)
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch {
      throw SentenceModelError(code: .unreadable, reason: "\(path.displayName) can't be read: \(error)")
    }
    do {
      return try JSONDecoder().decode(T.self, from: Data(bytes))
    } catch {
      throw SentenceModelError(
        code: .unusable, reason: "\(path.displayName) can't be used: it is not the JSON that is expected")
    }
  }

  private struct Network: Decodable {
    let dimension, layers, heads, maximumTokens: Int
    let epsilon: Double?
    let kind, activation, positions: String?

    enum CodingKeys: String, CodingKey {
      case dimension = "hidden_size"
      case layers = "num_hidden_layers"
      case heads = "num_attention_heads"
      case maximumTokens = "max_position_embeddings"
      case epsilon = "layer_norm_eps"
      case kind = "model_type"
      case activation = "hidden_act"
      case positions = "position_embedding_type"
    }
  }

  private struct Tokenizer: Decodable {
    let lowercases, stripsAccents, separatesHan: Bool?

    enum CodingKeys: String, CodingKey {
      case lowercases = "do_lower_case"
      case stripsAccents = "strip_accents"
      case separatesHan = "tokenize_chinese_chars"
    }
  }

  private struct Sentences: Decodable {
    let maximumTokens: Int?

    enum CodingKeys: String, CodingKey { case maximumTokens = "max_seq_length" }
  }

  private struct Pooling: Decodable {
    let mean, first, maximum, scaledMean: Bool?
    var isMean: Bool { mean == true && first != true && maximum != true && scaledMean != true }

    enum CodingKeys: String, CodingKey {
      case mean = "pooling_mode_mean_tokens"
      case first = "pooling_mode_cls_token"
      case maximum = "pooling_mode_max_tokens"
      case scaledMean = "pooling_mode_mean_sqrt_len_tokens"
    }
  }

  private struct Module: Decodable {
    let type: String
    /// The last part of the type's name.
    var kind: String { type.split(separator: ".").last.map(String.init) ?? type }
  }
}
