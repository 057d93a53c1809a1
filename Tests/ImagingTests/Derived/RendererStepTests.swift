import Imaging
import Model
import Testing

extension Decoding {
  /// Mirroring, turning, qualities, formats.
  struct RendererStepTests {
    private let name = "good/png-rgb8.png"

    @Test("mirroring exchanges left and right, turning is clockwise, and mirroring comes first")
    func turning() throws {
      let image = try Rendered(name).image
      let (w, h) = (image.width, image.height)
      #expect(try Rendered(name, mirrored: true).image == image.moved(w, h) { (w - 1 - $0, $1) })
      #expect(try Rendered(name, degrees: 90).image == image.moved(h, w) { ($1, h - 1 - $0) })
      #expect(try Rendered(name, degrees: 180).image == image.moved(w, h) { (w - 1 - $0, h - 1 - $1) })
      #expect(try Rendered(name, degrees: 270).image == image.moved(h, w) { (w - 1 - $1, $0) })
      #expect(
        try Rendered(name, mirrored: true, degrees: 90).image
          == image.moved(h, w) { (w - 1 - $1, h - 1 - $0) })
    }

    @Test("any other angle: a box that holds all, with clear corners in PNG and WebP and white ones in JPEG")
    func freely() throws {
      // 64 × 48 by 22.5 degrees: 64·cos + 48·sin = 77.5, 64·sin + 48·cos = 68.8.
      for format in Rendering.Format.allCases {
        let made = try Rendered(name, degrees: 22.5, format: format)
        let header = try made.header
        #expect(abs(header.width - 78) <= 1 && abs(header.height - 69) <= 1)
        #expect(try made.image.colour(0, 0).allSatisfy { $0 >= 250 })
        let last = try made.image
        #expect(last.colour(last.width - 1, last.height - 1).allSatisfy { $0 >= 250 })
      }
      // Colour type 6 has alpha (PNG, 11.2.1).
      #expect(try Rendered(name, degrees: 22.5).bytes[25] == 6)
      #expect(try Rendered(name).bytes[25] == 2)
    }

    @Test("a turn is clockwise: what is above comes to the right")
    func clockwise() throws {
      // Light at the top, dark below.
      let strip: [UInt8] = Array(repeating: 255, count: 3 * 40 * 10) + Array(repeating: 0, count: 3 * 40 * 30)
      let file = TIFFFile(width: 40, height: 40, bits: 8, channels: 3, strip: strip)
      let rendering = try #require(
        Rendering(
          crop: .init(x: 0, y: 0, width: 40, height: 40), width: 40, height: 40, degrees: 80, format: .png))
      let image = try Rendered(
        PictureRenderer(limits: ImagingLimits()).render(rendering, of: file.bytes.span)
      ).image
      let middle = image.height / 2
      #expect(image.colour(image.width - 6, middle)[0] > 250 && image.colour(10, middle)[0] < 5)
    }

    @Test("grey has no colour, bitonal is black or white; both keep the light")
    func qualities() throws {
      let colour = try Rendered(name).image
      let grey = try Rendered(name, quality: .grey).image
      let bitonal = try Rendered(name, quality: .bitonal).image
      for start in stride(from: 0, to: grey.pixels.count, by: 3) {
        let light = grey.pixels[start]
        #expect(grey.pixels[start + 1] == light && grey.pixels[start + 2] == light)
        #expect(bitonal.pixels[start] == (light >= 128 ? 255 : 0))
        let bands = colour.pixels[start..<start + 3]
        #expect(Int(light) >= Int(bands.min() ?? 0) - 1 && Int(light) <= Int(bands.max() ?? 255) + 1)
      }
      // One band of eight bits, and of one.
      #expect(try Rendered(name, quality: .grey).bytes[24...25] == [8, 0])
      #expect(try Rendered(name, quality: .bitonal).bytes[24...25] == [1, 0])
      for format in [Rendering.Format.jpg, .webp] {
        let seen = try Rendered(name, quality: .bitonal, format: format).image
        #expect(try #require(seen.meanDifference(from: bitonal)) <= 6)
      }
    }

    @Test("alpha lies on white in JPEG and is kept in PNG and WebP, of 8 bits and of 16")
    func alpha() throws {
      for name in [
        "good/png-rgba8.png", "good/png-rgba16.png", "good/png-grey-alpha.png", "good/webp-alpha.webp",
      ] {
        let expected = try ImageDecoder(limits: ImagingLimits()).picture(Fixture.bytes(name)).image
        for format in Rendering.Format.allCases {
          let seen = try Rendered(name, format: format).image
          #expect(try #require(seen.meanDifference(from: expected)) <= 8, "\(name) as \(format)")
        }
        #expect(try Rendered(name).bytes[25] == 6)
      }
    }

    @Test("colours stand as they are in the file, whether or not alpha is beside them")
    func clearColours() throws {
      // Red at an opacity of one half.
      var file = TIFFFile(width: 1, height: 1, bits: 8, channels: 4, strip: [200, 0, 0, 128])
      file.fields[338] = .shorts([2])
      let rendering = try #require(
        Rendering(crop: .init(x: 0, y: 0, width: 1, height: 1), width: 1, height: 1, format: .png))
      let made = try Rendered(PictureRenderer(limits: ImagingLimits()).render(rendering, of: file.bytes.span))
      #expect(zip(try made.image.colour(0, 0), [227, 127, 127]).allSatisfy { abs($0 - $1) <= 2 })
    }

    @Test(
      "nothing of a file's metadata or profile goes along",
      arguments: [
        "good/jpeg-icc-adobe-rgb.jpg", "good/jpeg-orientation-6.jpg", "good/png-icc-prophoto-16.png",
        "good/jpeg-cmyk-icc.jpg", "good/tiff-icc-adobe-rgb.tif",
      ])
    func stripped(_ name: String) throws {
      let png = try Rendered(name)
      #expect(Set(png.chunks).isSubset(of: ["IHDR", "IDAT", "IEND", "pHYs"]), "\(png.chunks)")
      let jpeg = try Rendered(name, format: .jpg)
      // A baseline frame, JFIF's own segment, tables; no other application's segment and no comment.
      #expect(jpeg.markers.contains(0xC0) && !jpeg.markers.contains(0xC2))
      #expect(jpeg.markers.allSatisfy { [0xC0, 0xC4, 0xDB, 0xDD, 0xE0].contains($0) }, "\(jpeg.markers)")
      #expect(try jpeg.header.orientation == 1)
      let webp = try Rendered(name, format: .webp)
      let text = String(decoding: webp.bytes, as: UTF8.self)
      #expect(!text.contains("EXIF") && !text.contains("ICCP"))
      #expect(try webp.header.orientation == 1)
      let seen = try webp.image
      #expect(try #require(seen.meanDifference(from: png.image)) <= 12)
    }

    @Test("formats are what their names say")
    func formats() throws {
      let formats = try Rendering.Format.allCases.map { try Rendered(name, format: $0).header.format }
      #expect(formats == [.jpeg, .png, .webp])
    }
  }
}
