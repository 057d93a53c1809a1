import FoundationEssentials
import Model
import Platform
package import SystemPackage

extension SentenceModel {
  /// Where `morelli model fetch` puts the published model: `$MORELLI_MODELS`, else `~/.local/share/morelli/models`, and there
  /// `all-minilm-l6-v2`.
  package static func fetchedFolder(environment: [String: String]) -> FilePath {
    let models: FilePath
    if let set = environment["MORELLI_MODELS"], !set.isEmpty {
      models = FilePath(set).absolute
    } else {
      models = FilePath(environment["HOME"] ?? "/").appending(".local/share/morelli/models")
    }
    return models.appending(PublishedModel.miniLM.name)
  }

  /// The model that is to be used: the one that the settings name, else the one that was fetched.
  ///
  /// Quick where the fetched model was looked at before; otherwise the weights are read once for their SHA-256.
  ///
  /// - Parameters:
  ///   - setting: a folder, from `text.model`.
  ///   - environment: the process's.
  /// - Returns: nil where none is named and none was fetched: everything works without.
  /// - Throws: `.unreadable` and `.unusable` for a model that is named or fetched but broken; `.notAsPublished` for a fetched
  ///   one that is another.
  package static func find(
    setting: FilePath?, environment: [String: String] = ProcessInfo.processInfo.environment
  ) throws(SentenceModelError) -> SentenceModel? {
    if let setting { return try SentenceModel(opening: setting) }
    let folder = fetchedFolder(environment: environment)
    do throws(Errno) {
      _ = try FileKind(at: folder)
    } catch .noSuchFileOrDirectory {
      return nil
    } catch {
      throw SentenceModelError(code: .unreadable, reason: "\(folder.displayName) can't be read: \(error)")
    }
    do throws(SentenceModelError) {
      return try SentenceModel(fetchedInto: folder)
    } catch {
      guard error.code == .notAsPublished else { throw error }
      throw SentenceModelError(
        code: error.code,
        reason: error.reason
          + ". Move it away, and morelli model fetch gets it anew; a model of your own goes into "
          + "another folder, which text.model names")
    }
  }

  /// The published model, as it must be.
  ///
  /// - Throws: `.unreadable`, `.unusable`, `.notAsPublished`.
  package init(fetchedInto folder: FilePath) throws(SentenceModelError) {
    let note = WeightsNote(in: folder)
    self = try SentenceModel(opening: folder, note: note)
    guard isPublished else {
      let known = PublishedModel.miniLM
      let what =
        hash != known.weights
        ? "the SHA-256 of \(Self.weightsFile) is \(hash.hexadecimal), not \(known.weights.hexadecimal)"
        : vocabularyHash != known.vocabulary
          ? "the SHA-256 of \(Self.vocabularyFile) is \(vocabularyHash.hexadecimal), not "
            + known.vocabulary.hexadecimal
          : "its settings are others"
      throw SentenceModelError(
        code: .notAsPublished,
        reason: "the text model \(folder.displayName) is not \(known.name) as it was published: \(what)")
    }
    if note != WeightsNote(self) { WeightsNote(self).keep(in: folder) }
  }

  /// Whether a folder has the files of a model; what is in them is looked at when it is used.
  package static func hasFiles(in folder: FilePath) -> Bool {
    [weightsFile, vocabularyFile, "config.json"].allSatisfy { name in
      guard case .regular? = try? FileKind(at: folder.appending(name)) else { return false }
      return true
    }
  }
}
