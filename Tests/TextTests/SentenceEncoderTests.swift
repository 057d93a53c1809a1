import Foundation
import Testing
import Text

@Suite struct SentenceEncoderTests {
  private struct Case: Decodable {
    let text: String
    let vector: [Float]
  }

  private static let odd = ["", "   \n", "\u{0}\u{200B}", "starry night", "日", "?!", "the old woman"]

  @Test func theSmallModelAgreesWithPyTorch() throws {
    let cases: [Case] = try EncoderGolden.decode("small-model.json")
    var encoder = try SentenceEncoder(SentenceModel(opening: try EncoderGolden.smallModel))
    let vectors = encoder.encode(cases.map(\.text))
    #expect(vectors.count == 4)
    for (vector, item) in zip(vectors, cases) {
      #expect(zip(vector, item.vector).allSatisfy { abs($0 - $1) < 1e-5 }, "\(item.text.prefix(20))")
    }
  }

  @Test(.enabled(if: EncoderGolden.published != nil, "the text model is not there"))
  func thePublishedModelAgreesWithPyTorch() throws {
    let sentences: [String] = try EncoderGolden.decode("sentences.json")
    let bytes = Array(try EncoderGolden.data("sentences.f32"))
    let numbers = stride(from: 0, to: bytes.count, by: 4).map { i in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[i + $1]) << (8 * UInt32($1)) })
    }
    #expect(numbers.count == sentences.count * 384)
    var encoder = try SentenceEncoder(try #require(EncoderGolden.published))
    let vectors = encoder.encode(sentences)
    var worst = 1.0
    for (i, vector) in vectors.enumerated() {
      worst = min(worst, cosine(vector, Array(numbers[i * 384..<(i + 1) * 384])))
    }
    print("The sentence encoder and PyTorch: least cosine 1 - \(1 - worst)")
    #expect(worst > 1 - 1e-6)
    // Not only like the reference, but of use: sentences of one meaning are closer than others.
    #expect(cosine(vectors[7], vectors[8]) > 0.5)
    #expect(cosine(vectors[5], vectors[6]) > 0.25 && cosine(vectors[5], vectors[7]) < 0.2)
  }

  @Test func vectorsHaveLengthOneOrNone() throws {
    var encoder = try SentenceEncoder(SentenceModel(opening: try EncoderGolden.smallModel))
    let vectors = encoder.encode(Self.odd)
    #expect(vectors.map(\.count) == Self.odd.map { _ in 24 })
    for (i, vector) in vectors.enumerated() {
      #expect(abs(cosine(vector, vector) - (i < 3 ? 0 : 1)) < 1e-6, "\(Self.odd[i])")
    }
    #expect(encoder.encode([]).isEmpty)
  }

  @Test func aTextIsTheSameInAnyCompanyAndAnyCopy() throws {
    var encoder = try SentenceEncoder(SentenceModel(opening: try EncoderGolden.smallModel))
    var copy = encoder
    let together = encoder.encode(Self.odd)
    for (text, vector) in zip(Self.odd, together) { #expect(copy.encode([text]) == [vector]) }
    #expect(encoder.encode(Self.odd.reversed()) == together.reversed())
  }

  @Test func filesThatChangeBetweenDescribingAndLoading() throws {
    let folder = try ModelFolder()
    let model = try SentenceModel(opening: folder.path)
    let words = try String(contentsOf: folder.url.appendingPathComponent("vocab.txt"), encoding: .utf8)
    try folder.write(words.replacingOccurrences(of: "starry", with: "sterry"), to: "vocab.txt")
    expectError(.changed, "vocab.txt") { _ = try SentenceEncoder(model) }
    try folder.write(words, to: "vocab.txt")
    _ = try SentenceEncoder(model)
    // The same bytes once more are the same model.
    let weights = folder.url.appendingPathComponent("model.safetensors")
    var bytes = try Data(contentsOf: weights)
    try bytes.write(to: weights)
    _ = try SentenceEncoder(model)
    bytes[bytes.count - 3] ^= 1
    try bytes.write(to: weights)
    expectError(.changed, "model.safetensors") { _ = try SentenceEncoder(model) }
  }

  @Test func weightsOutOfAllMeasure() throws {
    let folder = try ModelFolder()
    let weights = folder.url.appendingPathComponent("model.safetensors")
    var bytes = try Data(contentsOf: weights)
    // 1.7e38 and the like, of either sign, in place of every other number.
    for i in stride(from: bytes.count - 1, to: 6000, by: -8) { bytes[i] = bytes[i] & 0x80 | 0x7E }
    try bytes.write(to: weights)
    var encoder = try SentenceEncoder(SentenceModel(opening: folder.path))
    for vector in encoder.encode(["starry night", "the old woman with a boat"]) {
      let length = cosine(vector, vector)
      #expect(length == 0 || abs(length - 1) < 1e-6)
    }
  }

  @Test func filesThatDontFit() throws {
    let folder = try ModelFolder()
    try folder.write("[CLS]\n[SEP]\nx\n", to: "vocab.txt")
    expectError(.unusable, "[UNK]") { _ = try SentenceEncoder(SentenceModel(opening: folder.path)) }
    try folder.write(
      "[CLS]\n[SEP]\n[UNK]\n" + (0..<40).map { "w\($0)\n" }.joined(), to: "vocab.txt")
    expectError(.unusable, "vocab.txt") { _ = try SentenceEncoder(SentenceModel(opening: folder.path)) }
    let other = try ModelFolder()
    let config = try String(contentsOf: other.url.appendingPathComponent("config.json"), encoding: .utf8)
    try other.write(
      config.replacingOccurrences(of: "\"num_hidden_layers\": 2", with: "\"num_hidden_layers\": 1"),
      to: "config.json")
    expectError(.unusable, "config.json") { _ = try SentenceEncoder(SentenceModel(opening: other.path)) }
    try other.write(
      config.replacingOccurrences(
        of: "\"max_position_embeddings\": 21", with: "\"max_position_embeddings\": 22"),
      to: "config.json")
    expectError(.unusable, "position_embeddings") {
      _ = try SentenceEncoder(SentenceModel(opening: other.path))
    }
  }
}
