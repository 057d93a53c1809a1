import CVips
package import Model

/// Derives pictures from image files: details, sizes, turns, thumbnails, as JPEG, PNG or WebP in sRGB without metadata.
///
/// On libvips, as `ImageDecoder`, with the same limits and refusals; and like that it blocks, takes memory and may crash on a
/// crafted file: it belongs in a worker process. What of a file is read is as little as its format allows: JPEG and WebP are
/// shrunk while they are decoded, of JPEG 2000 and of TIFF pyramids a smaller level is taken, of tiled TIFF only the tiles of the
/// region; other formats stream past from the top to the region's end. The picture that is made is held whole: 3 or 4 bytes a
/// pixel, twice that from 16-bit files.
package struct PictureRenderer: Sendable {
  private let decoder: ImageDecoder

  /// Starts libvips in this process, if that has not been done.
  package init(limits: ImagingLimits) throws(ImagingError) {
    decoder = try ImageDecoder(limits: limits)
  }

  /// The picture as an encoded file.
  ///
  /// JPEG is baseline of quality 85, with what is transparent on white; WebP of quality 80 (bitonal: lossless) and PNG keep
  /// transparency, also that of corners which turning leaves. Edges of a region lie within a quarter of a pixel of the result.
  ///
  /// - Parameter bytes: the whole file.
  /// - Throws: what `ImageDecoder` throws for the file; `.outside` where the crop isn't inside the picture, and `.tooLarge` where
  ///   the format has no such sizes.
  package func render(_ rendering: Rendering, of bytes: Span<UInt8>) throws(ImagingError) -> [UInt8] {
    try render(rendering, of: bytes, header: decoder.header(of: bytes))
  }

  /// The whole picture, at most `side` pixels on the long side and never enlarged.
  ///
  /// - Parameters:
  ///   - bytes: the whole file.
  ///   - side: 1 to `Rendering.maximumSide`.
  package func thumbnail(
    of bytes: Span<UInt8>, side: Int, format: Rendering.Format = .jpg
  ) throws(ImagingError) -> [UInt8] {
    let header = try decoder.header(of: bytes)
    let rendering = Rendering(thumbnailOf: header.width, header.height, side: side, format: format)
    return try render(rendering, of: bytes, header: header)
  }

  private func render(
    _ rendering: Rendering, of bytes: Span<UInt8>, header: ImageHeader
  ) throws(ImagingError) -> [UInt8] {
    let crop = rendering.crop
    guard crop.x <= header.width - crop.width, crop.y <= header.height - crop.height else {
      throw ImagingError(
        .outside, "the region lies outside the picture, which has \(header.width) x \(header.height) pixels")
    }
    let longest = rendering.format.longestSide
    // The diagonal, if it may be turned freely.
    let isFree = rendering.degrees.truncatingRemainder(dividingBy: 90) != 0
    let side =
      isFree ? rendering.width + rendering.height : max(rendering.width, rendering.height)
    guard side <= longest else {
      throw ImagingError(
        .tooLarge, "\(rendering.format.rawValue) has no sides of more than \(longest) pixels")
    }
    return try decoder.encoded(request(rendering, bytes, header), of: bytes, format: header.format)
  }

  /// What the shim is asked for: in terms of the picture as it is stored.
  private func request(
    _ rendering: Rendering, _ bytes: Span<UInt8>, _ header: ImageHeader
  ) -> morelli_vips_rendering {
    let crop = StoredOrientation(header).stored(rendering.crop)
    let isSwapped = header.orientation >= 5
    let tiff = header.format == .tiff ? TIFFDirectory(firstOf: bytes) : nil
    let canPick = header.format == .jp2 || tiff?[.tileOffsets] != nil
    let isPart = crop.width < header.storedWidth || crop.height < header.storedHeight
    return morelli_vips_rendering(
      channels: Int32(header.format == .tiff ? TIFFSamples(bytes)?.keptChannels ?? 0 : 0),
      crop: morelli_vips_box(
        left: Int32(crop.x), top: Int32(crop.y), width: Int32(crop.width), height: Int32(crop.height)),
      width: Int32(isSwapped ? rendering.height : rendering.width),
      height: Int32(isSwapped ? rendering.width : rendering.height),
      is_tiled: isPart && canPick ? 1 : 0,
      mirrored: rendering.mirrored ? 1 : 0, degrees: rendering.degrees, quality: rendering.quality.vips,
      format: rendering.format.vips)
  }
}

extension Rendering.Format {
  fileprivate var vips: morelli_vips_format {
    switch self {
    case .jpg: MORELLI_VIPS_JPEG
    case .png: MORELLI_VIPS_PNG
    case .webp: MORELLI_VIPS_WEBP
    }
  }

  /// That its encoder writes, in pixels.
  fileprivate var longestSide: Int {
    switch self {
    case .jpg: 65_500
    case .png: Rendering.maximumSide
    case .webp: 16_383
    }
  }
}

extension Rendering.Quality {
  fileprivate var vips: morelli_vips_quality {
    switch self {
    case .colour: MORELLI_VIPS_COLOUR
    case .grey: MORELLI_VIPS_GREY
    case .bitonal: MORELLI_VIPS_BITONAL
    }
  }
}
