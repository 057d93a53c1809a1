/// Camera raw files in the clothes of TIFF: what a TIFF reader finds in them is a preview, or the sensor's mosaic.
enum CameraRaw {
  private static let mosaic = 32803
  private static let linearRaw = 34892

  /// The kind of raw file, nil if it is none that can be told.
  static func kind(_ bytes: Span<UInt8>) -> String? {
    if bytes.holds([0x49, 0x49, 42, 0]) && bytes.holds([0x43, 0x52], at: 8) { return "Canon CR2" }
    guard let first = TIFFDirectory(firstOf: bytes) else { return nil }
    if first[.dngVersion] != nil { return "DNG" }
    let photometric = first.value(bytes, .photometricInterpretation)
    if photometric == mosaic || photometric == linearRaw { return "sensor data" }
    // NEF, ARW and others: the first directory calls itself a reduced picture of one in its sub-directories.
    // In a pyramid it is the other way round.
    let isReduced = (first.value(bytes, .newSubfileType) ?? 0) & 1 == 1
    return isReduced && first[.subDirectories] != nil ? "a preview before sensor data" : nil
  }
}
