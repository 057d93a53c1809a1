import Imaging
import Testing

extension Decoding {
  struct LimitTests {
    /// 64 × 48 in three channels, unless the name says more.
    private func refusal(of name: String, _ limits: ImagingLimits) throws -> ImagingError.Code? {
      try ImageDecoder(limits: limits).refusal(of: Fixture.bytes("good/" + name))
    }

    @Test("a limit is the largest that passes, one less refuses")
    func boundaries() throws {
      let size = try Fixture.bytes("good/png-rgb8.png").count
      #expect(try refusal(of: "png-rgb8.png", ImagingLimits(pixels: 64 * 48, side: 64, bytes: size)) == nil)
      #expect(try refusal(of: "png-rgb8.png", ImagingLimits(pixels: 64 * 48 - 1)) == .tooLarge)
      #expect(try refusal(of: "png-rgb8.png", ImagingLimits(side: 63)) == .tooLarge)
      #expect(try refusal(of: "jpeg-orientation-6.jpg", ImagingLimits(side: 63)) == .tooLarge)
      #expect(try refusal(of: "png-rgb8.png", ImagingLimits(bytes: size - 1)) == .tooLarge)
    }

    @Test("memory counts for decoders that hold the whole picture")
    func memory() throws {
      let pixels = 64 * 48
      #expect(try refusal(of: "webp-lossless.webp", ImagingLimits(memory: 3 * pixels)) == nil)
      #expect(try refusal(of: "webp-lossless.webp", ImagingLimits(memory: 3 * pixels - 1)) == .tooLarge)
      // Coefficients of 16 bits.
      #expect(try refusal(of: "jpeg-progressive.jpg", ImagingLimits(memory: 6 * pixels)) == nil)
      #expect(try refusal(of: "jpeg-progressive.jpg", ImagingLimits(memory: 6 * pixels - 1)) == .tooLarge)
      #expect(try refusal(of: "png-interlaced.png", ImagingLimits(memory: 3 * pixels - 1)) == .tooLarge)
      // These two stream.
      #expect(try refusal(of: "jpeg-baseline-444.jpg", ImagingLimits(memory: 1)) == nil)
      #expect(try refusal(of: "png-rgb8.png", ImagingLimits(memory: 1)) == nil)
    }

    @Test("a GIF's canvas counts, however small its frame")
    func canvas() throws {
      #expect(try refusal(of: "gif-frame-smaller-than-canvas.gif", ImagingLimits(side: 128)) == nil)
      #expect(try refusal(of: "gif-frame-smaller-than-canvas.gif", ImagingLimits(side: 127)) == .tooLarge)
    }

    @Test(
      "a format that is taken off the list is unsupported",
      arguments: [
        (ImageFormat.jpeg, "jpeg-baseline-444.jpg"), (.png, "png-rgb8.png"), (.tiff, "tiff-rgb8.tif"),
        (.webp, "webp-lossy.webp"), (.gif, "gif-static.gif"), (.heif, "heic.heic"), (.avif, "avif.avif"),
        (.jp2, "jp2.jp2"), (.jxl, "jxl-lossy.jxl"), (.psd, "psd.psd"),
      ])
    func switchedOff(_ format: ImageFormat, _ name: String) throws {
      let others = ImageFormat.allowedByDefault.subtracting([format])
      #expect(try refusal(of: name, ImagingLimits(formats: others)) == .unsupported)
      #expect(try refusal(of: name, ImagingLimits(formats: [format])) == nil)
    }

    @Test("all but SVG are allowed unless the settings say otherwise")
    func defaults() {
      #expect(ImagingLimits().formats == Set(ImageFormat.allCases).subtracting([.svg]))
    }
  }
}
