import IIIF
import Model
import TestSupport
import Testing

/// What holds of any request that gets a picture.
struct ImageRequestPropertyTests {
  /// A request that is right by the grammar, for a picture of this size.
  private func randomPath(_ width: Int, _ height: Int, _ random: inout SeededGenerator) -> String {
    func number(_ most: Int) -> Int { Int.random(in: 0...max(1, most), using: &random) }
    func percent(_ most: Double) -> Double {
      (Double.random(in: 0...most, using: &random) * 100).rounded() / 100
    }
    let region = [
      "full", "square", "\(number(width)),\(number(height)),\(number(2 * width)),\(number(2 * height))",
      "pct:\(percent(110)),\(percent(110)),\(percent(120)),\(percent(120))",
    ][Int.random(in: 0..<4, using: &random)]
    let size = [
      "max", "\(number(width)),", ",\(number(height))", "pct:\(percent(150))",
      "\(number(width)),\(number(height))", "!\(number(2 * width)),\(number(2 * height))",
    ][Int.random(in: 0..<6, using: &random)]
    let turn = [0, 90, 180, 270, 360, percent(360)][Int.random(in: 0..<6, using: &random)]
    let quality = ["default", "color", "gray", "bitonal"][Int.random(in: 0..<4, using: &random)]
    let format = ["jpg", "png", "webp"][Int.random(in: 0..<3, using: &random)]
    let (up, mirror) = (Bool.random(using: &random) ? "^" : "", Bool.random(using: &random) ? "!" : "")
    return "\(region)/\(up)\(size)/\(mirror)\(turn)/\(quality).\(format)"
  }

  @Test(
    "inside the picture, within the limits, enlarged only with ^; the canonical form means the same and is its own"
  )
  func renderings() throws {
    var random = SeededGenerator(seed: 7)
    var made = 0
    for _ in 0..<20_000 {
      let sides = [1, 2, 17, 300, 1000, 4096, 20_000, 65_535]
      let width = sides[Int.random(in: 0..<sides.count, using: &random)]
      let height = sides[Int.random(in: 0..<sides.count, using: &random)]
      let limits = ImageLimits(
        maxWidth: Int.random(in: 1...5000, using: &random),
        maxHeight: Int.random(in: 1...5000, using: &random),
        maxArea: Int.random(in: 1...9_000_000, using: &random), enlarges: Bool.random(using: &random))
      let path = randomPath(width, height, &random)
      guard let request = try? ImageRequest(path: path),
        let resolved = try? request.resolved(width: width, height: height, limits: limits)
      else { continue }
      made += 1
      let (rendering, crop) = (resolved.rendering, resolved.rendering.crop)
      #expect(crop.x >= 0 && crop.y >= 0 && crop.width >= 1 && crop.height >= 1, "\(path)")
      #expect(crop.x + crop.width <= width && crop.y + crop.height <= height, "\(path)")
      #expect(rendering.width >= 1 && rendering.width <= limits.maxWidth, "\(path)")
      #expect(rendering.height >= 1 && rendering.height <= limits.maxHeight, "\(path)")
      #expect(rendering.width * rendering.height <= limits.maxArea, "\(path)")
      if !request.enlarges || !limits.enlarges {
        #expect(rendering.width <= crop.width && rendering.height <= crop.height, "\(path)")
      }
      let again = try ImageRequest(path: resolved.canonicalPath)
        .resolved(width: width, height: height, limits: limits)
      #expect(again == resolved, "\(path) on \(width) x \(height) within \(limits)")
      #expect(Rendering(text: rendering.text) == rendering)
    }
    #expect(made > 5000)
  }

  @Test("!w,h is as large as can be: one more pixel would be too many")
  func confined() throws {
    var random = SeededGenerator(seed: 8)
    let limits = ImageLimits(maxWidth: 10_000, maxHeight: 10_000, maxArea: 100_000_000)
    for _ in 0..<5000 {
      let (width, height) = (
        Int.random(in: 1...9000, using: &random), Int.random(in: 1...9000, using: &random)
      )
      let (w, h) = (Int.random(in: 1...9000, using: &random), Int.random(in: 1...9000, using: &random))
      let made = try ImageRequest(path: "full/!\(w),\(h)/0/default.jpg")
        .resolved(width: width, height: height, limits: limits).rendering
      #expect(made.width <= w && made.height <= h)
      #expect(
        made.width == min(w, width) || made.height == min(h, height),
        "\(made.width) x \(made.height) of \(width) x \(height) in \(w) x \(h)")
    }
  }

  @Test("any bytes whatever are read or refused")
  func noise() {
    var random = SeededGenerator(seed: 9)
    let alphabet = Array("0123456789,.!^:/pctfullmaxsquaredefaultjpg-+e \u{0}é١".unicodeScalars)
    for _ in 0..<20_000 {
      var text = ""
      for _ in 0..<Int.random(in: 0...30, using: &random) {
        text.unicodeScalars.append(alphabet[Int.random(in: 0..<alphabet.count, using: &random)])
      }
      _ = try? ImageRequest(path: text)
        .resolved(width: 300, height: 200, limits: ImageLimits())
      _ = try? ImageRequest(region: text, size: text, rotation: text, qualityAndFormat: text)
    }
  }

  @Test("a rendering is only read from what one writes")
  func renderingText() {
    let text = "1,2,3,4 5,6 !22.5 gray png"
    #expect(Rendering(text: text)?.text == text)
    for bad in [
      "", " ", "1,2,3,4 5,6 0 gray", "1,2,3,4 5,6 360 gray png", "1,2,0,4 5,6 0 gray png",
      "1,2,3,4 0,6 0 gray png",
      "1,2,3,4 5,6 -1 gray png", "1,2,3,4 5,65536 0 gray png", "1,2,3,4 5,6 nan gray png",
      "+1,2,3,4 5,6 0 gray png",
      "1,2,3,4 5,6 !!0 gray png", "1,2,3,4,5 5,6 0 gray png", "1,2,3,4 5,6 0 gray gif",
      "1,2,3,4 5,6 00 gray png",
    ] {
      #expect(Rendering(text: bad) == nil, "\(bad)")
    }
  }
}
