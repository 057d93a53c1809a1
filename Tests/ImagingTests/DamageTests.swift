import Imaging
import Testing
import TestSupport

extension Decoding {
  struct DamageTests {
    /// Small whole files of every format; each decoder survives these flips within this process.
    private static let names = [
      "jpeg-baseline-420.jpg", "jpeg-progressive.jpg", "jpeg-cmyk-icc.jpg", "png-rgb8.png",
      "png-interlaced.png",
      "png-icc-adobe-rgb.png", "tiff-lzw.tif", "tiff-jpeg.tif", "tiff-tiled.tif", "tiff-lab-icc.tif",
      "tiff-float-rgb.tif", "tiff-bilevel-g4-min-is-black.tif", "tiff-bigtiff.tif", "webp-lossy-alpha.webp",
      "webp-lossless.webp", "gif-static.gif", "gif-animated.gif", "heic.heic", "avif.avif", "jp2.jp2",
      "j2k.j2k",
      "jxl-lossy.jxl", "jxl-container.jxl", "psd.psd", "tiff-cmyk-icc.tif",
    ]
    private static let limits = ImagingLimits(pixels: 1 << 22, side: 1 << 13, memory: 64 << 20)

    @Test("flipped bits give a picture or a refusal", arguments: names)
    func flippedBits(_ name: String) throws {
      let decoder = try ImageDecoder(limits: Self.limits)
      let whole = try Fixture.bytes("good/" + name)
      var random = SeededGenerator(seed: 2026)
      for _ in 0..<80 {
        var bytes = whole
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          // Half of them in the head, where the sizes and the tables stand.
          let end = Bool.random(using: &random) ? bytes.count : min(bytes.count, 256)
          bytes[Int.random(in: 0..<end, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        }
        do throws(ImagingError) {
          let (header, image) = try decoder.picture(bytes)
          #expect(max(image.width, image.height) <= max(1, min(512, max(header.width, header.height))))
        } catch {
          #expect(!error.reason.isEmpty)
        }
      }
    }
  }
}
