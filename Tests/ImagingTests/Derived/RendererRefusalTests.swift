import Foundation
import Imaging
import Model
import Testing

extension Decoding {
  /// What is not rendered, and thumbnails.
  struct RendererRefusalTests {
    @Test(
      "cut, damaged and foreign files are refused as the decoder refuses them",
      arguments: Fixture.all.filter { !$0.ok && $0.option == nil })
    func badFiles(_ fixture: Fixture) throws {
      let renderer = try PictureRenderer(limits: ImagingLimits())
      let bytes = try fixture.bytes
      let code = renderer.refusal(of: bytes, side: 200)
      #expect(
        try fixture.codes?.contains(#require(code, "it was rendered")) == true, "refused as \(code as Any)")
    }

    @Test("a crop that isn't inside the picture")
    func outside() throws {
      let renderer = try PictureRenderer(limits: ImagingLimits())
      let bytes = try Fixture.bytes("good/jpeg-orientation-6.jpg")
      let header = try ImageDecoder(limits: ImagingLimits()).header(of: bytes.span)
      let (w, h) = (header.width, header.height)
      for box in [
        PictureRegion.Box(x: 1, y: 0, width: w, height: h), .init(x: 0, y: 1, width: w, height: h),
        .init(x: w, y: 0, width: 1, height: 1), .init(x: 0, y: 0, width: h + 20, height: w),
        .init(x: Int.max, y: 0, width: 1, height: 1), .init(x: 1, y: 1, width: Int.max, height: Int.max),
      ] {
        let rendering = try #require(Rendering(crop: box, width: 1, height: 1))
        let code = renderer.refusal(rendering, of: bytes)
        #expect(code == .outside, "\(box)")
      }
    }

    @Test("sides that the format doesn't have")
    func sides() throws {
      let renderer = try PictureRenderer(limits: ImagingLimits())
      let bytes = try Fixture.bytes("good/png-1x1.png")
      let one = PictureRegion.Box(x: 0, y: 0, width: 1, height: 1)
      for (width, degrees, format) in [
        (16_384, 0.0, Rendering.Format.webp), (65_501, 90, .jpg), (65_500, 45, .jpg),
      ] {
        let rendering = try #require(
          Rendering(crop: one, width: width, height: 1, degrees: degrees, format: format))
        let code = renderer.refusal(rendering, of: bytes)
        #expect(code == .tooLarge)
      }
      let long = try #require(Rendering(crop: one, width: 16_383, height: 1, format: .webp))
      #expect(try Rendered(renderer.render(long, of: bytes.span)).header.width == 16_383)
    }

    @Test("pictures over the limits are refused unread")
    func limits() throws {
      let renderer = try PictureRenderer(limits: ImagingLimits(pixels: 1000))
      let bytes = try Fixture.bytes("good/jpeg-700x500.jpg")
      let code = renderer.refusal(of: bytes, side: 10)
      #expect(code == .tooLarge)
    }

    @Test("a picture that its loader gives whole needs no temporary file, whatever its size")
    func noTemporaryFile() throws {
      // 103 MiB of pixels; libvips would put more than 100 aside.
      let large = try Rendered("good/png-rgb8.png", width: 6000, height: 6000, format: .webp)
      let folder = ProcessInfo.processInfo.environment["TMPDIR"]
      unsafe setenv("TMPDIR", "/no/such/folder", 1)
      defer {
        if let folder { unsafe setenv("TMPDIR", folder, 1) } else { unsafe unsetenv("TMPDIR") }
      }
      let rendering = try #require(
        Rendering(crop: .init(x: 5800, y: 5800, width: 100, height: 100), width: 100, height: 100))
      let made = try PictureRenderer(limits: ImagingLimits()).render(rendering, of: large.bytes.span)
      #expect(try Rendered(made).header.width == 100)
    }

    @Test("thumbnails fit, keep the aspect and never enlarge")
    func thumbnails() throws {
      let renderer = try PictureRenderer(limits: ImagingLimits())
      for (name, side, width, height) in [
        ("good/jpeg-700x500.jpg", 128, 128, 91), ("good/jpeg-700x500-orientation-6.jpg", 128, 91, 128),
        ("good/jpeg-700x500.jpg", 1024, 700, 500), ("good/png-4000x1.png", 64, 64, 1),
        ("good/png-1x1.png", 256, 1, 1),
        ("good/tiff-pyramid-pages.tif", 256, 256, 192),
      ] {
        let bytes = try Fixture.bytes(name)
        let header = try Rendered(renderer.thumbnail(of: bytes.span, side: side)).header
        #expect((header.width, header.height) == (width, height), "\(name)")
        #expect(header.format == .jpeg)
      }
    }
  }
}
