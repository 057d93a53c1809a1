import IIIF
import Model
import Testing

struct ImageInformationTests {
  private func information(
    _ width: Int = 6000, _ height: Int = 4000, _ limits: ImageLimits = ImageLimits(),
    _ features: Set<ImageFeature> = ImageInformation.usualFeatures.union([.cors])
  ) -> ImageInformation {
    ImageInformation(
      id: "http://localhost/iiif/image/3/17", width: width, height: height, limits: limits,
      serverFeatures: features)
  }

  @Test("what the specification requires, with the context first")
  func required() throws {
    let document = information().document
    #expect(String(decoding: document.bytes.prefix(13), as: UTF8.self) == #"{"@context":""#)
    let read = try JSONReading(document)
    #expect(read["@context"].text == "http://iiif.io/api/image/3/context.json")
    #expect(read["id"].text == "http://localhost/iiif/image/3/17" && read["type"].text == "ImageService3")
    #expect(read["protocol"].text == "http://iiif.io/api/image" && read["profile"].text == "level2")
    #expect(read["width"].number == 6000 && read["height"].number == 4000)
    #expect(read["maxWidth"].number == 8192 && read["maxArea"].number == 16_777_216)
    #expect(read["extraQualities"].texts == ["color", "gray", "bitonal"])
    #expect(read["extraFormats"].texts == ["webp"])
    #expect(
      read["extraFeatures"].texts == [
        "canonicalLinkHeader", "mirroring", "profileLinkHeader", "rotationArbitrary", "sizeUpscaling",
      ])
    #expect(read["rights"].isMissing)
  }

  @Test("a server without CORS keeps to level 0 only, and lists the rest")
  func level() throws {
    let without = information(6000, 4000, ImageLimits(enlarges: false), [.baseUriRedirect, .jsonldMediaType])
    #expect(without.level == .level0 && without.profileLink == "http://iiif.io/api/image/3/level0.json")
    let read = try JSONReading(without.document)
    #expect(read["extraFormats"].texts == ["png", "webp"])
    #expect(read["extraFeatures"].texts.count == 13 && !read["extraFeatures"].texts.contains("cors"))
    #expect(!read["extraFeatures"].texts.contains("sizeUpscaling"))
    #expect(ComplianceLevel(of: ComplianceLevel.level1.features) == .level1)
    #expect(ComplianceLevel(of: ComplianceLevel.level2.features.subtracting([.sizeByPct])) == .level1)
    #expect(ComplianceLevel(of: Set(ImageFeature.allCases)) == .level2)
  }

  @Test("sizes are halves of halves, the smallest first")
  func sizes() {
    let sizes = information(6000, 4000, ImageLimits(maxWidth: 3000, maxHeight: 3000)).sizes
    #expect(sizes.map(\.width) == [188, 375, 750, 1500, 3000])
    #expect(sizes.map(\.height) == [125, 250, 500, 1000, 2000])
  }

  @Test(
    "every size and tile that is offered is had",
    arguments: [
      (1, 1), (1, 60_000), (60_000, 1), (511, 513), (513, 511), (6000, 4000), (10_007, 997), (300, 65_535),
    ])
  func offers(_ width: Int, _ height: Int) throws {
    for limits in [
      ImageLimits(), ImageLimits(maxWidth: 700, maxHeight: 300, maxArea: 100_000, enlarges: false),
    ] {
      let information = information(width, height, limits)
      for size in information.sizes {
        let made = try ImageRequest(path: "full/\(size.width),\(size.height)/0/default.jpg")
          .resolved(width: width, height: height, limits: limits).rendering
        #expect((made.width, made.height) == size)
      }
      let side = information.tileSide
      #expect(side >= 1 && side <= 512)
      for factor in information.scaleFactors {
        // The tile at the right lower corner, by the implementation notes (section 3).
        let step = side * factor
        let (x, y) = ((width - 1) / step * step, (height - 1) / step * step)
        let (w, h) = (min(step, width - x), min(step, height - y))
        let (ws, hs) = ((w + factor - 1) / factor, (h + factor - 1) / factor)
        let made = try ImageRequest(path: "\(x),\(y),\(w),\(h)/\(ws),\(hs)/0/default.jpg")
          .resolved(width: width, height: height, limits: limits).rendering
        #expect(made.crop.width == w && made.crop.height == h && made.width == ws && made.height == hs)
      }
      #expect(max(width, height) <= side * (information.scaleFactors.last ?? 0))
    }
  }
}
