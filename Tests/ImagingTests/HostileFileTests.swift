import Imaging
import Testing

extension Decoding {
  /// Files made to keep a reader busy, or to make its sums overflow. Each must be judged in little time.
  struct HostileFileTests {
    private static let size = 8 << 20

    private func expectQuickRefusal(_ bytes: [UInt8], _ codes: Set<ImagingError.Code>) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let start = ContinuousClock.now
      let code = try #require(decoder.refusal(of: bytes), "it was decoded")
      #expect(codes.contains(code), "refused as \(code)")
      #expect(ContinuousClock.now - start < .seconds(2))
    }

    @Test func jpegOfFillBytes() throws {
      let bytes: [UInt8] = [0xFF, 0xD8] + [UInt8](repeating: 0xFF, count: Self.size)
      try expectQuickRefusal(bytes, [.truncated])
    }

    @Test func jpegOfEmptySegments() throws {
      let bytes: [UInt8] =
        [0xFF, 0xD8] + (0..<(Self.size / 4)).flatMap { _ in [0xFF, 0xFE, 0, 2] as [UInt8] }
      try expectQuickRefusal(bytes, [.truncated])
    }

    @Test func gifOfEmptyExtensions() throws {
      let head = Array("GIF89a".utf8) + [4, 0, 4, 0, 0, 0, 0]
      let bytes = head + (0..<(Self.size / 3)).flatMap { _ in [0x21, 0xFE, 0] as [UInt8] }
      try expectQuickRefusal(bytes, [.truncated])
    }

    @Test("a chain of directories that runs in a circle still gives its first picture")
    func tiffCircle() throws {
      var file = TIFFFile(width: 4, height: 4, bits: 8, channels: 3, strip: [UInt8](repeating: 90, count: 48))
      file.next = 56
      let decoder = try ImageDecoder(limits: ImagingLimits())
      #expect(decoder.refusal(of: file.bytes) == nil)
    }

    @Test("a BigTIFF whose numbers are as large as they can be")
    func bigTIFFOverflow() throws {
      let huge = [UInt8](repeating: 0xFF, count: 8)
      let head: [UInt8] = [0x49, 0x49, 43, 0, 8, 0, 0, 0]
      try expectQuickRefusal(head + huge, [.truncated])
      let directory = TIFFFile.little(UInt64(16))
      try expectQuickRefusal(head + directory + huge, [.truncated])
      // One entry: StripOffsets, LONG8, without end.
      let entry = TIFFFile.little(UInt16(273)) + TIFFFile.little(UInt16(16)) + huge + huge
      try expectQuickRefusal(
        head + directory + TIFFFile.little(UInt64(1)) + entry + TIFFFile.little(UInt64(0)), [.truncated])
    }

    @Test("a strip that begins within the file and ends beyond")
    func tiffStripBeyondEnd() throws {
      var file = TIFFFile(width: 4, height: 4, bits: 8, channels: 3, strip: [UInt8](repeating: 90, count: 48))
      file.fields[279] = .longs([UInt32.max])
      try expectQuickRefusal(file.bytes, [.truncated])
    }

    @Test("a HEIF file that lists items and extents without end")
    func heifExtents() throws {
      func box(_ type: String, _ body: [UInt8]) -> [UInt8] {
        TIFFFile.little(UInt32(8 + body.count)).reversed() + Array(type.utf8) + body
      }
      // iloc, version 0, numbers of no bytes at all: 65,535 items of 65,535 extents each.
      let items = (0..<65_535).flatMap { _ in [0, 1, 0, 0, 0xFF, 0xFF] as [UInt8] }
      let locations = box("iloc", [0, 0, 0, 0, 0, 0, 0xFF, 0xFF] + items)
      let file = box("ftyp", Array("heic".utf8) + [0, 0, 0, 0]) + box("meta", [0, 0, 0, 0] + locations)
      try expectQuickRefusal(file, [.corrupt, .truncated])
    }

    @Test("a box that claims all that 64 bits can say")
    func endlessBox() throws {
      let head: [UInt8] = [0, 0, 0, 16] + Array("ftypheic".utf8) + [0, 0, 0, 0]
      let bytes = head + [0, 0, 0, 1] + Array("mdat".utf8) + [UInt8](repeating: 0xFF, count: 8)
      try expectQuickRefusal(bytes, [.truncated])
    }
  }
}
