import Features
import Foundation
import Imaging
import Model
import Neural
import SystemPackage
import Testing

@Suite struct EmbeddingTests {
  private func golden(_ name: String) throws -> FilePath {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "safetensors", subdirectory: "Golden"))
    return FilePath(url.path)
  }

  /// A file of its own with these bytes.
  private func withFile<R>(_ bytes: [UInt8], _ body: (FilePath) throws -> R) throws -> R {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("model-\(UUID().uuidString)")
    try Data(bytes).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    return try body(FilePath(url.path))
  }

  private func code(opening path: FilePath) -> EmbeddingModelError.Code? {
    do throws(EmbeddingModelError) {
      _ = try EmbeddingModel(opening: path)
      return nil
    } catch {
      #expect(error.reason.contains(path.string))
      return error.code
    }
  }

  /// From the pixels to the vector, for squares and for pictures that are brought to one.
  @Test func agreesWithPyTorchAndOpenCV() throws {
    let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try golden("embedding").string)))
    let expected = try SafeTensors(bytes.span).values(of: "embeddings", in: bytes.span)
    var extractor = try EmbeddingExtractor(.builtIn)
    let pictures = [
      blobs(width: 224, height: 224, seed: 1), blobs(width: 300, height: 180, seed: 2),
      blobs(width: 100, height: 260, seed: 3),
    ]
    let dimension = EmbeddingModel.builtIn.dimension
    try #require(expected.count == pictures.count * dimension)
    for (number, picture) in pictures.enumerated() {
      let vector = extractor.extract(picture)
      let reference = expected[number * dimension..<(number + 1) * dimension]
      let norm = vector.reduce(Float(0)) { $0 + $1 * $1 }
      #expect(abs(norm - 1) < 1e-5)
      let largest = reference.reduce(0) { max($0, abs($1)) }
      #expect(largestDifference(vector, Array(reference)) < 1e-3 * largest, "picture \(number)")
    }
  }

  @Test func theBuiltInModelIsTheOneThatIsDescribed() throws {
    _ = try EmbeddingExtractor(.builtIn)
    let model = EmbeddingModel.builtIn
    #expect(model.path == nil && model.descriptor.name == .embedding && model.descriptor.dimension == 256)
    #expect((1..<(1 << 31)).contains(model.descriptor.version))
  }

  @Test func aModelInAFile() throws {
    let path = try golden("tiny")
    let model = try EmbeddingModel(opening: path)
    #expect(model.name == "tiny" && model.version == "7" && model.dimension == 12 && model.side == 48)
    #expect(model.path == path)
    #expect(model.descriptor != EmbeddingModel.builtIn.descriptor)
    var features = try VisualFeatures(VisualSchema(model: model))
    let block = try #require(
      features.measure(blobs(width: 90, height: 60, seed: 4)).blocks.first { $0.name == .embedding })
    #expect(block.version == model.descriptor.version && block.vector.count == 12)
    let norm = block.vector.reduce(Float(0)) { $0 + $1 * $1 }
    #expect(abs(norm - 1) < 1e-5)
  }

  @Test func aFileThatIsNotWhatItWas() throws {
    var bytes = Array(try Data(contentsOf: URL(fileURLWithPath: try golden("tiny").string)))
    try withFile(bytes) { path in
      let model = try EmbeddingModel(opening: path)
      _ = try EmbeddingExtractor(model)
      bytes[bytes.count - 1] ^= 1
      try Data(bytes).write(to: URL(fileURLWithPath: path.string))
      do throws(EmbeddingModelError) {
        _ = try EmbeddingExtractor(model)
        Issue.record("it was taken")
      } catch {
        #expect(error.code == .changed && error.reason.contains(model.hash.hexadecimal))
      }
      try FileManager.default.removeItem(atPath: path.string)
      do throws(EmbeddingModelError) {
        _ = try EmbeddingExtractor(model)
        Issue.record("it was taken")
      } catch { #expect(error.code == .unreadable) }
    }
  }

  @Test func filesThatAreNoModels() throws {
    #expect(code(opening: "/no/such/model.safetensors") == .unreadable)
    #expect(code(opening: "/") == .unreadable)
    let tiny = Array(try Data(contentsOf: URL(fileURLWithPath: try golden("tiny").string)))
    #expect(try withFile([]) { code(opening: $0) } == .unusable)
    #expect(try withFile(Array("not a model at all".utf8)) { code(opening: $0) } == .unusable)
    #expect(try withFile(Array(tiny.dropLast())) { code(opening: $0) } == .unusable)
    // Tensors, but of something else.
    #expect(code(opening: try golden("embedding")) == .unusable)
    for (key, value) in [
      ("48", "31"), ("48", "-1"), ("127.5", "a.b.c"), ("morelli-embedding", "somebody-embedding"),
    ] {
      let text = String(decoding: tiny, as: Unicode.ASCII.self)
      let range = try #require(text.range(of: "\"\(key)\""))
      let start = text.distance(from: text.startIndex, to: range.lowerBound)
      let replaced = "\"\(value)\"" + String(repeating: " ", count: max(0, key.count - value.count))
      var bytes = tiny
      bytes.replaceSubrange(start..<start + key.count + 2, with: Array(replaced.utf8))
      let grown = bytes.count - tiny.count
      bytes[0] = UInt8(truncatingIfNeeded: Int(bytes[0]) + grown)
      if Int(tiny[0]) + grown > 255 { bytes[1] += 1 }
      #expect(try withFile(bytes) { code(opening: $0) } == .unusable, "\(key) -> \(value)")
    }
  }
}
