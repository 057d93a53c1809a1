import Imaging
import Testing

extension Decoding {
  /// What must hold of every picture, and kinds of files of which the fixtures have none.
  struct PictureTests {
    private let decoder: ImageDecoder

    init() throws {
      decoder = try ImageDecoder(limits: ImagingLimits())
    }

    @Test("the same bytes give the same pixels", arguments: Fixture.all.filter { $0.ok && $0.option == nil })
    func reproducible(_ fixture: Fixture) throws {
      let bytes = try fixture.bytes
      #expect(try decoder.picture(bytes).image == decoder.picture(bytes).image)
    }

    @Test("each of the eight orientations gives the same upright picture", arguments: 2...8)
    func orientations(_ orientation: Int) throws {
      let upright = try decoder.picture(Fixture.bytes("good/jpeg-orientation-1.jpg"))
      let turned = try decoder.picture(Fixture.bytes("good/jpeg-orientation-\(orientation).jpg"))
      #expect(turned.header.orientation == orientation)
      // Each was coded with its own loss.
      #expect(try #require(turned.image.largestDifference(from: upright.image)) <= 24)
    }

    @Test("floating-point pixels are turned upright, and their alpha lies on white")
    func floats() throws {
      // Left to right: opaque red, half red, clear green; orientation 6 turns the row into a column.
      let samples: [Float] = [1, 0, 0, 1, 1, 0, 0, 0.5, 0, 1, 0, 0]
      let strip = samples.flatMap { TIFFFile.little($0.bitPattern) }
      let file = TIFFFile(
        width: 3, height: 1, bits: 32, channels: 4, sampleFormat: 3, orientation: 6, strip: strip)
      let (header, image) = try decoder.picture(file.bytes)
      #expect((header.width, header.height) == (1, 3))
      #expect((image.width, image.height) == (1, 3))
      #expect(image.colour(0, 0) == [255, 0, 0])
      #expect(zip(image.colour(0, 1), [255, 127, 127]).allSatisfy { abs($0 - $1) <= 1 })
      #expect(image.colour(0, 2) == [255, 255, 255])
    }

    @Test("light is linear in floating-point pixels: 0.2140 is the middle grey 127")
    func linearLight() throws {
      let strip = [Float(0), 0.2140, 1].flatMap { TIFFFile.little($0.bitPattern) }
      let file = TIFFFile(width: 3, height: 1, bits: 32, channels: 1, sampleFormat: 3, strip: strip)
      let image = try decoder.picture(file.bytes).image
      #expect(image.colour(0, 0) == [0, 0, 0] && image.colour(2, 0) == [255, 255, 255])
      #expect(image.colour(1, 0).allSatisfy { abs($0 - 127) <= 1 })
    }

    @Test("32-bit counts: the largest is white")
    func counts() throws {
      let strip = [UInt32(0), 1 << 31, UInt32.max].flatMap { TIFFFile.little($0) }
      let image = try decoder.picture(
        TIFFFile(width: 3, height: 1, bits: 32, channels: 1, strip: strip).bytes
      ).image
      #expect(image.colour(0, 0) == [0, 0, 0] && image.colour(2, 0) == [255, 255, 255])
      #expect(image.colour(1, 0).allSatisfy { abs($0 - 128) <= 1 })
    }

    /// One pixel of red, green and blue and one further sample, which is 0, 127 or 255.
    private func pixel(_ rgb: [UInt8], _ further: [UInt8], extraSamples: [UInt16]) throws -> [Int] {
      var file = TIFFFile(
        width: 1, height: 1, bits: 8, channels: 3 + further.count, strip: rgb + further)
      file.fields[338] = .shorts(extraSamples)
      return try decoder.picture(file.bytes).image.colour(0, 0)
    }

    @Test("a saved selection or a spot ink in a TIFF is no alpha")
    func unspecifiedSamples() throws {
      #expect(try pixel([200, 100, 50], [0], extraSamples: [0]) == [200, 100, 50])
      #expect(try pixel([200, 100, 50], [0, 127], extraSamples: [0, 0]) == [200, 100, 50])
      #expect(try pixel([200, 100, 50], [255, 0], extraSamples: [2, 0]) == [200, 100, 50])
      #expect(try pixel([200, 100, 50], [0, 255], extraSamples: [2, 0]) == [255, 255, 255])
    }

    @Test("colours that were multiplied by alpha are not multiplied again")
    func premultiplied() throws {
      // Red at an opacity of one half, on white: 100 + 127.5, 127.5, 127.5.
      let seen = try pixel([100, 0, 0], [128], extraSamples: [1])
      #expect(zip(seen, [227, 127, 127]).allSatisfy { abs($0 - $1) <= 1 })
    }

    @Test("samples that libvips has no numbers for are unsupported, not corrupt")
    func unsupportedSamples() {
      let half = TIFFFile(
        width: 2, height: 1, bits: 16, channels: 1, sampleFormat: 3, strip: [0, 0x3C, 0, 0])
      #expect(decoder.refusal(of: half.bytes) == .unsupported)
      let twelve = TIFFFile(width: 2, height: 1, bits: 12, channels: 1, strip: [1, 2, 3])
      #expect(decoder.refusal(of: twelve.bytes) == .unsupported)
    }
  }
}
