import Imaging
import Testing

struct ImageSnifferTests {
  private func box(_ brands: String...) -> [UInt8] {
    // Length, "ftyp", major brand, minor version, compatible brands.
    let length = UInt8(12 + 4 * brands.count)
    let rest = brands.dropFirst().joined().utf8
    return [0, 0, 0, length] + Array("ftyp".utf8) + Array(brands[0].utf8) + [0, 0, 0, 0] + Array(rest)
  }

  @Test("magic bytes decide")
  func magics() {
    #expect(ImageSniffer.sniff([0xFF, 0xD8, 0xFF, 0xE0]) == .format(.jpeg))
    #expect(ImageSniffer.sniff([0x89] + Array("PNG\r\n\u{1A}\n".utf8)) == .format(.png))
    #expect(ImageSniffer.sniff([0x4D, 0x4D, 0, 0x2A]) == .format(.tiff))
    #expect(ImageSniffer.sniff([0x49, 0x49, 0x2B, 0]) == .format(.tiff))
    #expect(ImageSniffer.sniff(Array("RIFF....WEBPVP8 ".utf8)) == .format(.webp))
    #expect(ImageSniffer.sniff(Array("GIF87a".utf8)) == .format(.gif))
    #expect(ImageSniffer.sniff([0xFF, 0x4F, 0xFF, 0x51]) == .format(.jp2))
    #expect(ImageSniffer.sniff([0xFF, 0x0A]) == .format(.jxl))
    #expect(ImageSniffer.sniff(Array("8BPS".utf8) + [0, 1]) == .format(.psd))
    #expect(ImageSniffer.sniff(Array("<svg xmlns=\"…\">".utf8)) == .format(.svg))
    #expect(ImageSniffer.sniff(Array("\u{FEFF}\n<?xml version=\"1.0\"?><!-- --><SVG>".utf8)) == .format(.svg))
  }

  @Test("brands decide among ISO media files, also those behind the major one")
  func brands() {
    #expect(ImageSniffer.sniff(box("heic", "mif1")) == .format(.heif))
    #expect(ImageSniffer.sniff(box("mif1", "heic")) == .format(.heif))
    #expect(ImageSniffer.sniff(box("mif1", "avif")) == .format(.avif))
    #expect(ImageSniffer.sniff(box("isom", "mp42")) == .foreign("ISO media file (isom)"))
    #expect(ImageSniffer.sniff(box("crx ", "isom")) == .foreign("Canon CR3"))
  }

  @Test("known kinds that are not decoded have a name")
  func foreign() {
    #expect(ImageSniffer.sniff(Array("%PDF-1.7".utf8)) == .foreign("PDF"))
    #expect(ImageSniffer.sniff(Array("BM......".utf8)) == .foreign("BMP"))
    #expect(ImageSniffer.sniff(Array("8BPS".utf8) + [0, 2]) == .foreign("PSB (large Photoshop document)"))
    #expect(ImageSniffer.sniff(Array("IIRO".utf8)) == .foreign("Olympus ORF"))
  }

  @Test("anything else is no image, and short files do no harm")
  func unknown() {
    for prefix in [[], [0xFF], [0xFF, 0xD8], Array("RIFF".utf8), Array("RIFF....WAVE".utf8)] as [[UInt8]] {
      #expect(ImageSniffer.sniff(prefix) == .unknown)
    }
    #expect(ImageSniffer.sniff(Array("<!DOCTYPE html><svg>".utf8)) == .unknown)
    #expect(ImageSniffer.sniff([0, 0, 0, 0] + Array("ftypheic".utf8)) == .format(.heif))
    #expect(ImageSniffer.sniff([0, 0, 0, 255] + Array("ftypisom".utf8)) == .foreign("ISO media file (isom)"))
  }
}
