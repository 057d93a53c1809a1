import Imaging
import Model
import Testing

extension Decoding {
  /// What is rendered against what the decoder makes of the same file, and against itself.
  struct RendererAgreementTests {
    static let fixtures = Fixture.all.filter { $0.ok && $0.option == nil }

    @Test(
      "a whole picture looks as extractors see it, whatever its format, space, depth, orientation",
      arguments: fixtures)
    func whole(_ fixture: Fixture) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let bytes = try fixture.bytes
      let (header, expected) = try decoder.picture(bytes)
      let rendering = try #require(
        Rendering(
          crop: .init(x: 0, y: 0, width: header.width, height: header.height), width: expected.width,
          height: expected.height, format: .png))
      let made = try PictureRenderer(limits: ImagingLimits()).render(rendering, of: bytes.span)
      let image = try Rendered(made).image
      // Larger ones are resampled in another way, and pyramids from another level; small ones are the file's own pixels.
      let isScaled = header.width > expected.width || header.height > expected.height
      #expect(try #require(image.meanDifference(from: expected)) <= 0.5)
      #expect(try #require(image.largestDifference(from: expected)) <= (isScaled ? 80 : 3))
    }

    @Test("a part at its own size has the pixels that the whole has there", arguments: fixtures)
    func part(_ fixture: Fixture) throws {
      let whole = try Rendered(fixture.name)
      let header = try whole.header
      try #require(max(header.width, header.height) <= 65_535)
      guard max(header.width, header.height) <= 512, header.width > 8, header.height > 8 else { return }
      let image = try whole.image
      let boxes = [
        PictureRegion.Box(x: 3, y: 5, width: header.width / 2, height: header.height / 3),
        .init(x: header.width - 7, y: header.height - 4, width: 7, height: 4),
        .init(x: 0, y: header.height / 2, width: header.width, height: 1),
      ]
      for box in boxes {
        let seen = try Rendered(fixture.name, crop: box).image
        // A decoder may round otherwise where it begins at another place.
        #expect(try #require(seen.largestDifference(from: image.cropped(box))) <= 2, "\(box)")
      }
    }

    @Test(
      "parts of files that are shrunk while they are read lie where they should",
      arguments: [
        "good/jpeg-1400x1001.jpg", "good/webp-1400x1001.webp", "good/tiff-pyramid-pages.tif",
        "good/tiff-pyramid-subifd.tif", "good/jpeg-700x500.jpg", "good/jpeg-700x500-orientation-6.jpg",
      ])
    func shrunk(_ name: String) throws {
      for (x, y) in [(0, 0), (16, 32), (5, 11), (99, 77)] {
        let box = PictureRegion.Box(x: x, y: y, width: 384, height: 384)
        // The same pixels in a file that nothing is shrunk of while it is read.
        let whole = try Rendered(name, crop: box)
        for factor in [2, 4, 8, 16, 32] {
          let (side, renderer) = (384 / factor, try PictureRenderer(limits: ImagingLimits()))
          let seen = try Rendered(name, crop: box, width: side, height: side).image
          let expected = try Rendered(renderer.thumbnail(of: whole.bytes.span, side: side, format: .png))
            .image
          let difference = try #require(seen.meanDifference(from: expected))
          #expect(difference <= (factor > 16 ? 4 : 2), "\(factor) times smaller at \(x),\(y): \(difference)")
        }
      }
    }

    @Test("the eight orientations give the same part", arguments: 2...8)
    func orientations(_ orientation: Int) throws {
      let box = PictureRegion.Box(x: 5, y: 9, width: 41, height: 23)
      let upright = try Rendered("good/jpeg-orientation-1.jpg", crop: box, width: 20, height: 23).image
      let turned = try Rendered("good/jpeg-orientation-\(orientation).jpg", crop: box, width: 20, height: 23)
        .image
      // Each was coded with its own loss.
      #expect(try #require(turned.meanDifference(from: upright)) <= 3)
    }

    @Test("sizes come out as they are asked for, smaller or larger")
    func sizes() throws {
      for (width, height) in [
        (1, 1), (1, 48), (64, 1), (63, 47), (65, 49), (640, 480), (7, 301), (333, 2), (129, 97),
      ] {
        for name in ["good/png-rgb8.png", "good/jpeg-orientation-6.jpg", "good/png-rgba16.png"] {
          let header = try Rendered(name, width: width, height: height, format: .jpg).header
          #expect((header.width, header.height) == (width, height), "of \(name)")
        }
      }
    }

    @Test("an enlarged picture is the picture")
    func enlarged() throws {
      let small = try Rendered("good/png-rgb8.png").image
      let large = try Rendered("good/png-rgb8.png", width: 256, height: 192).image
      #expect(try #require(large.averaged(4).meanDifference(from: small)) <= 3)
    }

    @Test("the same request gives the same bytes")
    func reproducible() throws {
      for format in Rendering.Format.allCases {
        let one = try Rendered("good/jpeg-700x500.jpg", width: 100, height: 71, degrees: 10, format: format)
        let other = try Rendered("good/jpeg-700x500.jpg", width: 100, height: 71, degrees: 10, format: format)
        #expect(one.bytes == other.bytes)
      }
    }
  }
}
