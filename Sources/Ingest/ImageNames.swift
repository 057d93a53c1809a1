import SystemPackage

/// File names that promise an image. Such a file is always looked at: if it is none, its owner wants to know.
/// Others are passed over unless their first bytes are an image's.
enum ImageNames {
  private static let extensions: Set<String> = [
    // decoded
    "jpg", "jpeg", "jpe", "jfif", "png", "tif", "tiff", "btf", "webp", "gif", "heic", "heif", "hif", "avif",
    "jp2", "j2k", "j2c", "jpf", "jpx", "jpc", "jxl", "psd", "svg",
    // known and refused
    "bmp", "dib", "exr", "hdr", "psb", "svgz", "dng", "cr2", "cr3", "nef", "arw", "orf", "rw2", "raf", "pef",
  ]

  static func looksLikeImage(_ path: FilePath) -> Bool {
    path.extension.map { extensions.contains($0.lowercased()) } ?? false
  }
}
