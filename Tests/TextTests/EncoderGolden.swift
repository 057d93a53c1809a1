import Foundation
import SystemPackage
import Testing
import Text

/// Files of reference values by `tools/golden/golden_encoder.py`, and the published model where it has been fetched.
enum EncoderGolden {
  static func url(_ name: String) throws -> URL {
    try #require(Bundle.module.resourceURL).appendingPathComponent("Golden/\(name)")
  }

  static func data(_ name: String) throws -> Data { try Data(contentsOf: url(name)) }

  static func decode<T: Decodable>(_ name: String) throws -> T {
    try JSONDecoder().decode(T.self, from: data(name))
  }

  /// The small model's folder, as the repository has it.
  static var smallModel: FilePath { get throws { FilePath(try url("small-model").path) } }

  /// nil where `morelli model fetch` has not been called.
  static let published: SentenceModel? = {
    let model = try? SentenceModel.find(setting: nil)
    if model == nil { print("The text model is not there (morelli model fetch): tests with it are skipped.") }
    return model
  }()
}

/// The inner product, in double precision.
func cosine(_ a: [Float], _ b: [Float]) -> Double {
  guard a.count == b.count else { return .nan }
  return zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// A folder for one test, gone with it.
final class ModelFolder {
  let url: URL

  /// With a copy of the small model, or empty.
  init(isEmpty: Bool = false) throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-text-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    guard !isEmpty else { return }
    for name in ["config.json", "vocab.txt", "model.safetensors"] {
      try FileManager.default.copyItem(
        at: EncoderGolden.url("small-model/\(name)"), to: url.appendingPathComponent(name))
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var path: FilePath { FilePath(url.path) }

  func write(_ text: String, to name: String) throws {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: url.appendingPathComponent(name))
  }
}

/// Expects an error of a kind that names something.
func expectError(
  _ code: SentenceModelError.Code, _ words: String, location: SourceLocation = #_sourceLocation,
  _ body: () throws -> Void
) {
  do {
    try body()
    Issue.record("nothing was thrown", sourceLocation: location)
  } catch let error as SentenceModelError {
    #expect(error.code == code && error.reason.contains(words), "\(error)", sourceLocation: location)
  } catch {
    Issue.record("\(error)", sourceLocation: location)
  }
}
