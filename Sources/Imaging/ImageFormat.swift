/// The image formats on Morelli's allow-list, told apart by their first bytes, never by a file's name.
package enum ImageFormat: String, CaseIterable, Sendable, Codable, Hashable {
  case jpeg, png, tiff, webp, gif, heif, avif, jp2, jxl, psd, svg

  /// Allowed unless the settings say otherwise: all but SVG, whose references can reach other files.
  package static let allowedByDefault = Set(allCases).subtracting([.svg])

  /// As people write it.
  package var label: String {
    switch self {
    case .jpeg: "JPEG"
    case .png: "PNG"
    case .tiff: "TIFF"
    case .webp: "WebP"
    case .gif: "GIF"
    case .heif: "HEIF"
    case .avif: "AVIF"
    case .jp2: "JPEG 2000"
    case .jxl: "JPEG XL"
    case .psd: "PSD"
    case .svg: "SVG"
    }
  }

  /// Class names of libvips' loaders from memory. PSD goes through ImageMagick, which would take many other
  /// formats too: what may reach it is decided by `ImageSniffer` before libvips sees a byte.
  var loaders: [String] {
    switch self {
    case .jpeg: ["VipsForeignLoadJpegBuffer"]
    case .png: ["VipsForeignLoadPngBuffer"]
    case .tiff: ["VipsForeignLoadTiffBuffer"]
    case .webp: ["VipsForeignLoadWebpBuffer"]
    case .gif: ["VipsForeignLoadNsgifBuffer"]
    case .heif, .avif: ["VipsForeignLoadHeifBuffer"]
    case .jp2: ["VipsForeignLoadJp2kBuffer"]
    case .jxl: ["VipsForeignLoadJxlBuffer"]
    case .psd: ["VipsForeignLoadMagickBuffer", "VipsForeignLoadMagick7Buffer"]
    case .svg: ["VipsForeignLoadSvgBuffer"]
    }
  }

  /// The decoder holds the whole picture in memory, whatever size is asked for.
  var decodesWhole: Bool {
    switch self {
    case .jpeg, .png, .tiff, .svg: false
    case .webp, .gif, .heif, .avif, .jp2, .jxl, .psd: true
    }
  }
}
