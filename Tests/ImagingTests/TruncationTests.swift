import Imaging
import Testing

extension Decoding {
  struct TruncationTests {
    @Test(
      "no file that was cut decodes, wherever it was cut",
      arguments: [
        "jpeg-baseline-420.jpg", "jpeg-progressive.jpg", "png-rgb8.png", "png-interlaced.png",
        "webp-lossy.webp",
        "webp-lossless.webp", "gif-static.gif", "gif-animated.gif", "tiff-lzw.tif", "tiff-pyramid-subifd.tif",
        "tiff-bigtiff.tif", "heic.heic", "avif-alpha.avif", "jp2.jp2", "j2k.j2k", "jxl-container.jxl",
        "jxl-lossless.jxl", "psd.psd",
      ])
    func everyPrefix(_ name: String) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let bytes = try Fixture.bytes("good/" + name)
      // Of larger files, every length near the ends and some between.
      let lengths = (0..<bytes.count).filter {
        bytes.count < 1700 || min($0, bytes.count - $0) < 64 || $0 % 211 == 0
      }
      for length in lengths {
        let code = decoder.refusal(of: Array(bytes[..<length]))
        // The first bytes may be too few to know the kind of file by.
        let isRight = code == .truncated || (code == .notAnImage && length < 12)
        #expect(isRight, "\(length) of \(bytes.count) bytes: \(code?.rawValue ?? "decoded")")
      }
    }

    @Test(
      "bytes behind the end do no harm",
      arguments: ["jpeg-baseline-444.jpg", "png-rgb8.png", "gif-static.gif", "tiff-rgb8.tif"])
    func trailingBytes(_ name: String) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let bytes = try Fixture.bytes("good/" + name)
      let longer = bytes + [UInt8](repeating: 0, count: 5) + Array("left-overs".utf8)
      #expect(try decoder.picture(longer).image == decoder.picture(bytes).image)
    }

    @Test("padding before a marker is no damage")
    func padding() throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let bytes = try Fixture.bytes("good/jpeg-progressive.jpg")
      // Before the second scan's tables.
      let scan = try #require(bytes.indices.dropLast().first { bytes[$0] == 0xFF && bytes[$0 + 1] == 0xDA })
      let place = try #require(
        bytes.indices.dropLast().first {
          $0 > scan && bytes[$0] == 0xFF && [0xC4, 0xDA].contains(bytes[$0 + 1])
        })
      let padded = Array(bytes[..<place]) + [0, 0, 0] + Array(bytes[place...])
      #expect(try decoder.picture(padded).image == decoder.picture(bytes).image)
    }
  }
}
