/// What the samples of a TIFF file's first picture are (TIFF revision 6.0, sections 3–8, 16–23).
struct TIFFSamples {
  private let bits, format, compression: Int
  /// How many of a pixel's samples are colour and alpha, if more follow, such as saved selections and spot inks.
  /// nil if none do.
  let keptChannels: Int?

  /// nil if the first directory can't be read.
  init?(_ bytes: Span<UInt8>) {
    guard let first = TIFFDirectory(firstOf: bytes) else { return nil }
    bits = first.value(bytes, .bitsPerSample) ?? 1
    format = first.value(bytes, .sampleFormat) ?? 1
    compression = first.value(bytes, .compression) ?? 1
    let samples = first.value(bytes, .samplesPerPixel) ?? 1
    let colours = Self.colours(photometric: first.value(bytes, .photometricInterpretation), samples)
    // Without a word about it, a single further sample is alpha to all readers.
    let further = first.value(bytes, .extraSamples) ?? (samples == colours + 1 ? 2 : 0)
    let hasAlpha = further == 1 || further == 2
    let kept = colours + (hasAlpha ? 1 : 0)
    keptChannels = samples > kept ? kept : nil
  }

  /// What libvips or libtiff can't decode, in words; nil if they can.
  var unsupportedKind: String? {
    switch (bits, format, compression) {
    case (_, _, 33003...33005), (_, _, 34712): "JPEG 2000 inside"
    case (_, _, 34892), (_, _, 50002), (_, _, 52546): "JPEG XL or lossy DNG inside"
    case (32, 3, _): nil
    case (_, 3, _): "\(bits)-bit floating-point samples"
    case (1, _, _), (2, _, _), (4, _, _), (8, _, _), (16, _, _), (32, _, _): nil
    default: "\(bits)-bit samples"
    }
  }

  /// Samples of a pixel that are colour.
  private static func colours(photometric: Int?, _ samples: Int) -> Int {
    switch photometric {
    case 2, 6, 8: min(3, samples)  // RGB, YCbCr, Lab
    case 5: min(4, samples)  // separated; inks beyond CMYK are left out
    default: 1
    }
  }
}
