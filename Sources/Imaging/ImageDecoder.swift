import CVips
package import Model

/// Turns the bytes of an image file into its header and its working image, on libvips.
///
/// Everything here blocks, and a crafted file may crash or hang it: `Ingest` calls it in worker processes.
package struct ImageDecoder: Sendable {
  package let limits: ImagingLimits

  /// Starts libvips in this process, and unblocks the loaders of the allowed formats.
  package init(limits: ImagingLimits) throws(ImagingError) {
    self.limits = limits
    guard LibVips.start(formats: limits.formats) else {
      throw ImagingError(.unsupported, "libvips can't be started in this process")
    }
  }

  /// The header of the first page, checked against the limits.
  ///
  /// - Parameter bytes: the whole file.
  package func header(of bytes: Span<UInt8>) throws(ImagingError) -> ImageHeader {
    let format = try allowedFormat(of: bytes)
    // A GIF's canvas may be far larger than its frames, and must be there at all.
    if format == .gif, let canvas = GIFStructure.canvas(bytes) {
      try limits.check(canvas.width, canvas.height)
    }
    // What libvips would read it with must be what the magic promised, before it does: ImageMagick reads much more
    // than PSD.
    guard let loader = loaderName(for: bytes), format.loaders.contains(loader) else {
      throw failure(
        format, Completeness(of: bytes, as: format), "it starts like \(format.label) but does not read as one"
      )
    }
    var raw = morelli_vips_header()
    let failed = unsafe bytes.withUnsafeBytes { file in
      unsafe withReason { unsafe morelli_vips_read_header(file.baseAddress, file.count, &raw, $0, $1) }
    }
    if let failed { throw failure(format, Completeness(of: bytes, as: format), failed) }
    let header = ImageHeader(
      format: format, storedWidth: Int(raw.width), storedHeight: Int(raw.height),
      orientation: (1...8).contains(raw.orientation) ? Int(raw.orientation) : 1, pages: max(1, Int(raw.pages))
    )
    try limits.check(header.storedWidth, header.storedHeight)
    try checkMemory(header, raw)
    return header
  }

  /// The picture as extractors see it. Truncated and damaged data are errors, not half-grey images.
  ///
  /// - Parameter bytes: the whole file.
  package func workingImage(of bytes: Span<UInt8>, format: ImageFormat) throws(ImagingError) -> WorkingImage {
    let picture = try decoded(bytes, format: format, side: WorkingImage.maximumSide)
    return WorkingImage(width: picture.width, height: picture.height, pixels: picture.pixels)
  }

  /// A part of the picture as extractors see a whole one: decoded as large as it takes for the part to have the working image's
  /// size, as far as the file has so many pixels (and up to `largestSide` on the whole picture's long side).
  ///
  /// - Throws: `.outside` where the region has nothing of the picture, and all that `workingImage(of:format:)` throws.
  package func detail(
    _ region: PictureRegion, of bytes: Span<UInt8>, header: ImageHeader
  ) throws(ImagingError) -> WorkingImage {
    guard let whole = region.box(width: header.width, height: header.height) else {
      throw ImagingError(
        .outside,
        "the region \(region.text) lies outside the picture, which has \(header.width) x \(header.height) pixels"
      )
    }
    let scale = min(1, Double(WorkingImage.maximumSide) / Double(max(whole.width, whole.height)))
    let side = (scale * Double(max(header.width, header.height))).rounded(.up)
    let picture = try decoded(bytes, format: header.format, side: min(Self.largestSide, max(1, Int(side))))
    let shrunk = Double(max(picture.width, picture.height)) / Double(max(header.width, header.height))
    guard let box = region.box(width: picture.width, height: picture.height, scale: shrunk) else {
      throw ImagingError(.outside, "the region \(region.text) is too small to be seen")
    }
    // Rounding may give one pixel too many.
    let (width, height) = (
      min(box.width, WorkingImage.maximumSide), min(box.height, WorkingImage.maximumSide)
    )
    var pixels: [UInt8] = []
    pixels.reserveCapacity(3 * width * height)
    for y in box.y..<box.y + height {
      let start = 3 * (y * picture.width + box.x)
      pixels += picture.pixels[start..<start + 3 * width]
    }
    return WorkingImage(width: width, height: height, pixels: pixels)
  }

  /// A picture that a detail is taken from is decoded no larger: 200 megabytes.
  private static let largestSide = 8192

  /// Upright 8-bit sRGB, at most `side` pixels on the long side.
  private func decoded(
    _ bytes: Span<UInt8>, format: ImageFormat, side: Int
  ) throws(ImagingError) -> (width: Int, height: Int, pixels: [UInt8]) {
    let completeness = Completeness(of: bytes, as: format)
    guard completeness != .truncated else {
      throw ImagingError(.truncated, "the file ends before the picture does")
    }
    var decoded = unsafe morelli_vips_pixels()
    let channels = format == .tiff ? TIFFSamples(bytes)?.keptChannels ?? 0 : 0
    var request = morelli_vips_request(side: Int32(side), channels: Int32(channels))
    let failed = unsafe bytes.withUnsafeBytes { file in
      unsafe withReason {
        unsafe morelli_vips_decode(file.baseAddress, file.count, &request, &decoded, $0, $1)
      }
    }
    if let failed { throw failure(format, completeness, failed) }
    defer { unsafe morelli_vips_pixels_free(&decoded) }
    let (width, height) = unsafe (Int(decoded.width), Int(decoded.height))
    return (width, height, unsafe [UInt8](UnsafeBufferPointer(start: decoded.rgb, count: 3 * width * height)))
  }

  /// The picture that `request` derives from the file, as an encoded file.
  func encoded(
    _ request: morelli_vips_rendering, of bytes: Span<UInt8>, format: ImageFormat
  ) throws(ImagingError) -> [UInt8] {
    let completeness = Completeness(of: bytes, as: format)
    guard completeness != .truncated else {
      throw ImagingError(.truncated, "the file ends before the picture does")
    }
    var (request, encoded) = unsafe (request, morelli_vips_encoded())
    let failed = unsafe bytes.withUnsafeBytes { file in
      unsafe withReason {
        unsafe morelli_vips_render(file.baseAddress, file.count, &request, &encoded, $0, $1)
      }
    }
    if let failed { throw failure(format, completeness, failed) }
    defer { unsafe morelli_vips_encoded_free(&encoded) }
    return unsafe [UInt8](UnsafeBufferPointer(start: encoded.bytes, count: encoded.count))
  }

  private func allowedFormat(of bytes: Span<UInt8>) throws(ImagingError) -> ImageFormat {
    guard bytes.count > 0 else { throw ImagingError(.notAnImage, "the file is empty") }
    guard bytes.count <= limits.bytes else {
      throw ImagingError(.tooLarge, "\(bytes.count) bytes, the limit is \(limits.bytes)")
    }
    let prefix = (0..<min(bytes.count, ImageSniffer.prefixLength)).map { bytes[$0] }
    switch ImageSniffer.sniff(prefix) {
    case .format(let format) where limits.formats.contains(format):
      try refuseUnsupportedKind(format, bytes)
      return format
    case .format(let format):
      throw ImagingError(.unsupported, "\(format.label) is switched off in the settings")
    case .foreign(let name): throw ImagingError(.unsupported, "\(name) is not a format that Morelli decodes")
    case .unknown: throw ImagingError(.notAnImage, "the contents are no image that Morelli knows")
    }
  }

  /// Formats are frames for much that is not in them when their specifications are read to the letter.
  private func refuseUnsupportedKind(_ format: ImageFormat, _ bytes: Span<UInt8>) throws(ImagingError) {
    let kind: String? =
      switch format {
      case .tiff: TIFFSamples(bytes)?.unsupportedKind
      case .psd: PSDStructure.unsupportedKind(bytes)
      default: nil
      }
    if format == .tiff, let raw = CameraRaw.kind(bytes) {
      throw ImagingError(.unsupported, "camera raw (\(raw)) is not a format that Morelli decodes")
    }
    if let kind {
      throw ImagingError(.unsupported, "\(format.label) with \(kind) is not a format that Morelli decodes")
    }
  }

  /// A progressive JPEG keeps 16-bit coefficients of the whole picture; other decoders keep its pixels.
  private func checkMemory(_ header: ImageHeader, _ raw: morelli_vips_header) throws(ImagingError) {
    guard header.format.decodesWhole || raw.interlaced != 0 else { return }
    let bytesPerSample = header.format == .jpeg ? 2 : Int(raw.bytes_per_band)
    let needed = header.storedWidth * header.storedHeight * Int(raw.bands) * bytesPerSample
    guard needed <= limits.memory else {
      let kind = raw.interlaced != 0 ? "interlaced \(header.format.label)" : header.format.label
      throw ImagingError(
        .tooLarge,
        "as \(kind) it needs \(needed >> 20) MiB to decode, the limit is \(limits.memory >> 20) MiB")
    }
  }

  /// What a decoder's failure means. Where the structure does not tell, most files that fail have been cut.
  private func failure(_ format: ImageFormat, _ completeness: Completeness, _ reason: String) -> ImagingError
  {
    guard completeness == .whole else {
      let words = reason.isEmpty ? "" : " (\(reason))"
      return ImagingError(.truncated, "the file ends before the picture does\(words)")
    }
    return ImagingError(.corrupt, reason.isEmpty ? "\(format.label) that can't be decoded" : reason)
  }

  /// Runs a libvips call; its message if it failed, one line.
  private func withReason(_ call: (UnsafeMutablePointer<CChar>, Int) -> Int32) -> String? {
    unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 512) { buffer -> String? in
      guard let start = buffer.baseAddress else { return "no memory" }
      unsafe start.initialize(repeating: 0, count: buffer.count)
      guard unsafe call(start, buffer.count) != 0 else { return nil }
      return unsafe String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  private func loaderName(for bytes: Span<UInt8>) -> String? {
    unsafe bytes.withUnsafeBytes { file in
      unsafe morelli_vips_find_loader(file.baseAddress, file.count).map { unsafe String(cString: $0) }
    }
  }
}
