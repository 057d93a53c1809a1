/// Tells an image format by its magic bytes.
package enum ImageSniffer {
  /// What the first bytes say.
  package enum Verdict: Equatable, Sendable {
    /// On the list of formats that Morelli can decode.
    case format(ImageFormat)
    /// A known kind of image or document that Morelli does not decode, by its usual name.
    case foreign(String)
    /// No image that is known here.
    case unknown
  }

  /// How many leading bytes `sniff` looks at.
  package static let prefixLength = 1024

  /// - Parameter prefix: the first bytes of the file; `prefixLength` of them suffice.
  package static func sniff(_ prefix: [UInt8]) -> Verdict {
    if let format = isoMediaFormat(prefix) { return format }
    for (format, magic) in magics where prefix.starts(with: magic) { return .format(format) }
    if prefix.starts(with: ascii("RIFF")), prefix.dropFirst(8).starts(with: ascii("WEBP")) {
      return .format(.webp)
    }
    for (name, magic) in foreignMagics where prefix.starts(with: magic) { return .foreign(name) }
    return isSVG(prefix) ? .format(.svg) : .unknown
  }

  private static let magics: [(ImageFormat, [UInt8])] = [
    (.jpeg, [0xFF, 0xD8, 0xFF]),
    (.png, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    (.tiff, [0x49, 0x49, 0x2A, 0x00]),
    (.tiff, [0x4D, 0x4D, 0x00, 0x2A]),
    (.tiff, [0x49, 0x49, 0x2B, 0x00]),  // BigTIFF
    (.tiff, [0x4D, 0x4D, 0x00, 0x2B]),
    (.gif, ascii("GIF87a")),
    (.gif, ascii("GIF89a")),
    (.jp2, [0, 0, 0, 0x0C, 0x6A, 0x50, 0x20, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    (.jp2, [0xFF, 0x4F, 0xFF, 0x51]),  // bare codestream
    (.jxl, [0, 0, 0, 0x0C, 0x4A, 0x58, 0x4C, 0x20, 0x0D, 0x0A, 0x87, 0x0A]),
    (.jxl, [0xFF, 0x0A]),  // bare codestream
    (.psd, ascii("8BPS") + [0, 1]),
  ]

  private static let foreignMagics: [(String, [UInt8])] = [
    ("PDF", ascii("%PDF-")),
    ("PSB (large Photoshop document)", ascii("8BPS") + [0, 2]),
    ("BMP", ascii("BM")),
    ("OpenEXR", [0x76, 0x2F, 0x31, 0x01]),
    ("Radiance HDR", ascii("#?RADIANCE")),
    ("Radiance HDR", ascii("#?RGBE")),
    ("FITS", ascii("SIMPLE  =")),
    ("Windows icon", [0, 0, 1, 0]),
    ("DjVu", ascii("AT&TFORM")),
    ("Canon CRW", [0x49, 0x49, 0x1A, 0x00]),
    ("Olympus ORF", ascii("IIRO")), ("Olympus ORF", ascii("IIRS")), ("Olympus ORF", ascii("MMOR")),
    ("Panasonic RW2", [0x49, 0x49, 0x55, 0x00]),
    ("Fujifilm RAF", ascii("FUJIFILMCCD-RAW")),
    ("PNM", ascii("P4\n")), ("PNM", ascii("P5\n")), ("PNM", ascii("P6\n")), ("PFM", ascii("PF\n")),
    ("gzip-compressed file, such as SVGZ", [0x1F, 0x8B]),
  ]

  /// HEIF and AVIF share the ISO base media container with video: the brand decides
  /// (ISO/IEC 23008-12, AV1 Image File Format).
  private static func isoMediaFormat(_ prefix: [UInt8]) -> Verdict? {
    guard prefix.count >= 12, prefix[4..<8].elementsEqual(ascii("ftyp")) else { return nil }
    let length = prefix[..<4].reduce(0) { $0 << 8 | Int($1) }
    let end = min(max(length, 12), prefix.count, 256)
    let brands = [8..<12] + stride(from: 16, through: end - 4, by: 4).map { $0..<($0 + 4) }
    let names = brands.map { String(decoding: prefix[$0], as: UTF8.self) }
    if names.contains(where: { ["avif", "avis"].contains($0) }) { return .format(.avif) }
    if names.contains(where: {
      ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"].contains($0)
    }) {
      return .format(.heif)
    }
    return .foreign(names[0] == "crx " ? "Canon CR3" : "ISO media file (\(printable(names[0])))")
  }

  private static func isSVG(_ prefix: [UInt8]) -> Bool {
    let text = String(decoding: prefix, as: UTF8.self).lowercased()
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return
      (start.hasPrefix("<?xml") || start.hasPrefix("<!--") || start.hasPrefix("<!doctype svg")
      || start.hasPrefix("<svg")) && start.contains("<svg")
  }

  private static func printable(_ brand: String) -> String {
    String(brand.unicodeScalars.map { $0.isASCII && $0.value >= 32 ? Character($0) : "?" })
  }

  private static func ascii(_ text: StaticString) -> [UInt8] {
    Array(text.description.utf8)
  }
}
