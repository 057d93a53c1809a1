import Crypto
package import Model
import Neural
package import Platform
package import SystemPackage

/// Which network turns what is written about a work into the `text` block: a folder with `model.safetensors`, `vocab.txt`
/// and `config.json`, as sentence-transformers lays them out.
///
/// This is a description, to be kept and sent around; `SentenceEncoder` is the network itself.
package struct SentenceModel: Hashable, Sendable, Codable {
  static let weightsFile = "model.safetensors"
  static let vocabularyFile = "vocab.txt"
  /// Larger files are refused.
  static let maximumWeights = 1 << 30
  static let maximumVocabulary = 16 << 20
  /// Of what is done here beside what the files say: raised when the same files come to make other vectors.
  private static let method = 1

  /// The path's bytes.
  private let path: [UInt8]
  /// What it is called; of one that nobody knows, what its folder is called.
  package let name: String
  /// SHA-256 of the weights, and of the vocabulary.
  package let hash, vocabularyHash: Fingerprint
  /// Of the weights' file: as long as it is the same, so are the weights.
  package let stamp: FileStamp
  let configuration: SentenceConfiguration

  package var folder: FilePath { FilePath(bytes: path) }
  /// Numbers of a vector.
  package var dimension: Int { configuration.dimension }
  /// Of a text, at most; the rest is cut off.
  package var maximumTokens: Int { configuration.maximumTokens }
  /// It is all-MiniLM-L6-v2 as it was published.
  package var isPublished: Bool { PublishedModel.miniLM.matches(self) }

  /// The block that it makes. The version is made of everything that vectors depend on, so that those of two models are
  /// never compared.
  package var descriptor: BlockDescriptor {
    let options = configuration.options
    let words =
      "\(Self.method) \(hash.hexadecimal) \(vocabularyHash.hexadecimal) \(configuration.heads) "
      + "\(configuration.epsilon.bitPattern) \(maximumTokens) \(options.lowercases) \(options.stripsAccents) "
      + "\(options.separatesHan)"
    let digest = SHA256.hash(data: Array(words.utf8))
    let version = digest.prefix(4).reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
    return BlockDescriptor(name: .text, version: version, dimension: dimension)
  }

  /// Reads the folder's small files, and the weights for their SHA-256 (a tenth of a second for 90 MB).
  ///
  /// - Throws: `.unreadable`, `.unusable`.
  package init(opening folder: FilePath) throws(SentenceModelError) {
    try self.init(opening: folder, note: nil)
  }

  /// - Parameter note: the SHA-256 as it was found earlier, to be believed while the file's stamp is the same.
  init(opening folder: FilePath, note: WeightsNote?) throws(SentenceModelError) {
    path = Array(folder.bytes)
    configuration = try SentenceConfiguration(in: folder)
    vocabularyHash = try Self.vocabulary(in: folder).hash
    let file = folder.appending(Self.weightsFile)
    do throws(Errno) {
      guard case .regular(let stamp) = try FileKind(at: file) else { throw Errno.notSupported }
      self.stamp = stamp
    } catch {
      throw SentenceModelError(code: .unreadable, reason: "\(file.displayName) can't be read: \(error)")
    }
    if let note, note.stamp == stamp {
      hash = note.hash
    } else {
      hash = try Self.checkedHash(of: file, configuration)
    }
    let known = PublishedModel.miniLM
    name = hash == known.weights ? known.name : folder.lastComponent?.string ?? "unnamed"
  }

  /// Bytes of the vocabulary, and their SHA-256.
  static func vocabulary(in folder: FilePath) throws(SentenceModelError) -> (
    bytes: [UInt8], hash: Fingerprint
  ) {
    let file = folder.appending(vocabularyFile)
    do {
      let bytes = try file.contents(limit: maximumVocabulary)
      return (bytes, Fingerprint(bytes: Array(SHA256.hash(data: bytes))))
    } catch {
      throw SentenceModelError(code: .unreadable, reason: "\(file.displayName) can't be read: \(error)")
    }
  }

  /// The weights' file as memory.
  static func mapWeights(_ file: FilePath) throws(SentenceModelError) -> MappedFile {
    do throws(Errno) {
      let mapped = try MappedFile(opening: file)
      guard mapped.stamp.size <= maximumWeights else { throw Errno.fileTooLarge }
      return mapped
    } catch {
      throw SentenceModelError(code: .unreadable, reason: "\(file.displayName) can't be read: \(error)")
    }
  }

  /// The SHA-256 of weights whose table of contents suits the configuration.
  private static func checkedHash(
    of file: FilePath, _ configuration: SentenceConfiguration
  ) throws(SentenceModelError) -> Fingerprint {
    let mapped = try mapWeights(file)
    do throws(SafeTensorsError) {
      let tensors = try mapped.withBytes { bytes throws(SafeTensorsError) in try SafeTensors(bytes) }
      let name = ["", "bert."].map { $0 + "embeddings.word_embeddings.weight" }.first {
        tensors.tensors[$0] != nil
      }
      guard let name, let shape = tensors.tensors[name]?.shape else {
        throw .missing(tensor: "embeddings.word_embeddings.weight")
      }
      guard shape.count == 2, shape[1] == configuration.dimension else {
        throw .wrongShape(tensor: name, shape: shape, expected: "tokens x \(configuration.dimension)")
      }
    } catch {
      throw SentenceModelError(code: .unusable, reason: "\(file.displayName) can't be used: \(error.reason)")
    }
    return mapped.contentHash()
  }
}
