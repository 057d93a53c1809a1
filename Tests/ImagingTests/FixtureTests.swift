import Imaging
import Testing

extension Decoding {
  struct FixtureTests {
    private func check(_ fixture: Fixture, with decoder: ImageDecoder) throws {
      let (header, image) = try decoder.picture(fixture.bytes)
      #expect(header.format == fixture.format)
      #expect(Fixture.Size(width: header.storedWidth, height: header.storedHeight) == fixture.stored)
      #expect(Fixture.Size(width: header.width, height: header.height) == fixture.upright)
      let working = try #require(fixture.working)
      #expect(abs(image.width - working.width) <= 1 && abs(image.height - working.height) <= 1)
      for probe in fixture.probes ?? [] {
        let (x, y) = (Int(probe.x * Double(image.width)), Int(probe.y * Double(image.height)))
        let seen = image.colour(x, y)
        let off = zip(seen, [probe.r, probe.g, probe.b]).map { abs($0 - $1) }.max() ?? 255
        #expect(off <= fixture.tolerance ?? 0, "\(seen) at \(probe)")
      }
    }

    @Test("the list of fixtures is there")
    func list() {
      #expect(Fixture.all.count { $0.ok } > 100 && Fixture.all.count { !$0.ok } > 60)
    }

    @Test(
      "whole files decode to the expected size and colours",
      arguments: Fixture.all.filter { $0.ok && $0.option == nil })
    func good(_ fixture: Fixture) throws {
      try check(fixture, with: ImageDecoder(limits: ImagingLimits()))
    }

    @Test(
      "other files are refused with the right code",
      arguments: Fixture.all.filter { !$0.ok && $0.option == nil })
    func bad(_ fixture: Fixture) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits())
      let code = try #require(try decoder.refusal(of: fixture.bytes), "it was decoded")
      #expect(fixture.codes?.contains(code) == true, "refused as \(code)")
    }

    @Test("SVG is refused unless it is turned on", arguments: Fixture.all.filter { $0.option == "svg" })
    func svgOff(_ fixture: Fixture) throws {
      #expect(try ImageDecoder(limits: ImagingLimits()).refusal(of: fixture.bytes) == .unsupported)
    }

    @Test(
      "SVG that is turned on is drawn, but not what it takes from outside",
      arguments: Fixture.all.filter { $0.option == "svg" })
    func svgOn(_ fixture: Fixture) throws {
      let decoder = try ImageDecoder(limits: ImagingLimits(formats: Set(ImageFormat.allCases)))
      if fixture.ok { return try check(fixture, with: decoder) }
      guard let code = try decoder.refusal(of: fixture.bytes) else {
        // Drawn without the outside file, it is an empty sheet.
        let image = try decoder.picture(fixture.bytes).image
        #expect(image.pixels.allSatisfy { $0 == 255 })
        return
      }
      #expect(fixture.codes?.contains(code) == true, "refused as \(code)")
    }
  }
}
