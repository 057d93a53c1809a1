import Foundation

/// Splits a text into the pieces that a BERT model knows (Devlin et al. 2019, doi:10.18653/v1/N19-1423; Wu et al. 2016,
/// arXiv:1609.08144): to the number what the reference, Hugging Face's `tokenizers`, makes of it.
///
/// Control characters are left out, letters made small and their accents taken off, Han characters and punctuation made
/// words of their own; each word is then cut into the longest pieces there are, from the left.
package struct WordPieceTokenizer: Sendable {
  /// How a model wants its texts (`tokenizer_config.json`).
  package struct Options: Hashable, Sendable, Codable {
    package var lowercases = true
    /// Without accents.
    package var stripsAccents = true
    /// Han characters are words of their own.
    package var separatesHan = true

    package init() {}
  }

  /// Longer words, in characters, are unknown.
  private static let longestWord = 100
  /// A text is looked at in parts of about so many characters, so that no more is looked at than needed.
  private static let part = 2048

  package let vocabulary: WordPieceVocabulary
  package let options: Options
  /// The first and the last counted.
  package let maximumTokens: Int

  /// - Precondition: two tokens or more.
  package init(_ vocabulary: WordPieceVocabulary, options: Options = Options(), maximumTokens: Int) {
    precondition(maximumTokens >= 2)
    self.vocabulary = vocabulary
    self.options = options
    self.maximumTokens = maximumTokens
  }

  /// The numbers of a text's pieces, between those of its beginning and its end; a long text is cut off.
  ///
  /// A text without a word has these two alone.
  package func tokens(of text: String) -> [Int32] {
    var tokens = [vocabulary.beginning]
    var part = String.UnicodeScalarView()
    var length = 0
    for scalar in text.unicodeScalars {
      part.append(scalar)
      length += 1
      // Neither a word nor anything that belongs to one goes on beyond a space.
      if length >= Self.part && BERTCharacter.isSpace(scalar) {
        append(String(part), to: &tokens)
        part.removeAll(keepingCapacity: true)
        length = 0
        if tokens.count >= maximumTokens { break }
      }
    }
    append(String(part), to: &tokens)
    tokens.removeLast(max(0, tokens.count - (maximumTokens - 1)))
    tokens.append(vocabulary.end)
    return tokens
  }

  /// Pieces that the text names stand for themselves; the rest is split.
  private func append(_ part: String, to tokens: inout [Int32]) {
    let bytes = Array(part.utf8)
    var start = 0
    var place = 0
    while let bracket = bytes[place...].firstIndex(of: 0x5B) {
      guard let named = vocabulary.special.first(where: { bytes[bracket...].starts(with: $0.bytes) }) else {
        place = bracket + 1
        continue
      }
      appendWords(of: bytes[start..<bracket], to: &tokens)
      tokens.append(named.number)
      start = bracket + named.bytes.count
      place = start
    }
    appendWords(of: bytes[start...], to: &tokens)
  }

  private func appendWords(of bytes: ArraySlice<UInt8>, to tokens: inout [Int32]) {
    var word: [UInt8] = []
    var length = 0
    func close() {
      if length > 0 { appendPieces(of: word, length: length, to: &tokens) }
      word.removeAll(keepingCapacity: true)
      length = 0
    }
    for scalar in normalised(String(decoding: bytes, as: UTF8.self)) {
      let isAlone = BERTCharacter.isPunctuation(scalar)
      if isAlone || BERTCharacter.isSpace(scalar) { close() }
      if BERTCharacter.isSpace(scalar) { continue }
      word.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
      length += 1
      if isAlone { close() }
    }
    close()
  }

  private func normalised(_ text: String) -> String.UnicodeScalarView {
    var scalars = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !BERTCharacter.isDropped(scalar) {
      if options.separatesHan && BERTCharacter.isHan(scalar) {
        scalars.append(contentsOf: [" ", scalar, " "])
      } else {
        scalars.append(BERTCharacter.isSpace(scalar) ? " " : scalar)
      }
    }
    if options.stripsAccents && !text.utf8.allSatisfy({ $0 < 0x80 }) {
      let apart = String(scalars).decomposedStringWithCanonicalMapping
      scalars = String.UnicodeScalarView(apart.unicodeScalars.filter { !BERTCharacter.isMark($0) })
    }
    guard options.lowercases else { return scalars }
    var small = String.UnicodeScalarView()
    for scalar in scalars {
      if scalar.isASCII {
        small.append((0x41...0x5A).contains(scalar.value) ? Unicode.Scalar(UInt8(scalar.value) + 32) : scalar)
      } else {
        small.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return small
  }

  /// - Parameters:
  ///   - word: UTF-8.
  ///   - length: in characters.
  private func appendPieces(of word: [UInt8], length: Int, to tokens: inout [Int32]) {
    let before = tokens.count
    guard length <= Self.longestWord else {
      tokens.append(vocabulary.unknown)
      return
    }
    // `##` stands before the word, and is overwritten by what of the word is done with.
    var bytes: [UInt8] = [0x23, 0x23] + word
    var start = 2
    while start < bytes.count {
      let isContinuation = start > 2
      if isContinuation {
        bytes[start - 2] = 0x23
        bytes[start - 1] = 0x23
      }
      let first = isContinuation ? start - 2 : start
      var end = min(bytes.count, first + vocabulary.longest)
      var number: Int32?
      while end > start {
        // Only where a character ends.
        if end == bytes.count || bytes[end] & 0xC0 != 0x80 { number = vocabulary[bytes[first..<end]] }
        if number != nil { break }
        end -= 1
      }
      guard let number else {
        tokens.removeLast(tokens.count - before)
        tokens.append(vocabulary.unknown)
        return
      }
      tokens.append(number)
      start = end
    }
  }
}
