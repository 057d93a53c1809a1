import Catalog
import Features
import Foundation
import SystemPackage

/// What became of a file that was to be measured.
enum Outcome {
  case measured(MeasuredFile)
  case refused(RefusedFile)
  /// Gone meanwhile: there is nothing to tell.
  case vanished

  /// - Parameter seen: the file before it was read. A refusal is kept with that: if the file is written to in the
  ///   meantime, it differs at the next look and is tried again.
  init(_ path: FilePath, _ result: Result<Measurement, Refusal>, seen: FileSighting?) {
    switch result {
    case .success(let measurement): self = .measured(MeasuredFile(path: path, measurement))
    case .failure(let refusal) where refusal.policy == .ignore: self = .vanished
    case .failure(let refusal):
      self = .refused(RefusedFile(path: path, refusal: refusal, seen: seen, isNew: true))
    }
  }

  /// What the catalogue keeps of it; nil for nothing.
  ///
  /// - Parameter limits: the decoding settings that were in force, as `WorkerSettings.limitsKey` has them.
  func result(_ limits: String, at time: Date) -> IngestResult? {
    switch self {
    case .measured(let file): .measured(file)
    case .refused(let file):
      .refused(
        QuarantineEntry(
          path: file.path, code: file.refusal.code.rawValue, reason: file.refusal.reason,
          attempts: file.refusal.code == .unreadable ? 0 : 1, seen: file.seen, limits: limits, at: time))
    case .vanished: nil
    }
  }
}

extension MeasuredFile {
  init(path: FilePath, _ measurement: Measurement) {
    self.init(
      path: path, seen: measurement.seen, contentHash: measurement.contentHash,
      pictureHash: measurement.pictureHash,
      format: measurement.format, width: measurement.width, height: measurement.height,
      blocks: measurement.blocks,
      palette: measurement.palette, paletteVersion: VisualFeatures.paletteVersion,
      copies: measurement.copies)
  }
}
