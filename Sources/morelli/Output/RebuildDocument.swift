import Catalog
import Foundation
import Ingest
import Text
import VectorIndex

/// What was made again, as JSON has it.
struct RebuildDocument: Codable, Sendable {
  struct Images: Codable, Sendable {
    let measured, unchanged, refused, missing, left: Int
    let isInterrupted: Bool

    enum CodingKeys: String, CodingKey {
      case measured, unchanged, refused, missing, left
      case isInterrupted = "interrupted"
    }

    init(_ report: IngestReport, missing: Int) {
      measured = report.added + report.changed + report.touched + report.moved
      unchanged = report.unchanged
      refused = report.refused.count
      self.missing = missing + report.vanished
      left = report.left
      isInterrupted = report.isInterrupted
    }

    var sentence: String {
      var parts = ["\(measured) measured", "\(unchanged) up to date", "\(refused) refused"]
      if missing > 0 { parts.append("\(missing) not there any more") }
      let interruption = isInterrupted ? " Interrupted with \(left) to go." : ""
      return "Images: " + parts.joined(separator: ", ") + "." + interruption
    }
  }

  /// What makes the text block.
  struct Texts: Codable, Sendable {
    /// `lexical` or `semantic`.
    let method: String
    /// How many it was fitted on.
    let works: Int

    init(_ model: StoredTextModel) {
      method = model.method.rawValue
      works = model.works
    }
  }

  /// The new generation.
  struct Index: Codable, Sendable {
    let generation, signatures: Int
    let kind: String
    /// Of the twenty true best, so much is found.
    let recall: Double

    init(_ generation: Generation) {
      self.generation = generation.number
      signatures = generation.count
      kind = generation.manifest.kind
      recall = generation.manifest.recall
    }
  }

  /// null without `--features`.
  @OrNull var images: Images?
  /// null where nothing is said of any work.
  @OrNull var texts: Texts?
  /// null when interrupted.
  @OrNull var index: Index?

  init(images: Images?, _ catalog: Catalog, generation: Generation?) throws {
    self.images = images
    texts = try catalog.storedTextModel().map(Texts.init)
    index = generation.map(Index.init)
  }

  var sentence: String {
    [
      images?.sentence,
      texts.map { "Texts: \($0.method), fitted on \($0.works) works." },
      index.map {
        "Index: generation \($0.generation), \($0.kind), \($0.signatures) signatures, "
          + String(format: "%.1f %% of the true best found.", 100 * $0.recall)
      },
    ].compactMap { $0 }.joined(separator: "\n")
  }
}
