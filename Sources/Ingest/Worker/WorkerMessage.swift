package import Features
import FoundationEssentials
package import Imaging
import Model
import Platform
import SystemPackage

/// What the parent tells a worker first: what it may take, and what it measures with.
package struct WorkerSettings: Codable, Sendable, Equatable {
  package var limits: ImagingLimits
  /// Makes the embedding.
  package var model: EmbeddingModel
  /// For one file, from the request to the answer.
  package var seconds: Int
  /// A worker is replaced after so many files: what decoders leak goes with it.
  package var filesPerWorker: Int

  package init(
    limits: ImagingLimits = ImagingLimits(), model: EmbeddingModel = .builtIn, seconds: Int = 60,
    filesPerWorker: Int = 500
  ) {
    self.limits = limits
    self.model = model
    self.seconds = seconds
    self.filesPerWorker = filesPerWorker
  }

  /// Tells one set of decoding settings from another: a file refused under these may pass under others.
  package var limitsKey: String {
    let formats = limits.formats.map(\.rawValue).sorted().joined(separator: ",")
    return "\(limits.pixels) \(limits.side) \(limits.bytes) \(limits.memory) \(seconds) \(formats)"
  }
}

/// One file to measure.
struct WorkerRequest: Codable {
  /// The path's bytes.
  let path: Data
  /// The part of the picture to measure; nil for the whole.
  let region: PictureRegion?
  /// What is to be derived from it; nil where it is to be measured.
  let rendering: Rendering?

  init(_ path: FilePath, region: PictureRegion?, rendering: Rendering? = nil) {
    self.path = Data(path.bytes)
    self.region = region
    self.rendering = rendering
  }

  var filePath: FilePath { FilePath(bytes: Array(path)) }
}

/// The answer to one request.
enum WorkerReply: Codable {
  case measured(Measurement)
  /// The encoded picture.
  case rendered(Data)
  case refused(Refusal)
}

extension FrameStream {
  func send(_ message: some Encodable) throws {
    try write(Array(JSONEncoder().encode(message)))
  }

  /// nil when the other side has closed.
  func receive<M: Decodable>(
    _ type: M.Type, patience: Int32 = -1, whileWaiting: () throws -> Void = {}
  ) throws -> M? {
    guard let bytes = try read(patience: patience, whileWaiting: whileWaiting) else { return nil }
    return try JSONDecoder().decode(type, from: Data(bytes))
  }
}
