/// The pieces of words that a model knows (a `vocab.txt`: one a line, numbered from 0).
package struct WordPieceVocabulary: Sendable {
  /// Compared byte by byte: two spellings of one character are two pieces, where strings would be equal.
  private let numbers: [ArraySlice<UInt8>: Int32]
  /// What stands for the beginning and the end of a text, and for what is not known.
  let beginning, end, unknown: Int32
  /// Pieces that a text can name: `[MASK]` and the like.
  let special: [(bytes: [UInt8], number: Int32)]
  /// One more than the highest number.
  package let count: Int
  /// The bytes of the longest piece.
  let longest: Int

  /// - Parameter bytes: the whole file.
  /// - Returns: nil when it has no `[CLS]`, `[SEP]` or `[UNK]`.
  package init?(_ bytes: [UInt8]) {
    var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var numbers: [ArraySlice<UInt8>: Int32] = Dictionary(minimumCapacity: lines.count)
    var longest = 0
    for (number, line) in lines.enumerated() {
      let piece = line.last == 0x0D ? line.dropLast() : line
      numbers[piece] = Int32(clamping: number)
      longest = max(longest, piece.count)
    }
    func number(_ name: String) -> Int32? { numbers[Array(name.utf8)[...]] }
    guard let beginning = number("[CLS]"), let end = number("[SEP]"), let unknown = number("[UNK]") else {
      return nil
    }
    self.beginning = beginning
    self.end = end
    self.unknown = unknown
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { name in
      number(name).map { (Array(name.utf8), $0) }
    }
    self.numbers = numbers
    self.longest = longest
    count = lines.count
  }

  /// The number of a piece; that of one which continues a word is asked for with `##` before it.
  subscript(piece: ArraySlice<UInt8>) -> Int32? { numbers[piece] }
}
