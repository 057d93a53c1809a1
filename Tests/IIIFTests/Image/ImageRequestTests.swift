import IIIF
import Model
import Testing

/// What a request asks of a picture, beside the expected answer.
struct RequestCase: CustomTestStringConvertible, Sendable {
  let path: String
  let expected: String

  init(_ path: String, _ expected: String) {
    self.path = path
    self.expected = expected
  }

  var testDescription: String { path }
}

/// The examples of the specification are of a picture of 300 × 200 pixels.
struct ImageRequestTests {
  private let limits = ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 1_000_000)

  private func resolved(
    _ path: String, _ width: Int = 300, _ height: Int = 200, _ limits: ImageLimits? = nil
  ) throws -> ResolvedImageRequest {
    try ImageRequest(path: path).resolved(width: width, height: height, limits: limits ?? self.limits)
  }

  @Test(
    "regions: the examples of 4.1, and what lies at the edges",
    arguments: [
      RequestCase("full", "0,0,300,200"), .init("square", "50,0,200,200"),
      .init("125,15,120,140", "125,15,120,140"), .init("pct:41.6,7.5,40,70", "125,15,120,140"),
      .init("125,15,200,200", "125,15,175,185"), .init("pct:41.6,7.5,66.6,100", "125,15,175,185"),
      .init("0,0,300,200", "0,0,300,200"), .init("299,199,1,1", "299,199,1,1"),
      .init("299,199,999999999999999999999999,5", "299,199,1,1"), .init("pct:0,0,100,100", "0,0,300,200"),
      .init("pct:99.99,99.99,5,5", "299,199,1,1"), .init("pct:0,0,0.001,0.001", "0,0,1,1"),
      .init("007,0,10,10", "7,0,10,10"), .init("pct:.5,.5,50,50", "2,1,150,100"),
    ])
  func regions(_ example: RequestCase) throws {
    let crop = try resolved("\(example.path)/max/0/default.jpg").rendering.crop
    #expect("\(crop.x),\(crop.y),\(crop.width),\(crop.height)" == example.expected)
  }

  @Test("a square of an upright picture is its middle")
  func square() throws {
    let crop = try resolved("square/max/0/default.jpg", 101, 200).rendering.crop
    #expect(crop == PictureRegion.Box(x: 0, y: 49, width: 101, height: 101))
  }

  @Test(
    "sizes: the examples of 4.2",
    arguments: [
      RequestCase("max", "300,200"), .init("150,", "150,100"), .init(",150", "225,150"),
      .init("pct:50", "150,100"), .init("225,100", "225,100"), .init("!225,100", "150,100"),
      .init("^360,", "360,240"), .init("^,240", "360,240"), .init("^pct:120", "360,240"),
      .init("^360,360", "360,360"), .init("^!360,360", "360,240"), .init("^max", "1000,667"),
      // Not enlarged, whatever the box.
      .init("!2000,3000", "300,200"), .init("!300,300", "300,200"), .init("^!2000,100", "150,100"),
      .init("^150,", "150,100"), .init("^pct:50", "150,100"), .init("1,", "1,1"), .init("pct:0.5", "2,1"),
    ])
  func sizes(_ example: RequestCase) throws {
    let rendering = try resolved("full/\(example.path)/0/default.jpg").rendering
    #expect("\(rendering.width),\(rendering.height)" == example.expected)
  }

  @Test(
    "sizes under limits: 200 pixels wide, as in the specification's first example, or 15,000 in all",
    arguments: [
      (ImageLimits(maxWidth: 200, maxHeight: 200, maxArea: 1_000_000), "max", "200,133"),
      (ImageLimits(maxWidth: 360, maxHeight: 360, maxArea: 1_000_000), "^max", "360,240"),
      (ImageLimits(maxWidth: 1000, maxHeight: 100, maxArea: 1_000_000), "max", "150,100"),
      (ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 15_000), "max", "150,100"),
      (ImageLimits(maxWidth: 1000, maxHeight: 1000, maxArea: 14_999), "max", "149,99"),
      (ImageLimits(maxWidth: 200, maxHeight: 200, maxArea: 1_000_000), "!250,250", "200,133"),
    ])
  func limits(_ limits: ImageLimits, _ size: String, _ expected: String) throws {
    let rendering = try resolved("full/\(size)/0/default.jpg", 300, 200, limits).rendering
    #expect("\(rendering.width),\(rendering.height)" == expected)
  }

  @Test(
    "rotations, 4.3",
    arguments: [
      ("0", 0.0, false), ("180", 180, false), ("90", 90, false), ("22.5", 22.5, false), ("!0", 0, true),
      ("!180", 180, true), ("360", 0, false), ("0.0", 0, false), ("!345", 345, true), ("45.50", 45.5, false),
    ])
  func rotations(_ text: String, _ degrees: Double, _ mirrored: Bool) throws {
    let rendering = try resolved("full/max/\(text)/default.jpg").rendering
    #expect(rendering.degrees == degrees && rendering.mirrored == mirrored)
  }

  @Test("qualities and formats")
  func qualities() throws {
    let made = try ["default.jpg", "color.png", "gray.webp", "bitonal.png"].map {
      try resolved("full/max/0/\($0)").rendering
    }
    #expect(made.map(\.quality) == [.colour, .colour, .grey, .bitonal])
    #expect(made.map(\.format) == [.jpg, .png, .webp, .png])
  }

  @Test(
    "the canonical form, 4.8",
    arguments: [
      RequestCase("full/max/0/default.jpg", "full/max/0/default.jpg"),
      .init("0,0,300,200/300,/0/color.jpg", "full/max/0/default.jpg"),
      .init("pct:0,0,100,100/pct:100/360/default.jpg", "full/max/0/default.jpg"),
      .init("0,0,900,900/!300,300/0/default.jpg", "full/max/0/default.jpg"),
      .init("full/150,/0/default.jpg", "full/150,100/0/default.jpg"),
      .init("full/^150,/0/gray.png", "full/150,100/0/gray.png"),
      .init("full/^360,/!90/default.jpg", "full/^360,240/!90/default.jpg"),
      .init("full/^1000,/0/default.jpg", "full/^max/0/default.jpg"),
      .init("square/,100/22.50/default.jpg", "50,0,200,200/100,100/22.5/default.jpg"),
      .init("125,15,200,200/max/90.0/bitonal.webp", "125,15,175,185/max/90/bitonal.webp"),
    ])
  func canonical(_ example: RequestCase) throws {
    #expect(try resolved(example.path).canonicalPath == example.expected)
  }

  @Test("max under a limit is canonical for the size that it gives")
  func canonicalUnderLimit() throws {
    let limits = ImageLimits(maxWidth: 200, maxHeight: 200, maxArea: 40_000)
    for size in ["max", "200,133", "200,", "!200,200", "^max", "^!900,900"] {
      let path = try resolved("full/\(size)/0/default.jpg", 300, 200, limits).canonicalPath
      #expect(path == "full/max/0/default.jpg", "of \(size)")
    }
  }
}
