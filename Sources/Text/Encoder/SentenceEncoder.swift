import Kernels
import Model
import Neural
import Platform
import SystemPackage

/// Turns texts into vectors of length 1 that are the closer the more alike the texts' meanings are: a BERT encoder, the mean
/// over all tokens, L2 norm 1 (Reimers & Gurevych 2019, doi:10.18653/v1/D19-1410).
///
/// Holds all weights in memory (90 MB for the published model) and its buffers (6 MB): one for each thread; copies share the
/// weights.
package struct SentenceEncoder: Sendable {
  package let model: SentenceModel
  private let tokenizer: WordPieceTokenizer
  private var network: TransformerEncoder

  /// Reads the model's files once more, and sees to it that they are those that it describes.
  ///
  /// - Throws: `.unreadable`, `.unusable`; `.changed` when they are others.
  package init(_ model: SentenceModel) throws(SentenceModelError) {
    self.model = model
    let vocabularyPath = model.folder.appending(SentenceModel.vocabularyFile).displayName
    let vocabulary = try SentenceModel.vocabulary(in: model.folder)
    guard vocabulary.hash == model.vocabularyHash else { throw Self.changed(vocabularyPath) }
    guard let pieces = WordPieceVocabulary(vocabulary.bytes) else {
      throw SentenceModelError(
        code: .unusable, reason: "\(vocabularyPath) can't be used: it has no [CLS], [SEP] or [UNK]")
    }
    tokenizer = WordPieceTokenizer(
      pieces, options: model.configuration.options, maximumTokens: model.maximumTokens)

    let path = model.folder.appending(SentenceModel.weightsFile)
    let file = try SentenceModel.mapWeights(path)
    guard file.stamp == model.stamp || file.contentHash() == model.hash else {
      throw Self.changed(path.displayName)
    }
    network = try file.withBytes { bytes throws(SentenceModelError) in
      do throws(SafeTensorsError) {
        return try TransformerEncoder(
          SafeTensors(bytes), in: bytes, heads: model.configuration.heads,
          epsilon: model.configuration.epsilon,
          maximumTokens: model.maximumTokens)
      } catch {
        throw SentenceModelError(
          code: .unusable, reason: "\(path.displayName) can't be used: \(error.reason)")
      }
    }
    guard !file.hasChanged() else { throw Self.changed(path.displayName) }
    guard network.layerCount == model.configuration.layers, network.hidden == model.dimension,
      pieces.count <= network.vocabularySize
    else {
      throw SentenceModelError(
        code: .unusable,
        reason: "\(path.displayName) can't be used: it doesn't fit its config.json or its vocab.txt")
    }
  }

  /// The vectors of some texts, in their order, each `model.dimension` numbers of L2 norm 1; all zeros for a text without a
  /// word.
  ///
  /// A text's vector is the same to the last bit whatever other texts it comes with. Beyond `model.maximumTokens` tokens a
  /// text is not read.
  package mutating func encode(_ texts: [String]) -> [[Float]] {
    let sentences = texts.map { tokenizer.tokens(of: $0) }
    let worded = sentences.filter { $0.count > 2 }
    var means = network(worded).makeIterator()
    return sentences.map { sentence in
      let zeros = [Float](repeating: 0, count: model.dimension)
      guard sentence.count > 2, let mean = means.next() else { return zeros }
      return Self.unit(mean) ?? zeros
    }
  }

  /// nil for a vector without a direction.
  private static func unit(_ vector: [Float]) -> [Float]? {
    var result = vector
    var target = result.mutableSpan
    guard allFinite(target.span), normalise(&target) > 0 else { return nil }
    return result
  }

  private static func changed(_ path: String) -> SentenceModelError {
    SentenceModelError(code: .changed, reason: "\(path) is not what it was a moment ago")
  }
}
