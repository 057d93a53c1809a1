import Imaging
import Testing

extension Decoding {
  struct PSDTests {
    private let decoder: ImageDecoder

    init() throws {
      decoder = try ImageDecoder(limits: ImagingLimits())
    }

    /// 6 × 4 pixels of one value a channel, no layers. `mode`: 1 grey, 2 palette, 3 RGB, 4 CMYK, 8 duotone, 9 Lab.
    private func document(mode: UInt16, depth: UInt16 = 8, channels: [UInt8], isPacked: Bool = false)
      -> [UInt8]
    {
      func big(_ number: some FixedWidthInteger) -> [UInt8] { TIFFFile.little(number).reversed() }
      let header =
        Array("8BPS".utf8) + big(UInt16(1)) + [UInt8](repeating: 0, count: 6) + big(UInt16(channels.count))
        + big(UInt32(4)) + big(UInt32(6)) + big(depth) + big(mode)
      let sections = [UInt8](repeating: 0, count: 12)
      if isPacked {
        // Each row: a value six times.
        let rows = channels.flatMap { value in (0..<4).flatMap { _ in [UInt8(bitPattern: -5), value] } }
        return header + sections + big(UInt16(1))
          + channels.flatMap { _ in (0..<4).flatMap { _ in big(UInt16(2)) } } + rows
      }
      let planes = channels.flatMap { [UInt8](repeating: $0, count: 24 * Int(depth) / 8) }
      return header + sections + big(UInt16(0)) + planes
    }

    @Test("grey stays grey, and no channel is taken for alpha")
    func colours() throws {
      #expect(try decoder.picture(document(mode: 1, channels: [120])).image.colour(2, 2) == [120, 120, 120])
      #expect(try decoder.picture(document(mode: 8, channels: [120])).image.colour(2, 2) == [120, 120, 120])
      #expect(
        try decoder.picture(document(mode: 1, depth: 16, channels: [120])).image.colour(2, 2) == [
          120, 120, 120,
        ])
      let rgb: [UInt8] = [200, 100, 50]
      #expect(try decoder.picture(document(mode: 3, channels: rgb)).image.colour(2, 2) == [200, 100, 50])
      #expect(
        try decoder.picture(document(mode: 3, channels: rgb + [0])).image.colour(2, 2) == [200, 100, 50])
    }

    @Test("packed rows: whole, cut in the rows, cut in the table")
    func packed() throws {
      let bytes = document(mode: 3, channels: [200, 100, 50], isPacked: true)
      #expect(try decoder.picture(bytes).image.colour(2, 2) == [200, 100, 50])
      #expect(decoder.refusal(of: Array(bytes.dropLast())) == .truncated)
      #expect(decoder.refusal(of: Array(bytes.dropLast(30))) == .truncated)
    }

    @Test("modes that would come out in wrong colours are refused", arguments: [0, 2, 4, 7, 9] as [UInt16])
    func unsupportedModes(_ mode: UInt16) {
      let channels: [UInt8] = mode == 4 ? [255, 255, 255, 255] : [10, 20, 30]
      #expect(decoder.refusal(of: document(mode: mode, channels: channels)) == .unsupported)
    }
  }
}
