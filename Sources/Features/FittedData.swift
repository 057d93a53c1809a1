internal import CFeatureData

/// Numbers fitted on training art and built into the program: see `tools/fit-blocks`.
enum FittedData {
  case colour, texture, shape, shapeWords, traits, embedding

  /// The bytes, four in a word, the first byte the lowest.
  var words: [UInt32] {
    (0..<cfeaturedata_word_count(file)).map { cfeaturedata_word(file, $0) }
  }

  /// All bytes.
  var bytes: [UInt8] {
    let count = cfeaturedata_byte_count(file)
    let words = (0...count / 4).lazy.map { cfeaturedata_word(file, $0) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 4)
    for word in words {
      for shift: UInt32 in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: word >> shift)) }
    }
    bytes.removeSubrange(count...)
    return bytes
  }

  private var file: cfeaturedata_file {
    switch self {
    case .colour: CFEATUREDATA_COLOUR
    case .texture: CFEATUREDATA_TEXTURE
    case .shape: CFEATUREDATA_SHAPE
    case .shapeWords: CFEATUREDATA_SHAPE_WORDS
    case .traits: CFEATUREDATA_TRAITS
    case .embedding: CFEATUREDATA_EMBEDDING
    }
  }
}
