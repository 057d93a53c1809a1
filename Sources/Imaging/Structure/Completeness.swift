/// What a file's own structure says of its end.
///
/// Decoders differ in what they forgive: some fill in grey without a word. What each format says of its own
/// length is cheap to check and the same for all. Every check takes time linear in the file, whatever is in it.
enum Completeness {
  /// No byte that the structure asks for is missing. The file may still be damaged.
  case whole
  /// The structure asks for bytes beyond the file's end.
  case truncated
  /// The format does not say where it ends: only its decoder finds out.
  case untold

  init(of bytes: Span<UInt8>, as format: ImageFormat) {
    switch format {
    case .jpeg: self = JPEGStructure.completeness(bytes)
    case .png: self = PNGStructure.completeness(bytes)
    case .tiff: self = TIFFStructure.completeness(bytes)
    case .webp: self = WebPStructure.completeness(bytes)
    case .gif: self = GIFStructure.completeness(bytes)
    case .heif, .avif: self = HEIFStructure.completeness(bytes)
    case .jp2: self = JPEG2000Structure.completeness(bytes)
    case .jxl: self = JPEGXLStructure.completeness(bytes)
    case .psd: self = PSDStructure.completeness(bytes)
    case .svg: self = .whole  // XML without its end is refused by the parser.
    }
  }
}
