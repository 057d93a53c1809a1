import Imaging
import Model
import Testing

extension Decoding {
  /// A part of a picture, as extractors see it.
  struct DetailTests {
    private let decoder: ImageDecoder

    init() throws { decoder = try ImageDecoder(limits: ImagingLimits()) }

    /// Red grows to the right, green downwards; uncompressed, so that every pixel is known.
    private func ramp(width: Int, height: Int, orientation: UInt16 = 1) -> TIFFFile {
      let strip: [UInt8] = (0..<height).flatMap { y -> [UInt8] in
        (0..<width).flatMap { x -> [UInt8] in [UInt8(255 * x / width), UInt8(255 * y / height), 0] }
      }
      return TIFFFile(
        width: width, height: height, bits: 8, channels: 3, sampleFormat: 1, orientation: orientation,
        strip: strip)
    }

    private func detail(_ file: TIFFFile, _ region: String) throws -> WorkingImage {
      let bytes = file.bytes
      let header = try decoder.header(of: bytes.span)
      return try decoder.detail(try #require(PictureRegion(region)), of: bytes.span, header: header)
    }

    @Test("a small picture's part has its own pixels")
    func small() throws {
      let image = try detail(ramp(width: 100, height: 80), "30,20,10,40")
      #expect((image.width, image.height) == (10, 40))
      #expect(image.colour(0, 0) == [255 * 30 / 100, 255 * 20 / 80, 0])
      #expect(image.colour(9, 39) == [255 * 39 / 100, 255 * 59 / 80, 0])
    }

    @Test("a part of a large picture is seen as sharply as the file allows")
    func large() throws {
      let file = ramp(width: 2000, height: 1500)
      let quarter = try detail(file, "1000,750,1000,750")
      #expect((quarter.width, quarter.height) == (512, 384))
      #expect(abs(Int(quarter.colour(0, 0)[0]) - 127) <= 2 && abs(Int(quarter.colour(0, 0)[1]) - 127) <= 2)
      #expect(quarter.colour(511, 383)[0] >= 252)
      let spot = try detail(file, "100,100,300,200")
      #expect((spot.width, spot.height) == (300, 200), "with all its pixels, and no more")
      let same = try detail(file, "pct:50,50,50,50")
      #expect(same == quarter)
    }

    @Test("coordinates are those of the upright picture")
    func turned() throws {
      // Orientation 6: what is stored at the left stands at the top.
      let image = try detail(ramp(width: 100, height: 60, orientation: 6), "0,0,60,10")
      #expect((image.width, image.height) == (60, 10))
      #expect(image.colour(30, 0)[0] <= 5 && image.colour(30, 9)[0] >= 20)
    }

    @Test("what lies outside is said to")
    func outside() throws {
      let file = ramp(width: 100, height: 80)
      #expect(try #require(throws: ImagingError.self) { try detail(file, "100,0,10,10") }.code == .outside)
      let cut = try detail(file, "90,70,50,50")
      #expect((cut.width, cut.height) == (10, 10))
    }
  }
}
