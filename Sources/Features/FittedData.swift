internal import CFeatureData

/// Numbers fitted on training art and built into the program: see `tools/fit-blocks`.
enum FittedData {
  case colour, texture, shape, shapeWords, traits

  /// The bytes, four in a word, the first byte the lowest.
  var words: [UInt32] {
    (0..<cfeaturedata_word_count(file)).map { cfeaturedata_word(file, $0) }
  }

  private var file: cfeaturedata_file {
    switch self {
    case .colour: CFEATUREDATA_COLOUR
    case .texture: CFEATUREDATA_TEXTURE
    case .shape: CFEATUREDATA_SHAPE
    case .shapeWords: CFEATUREDATA_SHAPE_WORDS
    case .traits: CFEATUREDATA_TRAITS
    }
  }
}
