import IIIF
import Testing

/// What is refused, and with which status.
struct ImageRequestRefusalTests {
  private func refusal(
    _ path: String, _ width: Int = 300, _ height: Int = 200,
    _ limits: ImageLimits = ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 1_000_000)
  ) -> ImageRequestError? {
    do throws(ImageRequestError) {
      _ = try ImageRequest(path: path).resolved(width: width, height: height, limits: limits)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "no region of the grammar",
    arguments: [
      "", "Full", "fulll", "squared", "1,2,3", "1,2,3,4,5", "1,2,3,", ",,,", "-1,0,10,10", "+1,0,10,10",
      "1.5,0,10,10",
      "0x1,0,1,1", "1e2,0,10,10", " 1,0,10,10", "1, 0,10,10", "nan,0,10,10", "pct:nan,0,10,10",
      "pct:inf,0,10,10",
      "pct:1e1,0,10,10", "pct:-1,0,10,10", "pct:0,0,10", "pct:", "pct:1.2.3,0,10,10", "pct:1.,0,10,10",
      "pct:.,0,10,10",
      "PCT:0,0,10,10", "٠,0,10,10", "1,0,１０,10", "pct:٠,0,10,10", "full\u{0}", "0,0,10,10\n",
      "pct:0,0,10,\u{0661}",
    ])
  func badRegions(_ region: String) {
    #expect(refusal("\(region)/max/0/default.jpg")?.code == .badRegion)
  }

  @Test(
    "no size of the grammar",
    arguments: [
      "", "full", "Max", "^", "!", "^!", ",", "^,", "!,", "!10,", "!,10", "!max", "10", "10,10,10", "10x10",
      "-10,",
      "10,-10", "1.5,", "pct:", "pct:-5", "pct:nan", "pct:1e2", "pct:5%", ",^240", "^^max", "max^", "!^10,10",
      "10 ,10",
      "１０,", "١٠,", "pct:!50",
    ])
  func badSizes(_ size: String) {
    #expect(refusal("full/\(size)/0/default.jpg")?.code == .badSize)
  }

  @Test(
    "no rotation of the grammar",
    arguments: [
      "", "!", "-90", "+90", "361", "360.1", "1e2", "nan", "inf", "90!", "!!90", "９０", "90deg", "1.2.3",
      "90.", "0x10",
    ])
  func badRotations(_ rotation: String) {
    #expect(refusal("full/max/\(rotation)/default.jpg")?.code == .badRotation)
  }

  @Test("no quality or format that is had here")
  func badNames() {
    for quality in ["", "Default", "native", "grey", "colour", "color "] {
      #expect(refusal("full/max/0/\(quality).jpg")?.code == .badQuality)
    }
    for format in ["", "jpeg", "JPG", "tif", "gif", "jp2", "pdf", "jpg.png", "webp ", "."] {
      #expect(refusal("full/max/0/default.\(format)")?.code == .badFormat)
    }
    #expect(refusal("full/max/0/default")?.code == .badFormat)
  }

  @Test(
    "paths with another count of segments",
    arguments: ["", "full", "full/max/0", "full/max/0/default.jpg/", "//"])
  func badPaths(_ path: String) {
    #expect(refusal(path)?.status == 400)
  }

  @Test(
    "right by the grammar, but not of this picture",
    arguments: [
      ("300,0,10,10/max/0/default.jpg", ImageRequestError.Code.outside),
      ("0,200,10,10/max/0/default.jpg", .outside), ("pct:100,0,10,10/max/0/default.jpg", .outside),
      ("99999999999999999999,0,1,1/max/0/default.jpg", .outside),
      ("pct:99999999999999999999,0,1,1/max/0/default.jpg", .outside),
      ("0,0,0,10/max/0/default.jpg", .tooSmall), ("pct:0,0,10,0.0/max/0/default.jpg", .tooSmall),
      ("full/0,/0/default.jpg", .tooSmall), ("full/0,0/0/default.jpg", .tooSmall),
      ("full/!0,10/0/default.jpg", .tooSmall), ("full/pct:0/0/default.jpg", .tooSmall),
      ("full/pct:0.01/0/default.jpg", .tooSmall), ("0,0,300,1/1,/0/default.jpg", .tooSmall),
      ("full/301,/0/default.jpg", .enlarges), ("full/,201/0/default.jpg", .enlarges),
      ("full/pct:100.5/0/default.jpg", .enlarges), ("full/300,201/0/default.jpg", .enlarges),
      ("10,10,20,20/21,20/0/default.jpg", .enlarges), ("full/1001,1/0/default.jpg", .enlarges),
      ("full/^1001,1/0/default.jpg", .tooLarge), ("full/^pct:1000/0/default.jpg", .tooLarge),
      ("full/^99999999999999999999999,/0/default.jpg", .tooLarge),
      ("full/^pct:99999999999999999999999/0/default.jpg", .tooLarge),
    ])
  func notOfThisPicture(_ path: String, _ code: ImageRequestError.Code) {
    #expect(refusal(path)?.code == code)
    #expect(refusal(path)?.status == 400)
  }

  @Test("over a limit without enlarging")
  func overLimit() {
    let limits = ImageLimits(maxWidth: 100, maxHeight: 100, maxArea: 5000, enlarges: false)
    #expect(refusal("full/150,/0/default.jpg", 300, 200, limits)?.code == .tooLarge)
    #expect(refusal("full/100,100/0/default.jpg", 300, 200, limits)?.code == .tooLarge)
    #expect(refusal("full/70,70/0/default.jpg", 300, 200, limits) == nil)
  }

  @Test("501 only where enlarging is asked for, needed and not supported")
  func enlargingUnsupported() {
    let limits = ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 1_000_000, enlarges: false)
    for size in ["^pct:120", "^max", "^360,", "^,240", "^360,360", "^!360,360"] {
      #expect(refusal("full/\(size)/0/default.jpg", 300, 200, limits)?.status == 501)
    }
    for size in ["^pct:100", "^300,", "^!300,300", "max"] {
      #expect(refusal("full/\(size)/0/default.jpg", 300, 200, limits) == nil)
    }
  }

  @Test("a very long segment is read in no time, and its message is short")
  func overlong() {
    let nines = String(repeating: "9", count: 1_000_000)
    #expect(refusal("0,0,\(nines),10/max/0/default.jpg") == nil)
    let shout = refusal("\(nines)a/max/0/default.jpg")
    #expect(shout?.code == .badRegion && (shout?.detail.utf8.count ?? 1000) < 200)
    #expect(refusal("full/max/\(nines)/default.jpg")?.code == .badRotation)
    #expect(refusal("full/max/0.\(nines)/default.jpg") == nil)
  }

  @Test("a message shows nothing that could be markup of a terminal")
  func message() {
    let detail = refusal("\u{1B}[31mé/max/0/default.jpg")?.detail
    #expect(detail?.hasPrefix("the region is \"?[31m?\"") == true)
  }
}
