import Catalog
import Imaging
import Ingest
import Model
import Platform
import SystemPackage

/// Finds what a person names: a work by its id, an image file, or the image on standard input.
struct SubjectFinder {
  /// What was named.
  enum Subject {
    case work(ArtworkRecord)
    /// A picture that was measured now: of no work of the catalogue, or a part of a work's.
    case picture(Measurement, name: String, of: ArtworkID?)
  }

  private let catalog: Catalog
  private let settings: Settings
  private let worker: Worker

  init(_ catalog: Catalog, _ settings: Settings) {
    self.catalog = catalog
    self.settings = settings
    worker = Worker(WorkerCommand.program, settings: settings.workerSettings)
  }

  /// An argument as people can read it.
  static func shown(_ argument: String) -> String { FilePath(argument: argument).displayName }

  /// - Parameters:
  ///   - text: the id of a work, the name of an image file, or `-` for standard input.
  ///   - region: the part of its picture (of a work its first image) that is meant; nil for the whole.
  /// - Throws: `CommandFailure` that says why there is nothing.
  func subject(_ text: String, region: PictureRegion? = nil) throws -> Subject {
    if text == "-" {
      let spool: TemporaryFile
      do {
        spool = try TemporaryFile.copying(.standardInput, limit: settings.limits.bytes)
      } catch Errno.fileTooLarge {
        throw CommandFailure("standard input: more than \(settings.limits.bytes) bytes")
      }
      return try picture(spool.path, name: "standard input", region)
    }
    if let record = try catalog.artwork(ArtworkID(rawValue: text)) {
      guard let region else { return .work(record) }
      guard let file = record.files.first else {
        throw CommandFailure("\(text) has no image to take a region of")
      }
      return try picture(file.path, name: text, region, of: record.artwork.id)
    }
    let path = FilePath(argument: text)
    if let kind = try? FileKind(at: path) {
      guard case .regular = kind else { throw CommandFailure("\(Self.shown(text)): not a file") }
      return try picture(path.absolute, name: Self.shown(text), region)
    }
    let near = try catalog.artworkIDs(startingWith: String(text.prefix(4)), limit: 5)
    let hint = near.isEmpty ? "" : ". Ids like it: " + near.map(\.rawValue).joined(separator: ", ")
    throw CommandFailure("there is no work and no file '\(Self.shown(text))'\(hint)")
  }

  /// The same, as it is asked about.
  func asked(_ text: String, region: PictureRegion? = nil) throws -> Question.Subject {
    switch try subject(text, region: region) {
    case .work(let record):
      Question.Subject(name: Self.shown(text), id: record.artwork.id.rawValue, picture: nil)
    case .picture(let measurement, _, let owner):
      Question.Subject(name: Self.shown(text), id: owner?.rawValue, picture: measurement)
    }
  }

  private func picture(
    _ path: FilePath, name: String, _ region: PictureRegion?, of owner: ArtworkID? = nil
  ) throws -> Subject {
    switch worker.measure(path, region: region) {
    case .failure(let refusal): throw CommandFailure("\(name): \(refusal.reason) [\(refusal.code.rawValue)]")
    case .success(let measurement): return .picture(measurement, name: name, of: owner)
    }
  }
}
