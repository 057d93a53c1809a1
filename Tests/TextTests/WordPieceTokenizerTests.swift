import Foundation
import TestSupport
import Testing
import Text

/// Tokens to the number as Hugging Face's tokenizers have them.
@Suite struct WordPieceTokenizerTests {
  struct Case: Decodable, CustomTestStringConvertible {
    let text: String
    let small, full: [Int32]
    var testDescription: String { String(text.prefix(30)) }
  }

  private func vocabulary(_ pieces: String...) throws -> WordPieceVocabulary {
    try #require(
      WordPieceVocabulary(Array((["[UNK]", "[CLS]", "[SEP]"] + pieces).joined(separator: "\n").utf8)))
  }

  @Test func oddTextsInASmallVocabulary() throws {
    let cases: [Case] = try EncoderGolden.decode("tokens.json")
    #expect(cases.count >= 60)
    let pieces = try #require(WordPieceVocabulary(Array(EncoderGolden.data("vocabulary.txt"))))
    let tokenizer = WordPieceTokenizer(pieces, maximumTokens: 24)
    for item in cases { #expect(tokenizer.tokens(of: item.text) == item.small, "\(item.text.prefix(40))") }
  }

  @Test(.enabled(if: EncoderGolden.published != nil, "the text model is not there"))
  func oddTextsInTheModelsVocabulary() throws {
    let cases: [Case] = try EncoderGolden.decode("tokens.json")
    let folder = try #require(EncoderGolden.published).folder
    let pieces = try #require(
      WordPieceVocabulary(Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/vocab.txt")))))
    #expect(pieces.count == 30_522)
    let tokenizer = WordPieceTokenizer(pieces, maximumTokens: 256)
    for item in cases { #expect(tokenizer.tokens(of: item.text) == item.full, "\(item.text.prefix(40))") }
  }

  /// What becomes of a character between two letters; every one of the first two planes, and at all borders beyond.
  @Test func everyCharacter() throws {
    enum Kind { case gone, space, alone, letter }
    let tokenizer = WordPieceTokenizer(try vocabulary("x", "##x"), maximumTokens: 8)
    func kind(_ code: UInt32) -> Kind? {
      guard let scalar = Unicode.Scalar(code) else { return nil }
      switch tokenizer.tokens(of: "x\(scalar)x").dropFirst().dropLast() {
      case [3, 4]: return .gone
      case [3, 3]: return .space
      case [3, 0, 3]: return .alone
      default: return .letter
      }
    }
    var expected = [Kind](repeating: .letter, count: 0x110000)
    var codes = Set(0...0x1FFFF)
    for line in String(decoding: try EncoderGolden.data("characters.txt"), as: UTF8.self).split(
      separator: "\n")
    {
      let parts = line.split(separator: " ")
      let first = try #require(Int(parts[0], radix: 16))
      let last = try #require(Int(parts[1], radix: 16))
      let kind: Kind =
        switch parts[2] {
        case "dropped", "mark": .gone
        case "space": .space
        default: .alone
        }
      for code in first...last { expected[code] = kind }
      codes.formUnion([max(0, first - 1), first, last, min(0x10FFFF, last + 1)])
    }
    let different = codes.filter { code in kind(UInt32(code)).map { $0 != expected[code] } ?? false }
    #expect(different.isEmpty, "\(different.sorted().prefix(20).map { String($0, radix: 16) })")
  }

  @Test func theLongestPieceWins() throws {
    let tokenizer = WordPieceTokenizer(
      try vocabulary("un", "unaff", "##aff", "##able", "##a", "##ble", "日"), maximumTokens: 10)
    #expect(tokenizer.tokens(of: "unaffable") == [1, 4, 6, 2])
    #expect(tokenizer.tokens(of: "unable") == [1, 3, 6, 2])
    // What can't be cut to the end is unknown as a whole.
    #expect(tokenizer.tokens(of: "unafraid") == [1, 0, 2])
    // A piece that goes on a word is none that begins it.
    #expect(tokenizer.tokens(of: "able") == [1, 0, 2])
    #expect(tokenizer.tokens(of: "un日un") == [1, 3, 9, 3, 2])
  }

  @Test func optionsOfOtherModels() throws {
    let pieces = try vocabulary("Café", "café", "cafe", "日", "日本")
    var options = WordPieceTokenizer.Options()
    options.stripsAccents = false
    #expect(WordPieceTokenizer(pieces, options: options, maximumTokens: 9).tokens(of: "Café") == [1, 4, 2])
    options.lowercases = false
    #expect(WordPieceTokenizer(pieces, options: options, maximumTokens: 9).tokens(of: "Café") == [1, 3, 2])
    options.separatesHan = false
    #expect(WordPieceTokenizer(pieces, options: options, maximumTokens: 9).tokens(of: "日本") == [1, 7, 2])
    #expect(WordPieceTokenizer(pieces, maximumTokens: 9).tokens(of: "日本 Café") == [1, 6, 0, 5, 2])
  }

  @Test func longTextsAreCutAndTakeNoTime() throws {
    let pieces = try vocabulary("a", "##a")
    let tokenizer = WordPieceTokenizer(pieces, maximumTokens: 5)
    #expect(tokenizer.tokens(of: String(repeating: "a ", count: 5_000_000)) == [1, 3, 3, 3, 2])
    #expect(tokenizer.tokens(of: "aaaaaaaa") == [1, 3, 4, 4, 2])
    #expect(WordPieceTokenizer(pieces, maximumTokens: 2).tokens(of: "a a a") == [1, 2])
    // Words go on over the parts that a text is looked at in: 3,000 letters are one unknown word.
    #expect(tokenizer.tokens(of: String(repeating: "a", count: 3000) + " a") == [1, 0, 3, 2])
  }

  @Test func vocabulariesThatAreNone() {
    #expect(WordPieceVocabulary([]) == nil)
    #expect(WordPieceVocabulary(Array("[CLS]\n[SEP]\nx\n".utf8)) == nil)
    #expect(WordPieceVocabulary([0xFF, 0xFE, 0x0A, 0]) == nil)
    #expect(WordPieceVocabulary(Array("[CLS]\r\n[SEP]\r\n[UNK]\r\nx\r\n".utf8))?.count == 4)
  }

  /// Whatever a text holds: tokens of the vocabulary, between the first and the last.
  @Test func anyText() throws {
    let pieces = try #require(WordPieceVocabulary(Array(EncoderGolden.data("vocabulary.txt"))))
    let tokenizer = WordPieceTokenizer(pieces, maximumTokens: 30)
    var numbers = SeededGenerator(seed: 2)
    for _ in 0..<300 {
      let bytes = (0..<Int.random(in: 0...200, using: &numbers)).map { _ in
        UInt8.random(in: 0...255, using: &numbers)
      }
      let tokens = tokenizer.tokens(of: String(decoding: bytes, as: UTF8.self))
      #expect((2...30).contains(tokens.count))
      #expect(tokens.allSatisfy { (0..<Int32(pieces.count)).contains($0) })
    }
  }
}
