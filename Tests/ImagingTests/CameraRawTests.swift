import Imaging
import Testing

extension Decoding {
  /// A raw file's first directory is only a preview, and a pyramid's is the whole picture.
  struct CameraRawTests {
    private let decoder: ImageDecoder
    private let picture = TIFFFile(
      width: 4, height: 4, bits: 8, channels: 3, strip: [UInt8](repeating: 90, count: 48))

    init() throws {
      decoder = try ImageDecoder(limits: ImagingLimits())
    }

    private func refusal(with fields: [UInt16: TIFFFile.Values]) -> ImagingError.Code? {
      // The strip's black bytes are also an empty directory, for a sub-directory to be.
      var file = picture
      file.strip = [UInt8](repeating: 0, count: 48)
      file.fields.merge(fields) { $1 }
      return decoder.refusal(of: file.bytes)
    }

    @Test func plainPicture() {
      #expect(decoder.refusal(of: picture.bytes) == nil)
    }

    @Test func dng() {
      #expect(refusal(with: [50706: .longs([0x0401])]) == .unsupported)
    }

    @Test("NEF and ARW: a reduced picture with sub-directories")
    func preview() {
      #expect(refusal(with: [254: .longs([1]), 330: .longs([8])]) == .unsupported)
      #expect(refusal(with: [254: .longs([0]), 330: .longs([8])]) == nil)
      #expect(refusal(with: [254: .longs([1])]) == nil)
    }

    @Test("the sensor's mosaic itself")
    func mosaic() {
      #expect(refusal(with: [262: .shorts([32803])]) == .unsupported)
      #expect(refusal(with: [262: .shorts([34892])]) == .unsupported)
    }

    @Test func cr2() {
      var strip = picture.strip
      strip.replaceSubrange(0..<4, with: [0x43, 0x52, 2, 0])
      var file = picture
      file.strip = strip
      #expect(decoder.refusal(of: file.bytes) == .unsupported)
    }
  }
}
