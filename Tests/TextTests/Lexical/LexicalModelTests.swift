import Foundation
import Model
import Testing
import Text

@Suite struct LexicalModelTests {
  private static func cosine(_ a: [Float]?, _ b: [Float]?) throws -> Float {
    zip(try #require(a), try #require(b)).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static let works = [
    ArtworkText(
      title: "The Great Wave", artist: "Hokusai", tags: "sea;boats", description: "A wave over boats"),
    ArtworkText(title: "Storm at Sea", artist: "Turner", tags: "sea;storm"),
    ArtworkText(title: "Boats in the Storm", artist: "Turner"),
    ArtworkText(title: "Portrait of a Lady", artist: "Weyden", tags: "portrait"),
    ArtworkText(title: "Portrait of a Man", artist: "Weyden", medium: "oil"),
    ArtworkText(title: "神奈川沖浪裏", artist: "葛飾北斎"),
    ArtworkText(title: "凱風快晴", artist: "葛飾北斎"),
  ]

  /// `tools/golden/golden_lexical.py`; the directions at the edge of what is kept are nearly as long as those that are not, so
  /// that a few rounds don't part them for good: hence 0.02.
  @Test func agreesWithNumPy() throws {
    let url = try #require(
      Bundle.module.url(forResource: "lexical", withExtension: "txt", subdirectory: "Golden"))
    let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "--\n")
    let texts = parts[0].split(separator: "\n").map { ArtworkText(title: String($0)) }
    let model = try #require(LexicalModel(fitting: texts))
    let vectors = texts.map(model.vector(of:))
    let pairs = parts[1].split(separator: "\n").map { $0.split(separator: " ") }
    #expect(texts.count == 320 && pairs.count > 150)
    for pair in pairs {
      let (i, j) = (try #require(Int(pair[0])), try #require(Int(pair[1])))
      let expected = try #require(Float(pair[2]))
      #expect(abs(try Self.cosine(vectors[i], vectors[j]) - expected) < 0.02, "\(i) and \(j)")
    }
  }

  @Test func whatIsAboutTheSameIsNear() throws {
    let model = try #require(LexicalModel(fitting: Self.works))
    let v = Self.works.map(model.vector(of:))
    let (storms, portraits) = (try Self.cosine(v[1], v[2]), try Self.cosine(v[3], v[4]))
    #expect(storms > 0.2 && portraits > 0.2)
    #expect(try Self.cosine(v[5], v[6]) > 0.2, "one artist, in Japanese")
    for (i, j) in [(0, 3), (1, 4), (2, 5), (3, 6)] { #expect(try Self.cosine(v[i], v[j]) < 0.1) }
    for vector in v {
      let length = try #require(vector).reduce(0) { $0 + $1 * $1 }
      #expect(abs(length - 1) < 1e-5)
    }
  }

  @Test func aQueryFindsWhatHasItsWords() throws {
    let model = try #require(LexicalModel(fitting: Self.works))
    func nearest(_ query: String) throws -> String? {
      let q = model.vector(of: query)
      return try Self.works.max {
        try Self.cosine(q, model.vector(of: $0)) < Self.cosine(q, model.vector(of: $1))
      }?
      .title
    }
    #expect(try nearest("wave") == "The Great Wave")
    #expect(try nearest("a LADY") == "Portrait of a Lady")
    #expect(try nearest("浪裏") == "神奈川沖浪裏")
    #expect(model.vector(of: "xyzzy") == nil)
    #expect(model.vector(of: "the of und") == nil, "stop words say nothing")
    #expect(model.vector(of: ArtworkText()) == nil)
  }

  @Test func oneFitIsLikeAnother() throws {
    let model = try #require(LexicalModel(fitting: Self.works))
    #expect(try #require(LexicalModel(fitting: Self.works)).bytes == model.bytes)
    let text = try #require(TextModel(fitting: Self.works))
    #expect(text.descriptor.dimension == 256 && text.descriptor.name.rawValue == "text")
    let other = try #require(TextModel(fitting: Array(Self.works.dropLast())))
    #expect(text.descriptor.version != other.descriptor.version)
  }

  @Test func itsBytesReadBackTheSame() throws {
    let model = try #require(LexicalModel(fitting: Self.works))
    let again = try #require(LexicalModel(model.bytes))
    for work in Self.works { #expect(again.vector(of: work) == model.vector(of: work)) }
    #expect(TextModel(method: .lexical, bytes: model.bytes, encoder: nil) != nil)
  }

  @Test func damagedBytesAreNoModel() throws {
    let bytes = try #require(LexicalModel(fitting: Self.works)).bytes
    for length in [0, 5, 14, 18, 22, 40, bytes.count - 1] {
      #expect(LexicalModel(Array(bytes.prefix(length))) == nil)
    }
    #expect(LexicalModel(bytes + [0]) == nil)
    var damaged = bytes
    for place in [0, 14, 18, 17, 21] {
      damaged = bytes
      damaged[place] ^= 0xFF
      #expect(LexicalModel(damaged) == nil, "byte \(place)")
    }
    damaged = bytes
    // The last number becomes a NaN.
    for offset in 1...4 { damaged[damaged.count - offset] = 0xFF }
    #expect(LexicalModel(damaged) == nil)
  }

  @Test func tinyCorpora() throws {
    let none = try #require(LexicalModel(fitting: []))
    #expect(none.vector(of: "wave") == nil)
    #expect(LexicalModel(none.bytes) != nil)
    let one = try #require(LexicalModel(fitting: [ArtworkText(title: "Wave")]))
    // It is the mean of all works: nothing sets it apart.
    #expect(one.vector(of: ArtworkText(title: "Wave")) == nil)
    let two = try #require(LexicalModel(fitting: [ArtworkText(title: "Wave"), ArtworkText(title: "Lady")]))
    #expect(
      try Self.cosine(two.vector(of: ArtworkText(title: "Wave")), two.vector(of: ArtworkText(title: "Lady")))
        < 0)
  }

  @Test func proseHasWhatIsThere() {
    #expect(Self.works[0].prose == "The Great Wave. Hokusai. sea;boats. A wave over boats")
    #expect(ArtworkText(title: " ", artist: "A").prose == "A")
  }
}
