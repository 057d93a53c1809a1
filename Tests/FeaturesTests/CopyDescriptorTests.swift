import Features
import Imaging
import Model
import TestSupport
import Testing

@Suite struct CopyDescriptorTests {
  private func descriptor(_ image: WorkingImage) -> CopyDescriptor {
    var extractor = CopyDescriptorExtractor()
    return extractor.extract(image)
  }

  private func hashes(_ image: WorkingImage) throws -> PerceptualHashes {
    try #require(descriptor(image).views[0].hashes)
  }

  private func distance(_ a: UInt64, _ b: UInt64) -> Int { (a ^ b).nonzeroBitCount }

  private static let golden = Result { try CopyGolden.load() }

  // MARK: Against the references

  /// Luma to a level, as sums of floats round differently; a level changes a bit at most.
  @Test func agreesWithOpenCVAndTheDefinitionOfImagehash() throws {
    for picture in try Self.golden.get().pictures {
      let image = blobs(width: picture.width, height: picture.height, seed: picture.seed)
      #expect(image.checksum == picture.checksum)
      let view = descriptor(image).views[0]
      let luma = view.thumbnail.prefix(1024)
      #expect(zip(luma, picture.luma).allSatisfy { abs(Int($0) - Int($1)) <= 1 })
      #expect(zip(luma, picture.luma).count { $0 != $1 } <= 10)
      let hashes = try #require(view.hashes)
      func bits(_ hash: UInt64, _ reference: String) throws -> Int {
        distance(hash, try #require(UInt64(reference, radix: 16)))
      }
      #expect(try bits(hashes.windows[0], picture.phashOfLuma) <= 2)
      #expect(try bits(hashes.mirrored, picture.phashMirroredOfLuma) <= 2)
      #expect(try bits(hashes.gradient, picture.dhashOfLuma) <= 1)
      // The filter of imagehash itself is another; pictures of few pixels feel it most.
      #expect(try bits(hashes.windows[0], picture.phash) <= 10)
      #expect(try bits(hashes.gradient, picture.dhash) <= 8)
    }
  }

  // MARK: By hand

  /// Lighter to the right all over: every bit. Darker: none. Half and half: half of each row's.
  @Test func gradientHashByHand() throws {
    func ramp(_ level: @escaping (Int) -> Int) -> WorkingImage {
      picture(width: 90, height: 80) { x, y, _ in min(255, level(x) + (y % 2) * 4 + (y / 40) * 30) }
    }
    #expect(try hashes(ramp { 2 * $0 }).gradient == .max)
    #expect(try hashes(ramp { 180 - 2 * $0 }).gradient == 0)
    #expect(try hashes(ramp { $0 < 45 ? 4 * $0 : 4 * (89 - $0) }).gradient == 0xF0F0_F0F0_F0F0_F0F0)
  }

  /// The median splits 64 coefficients into halves.
  @Test func aDCTHashHasAsManyBitsSetAsNot() throws {
    for seed in 0..<10 {
      let hashes = try hashes(blobs(width: 150, height: 100, seed: seed))
      #expect(hashes.windows.allSatisfy { $0.nonzeroBitCount == 32 } && hashes.mirrored.nonzeroBitCount == 32)
    }
  }

  @Test func chromaByHand() {
    // Pure red above, grey below: CIELAB 53.2, 80.1, 67.2 and 53.6, 0, 0.
    let image = picture(width: 64, height: 64) { _, y, channel in y < 32 ? (channel == 0 ? 255 : 0) : 128 }
    let chroma = Array(descriptor(image).views[0].thumbnail.dropFirst(1024))
    #expect(chroma.prefix(32).allSatisfy { $0 == 208 } && chroma[32..<64].allSatisfy { $0 == 128 })
    #expect(chroma[64..<96].allSatisfy { $0 == 195 } && chroma.suffix(32).allSatisfy { $0 == 128 })
  }

  // MARK: Properties

  @Test func theMirroredHashIsThatOfTheMirroredPicture() throws {
    for seed in 0..<5 {
      let image = blobs(width: 160, height: 120, seed: seed)
      #expect(distance(try hashes(image).mirrored, try hashes(image.mirrored).windows[0]) <= 2)
    }
  }

  @Test(arguments: Array(CopyWindow.all.enumerated()).map(\.offset))
  func aWindowHasTheHashOfThePictureCutToIt(number: Int) throws {
    let window = CopyWindow.all[number]
    for seed in 0..<5 {
      let (width, height) = (400, 300)
      let cut = (width: Int(window.scale * 400), height: Int(window.scale * 300))
      let left = Int(((window.offsetX - window.scale + 1) / 2 * 400).rounded())
      let top = Int(((window.offsetY - window.scale + 1) / 2 * 300).rounded())
      let whole = blobs(width: width, height: height, seed: seed)
      let part = blobs(width: cut.width, height: cut.height, seed: seed, left: left, top: top)
      #expect(distance(try hashes(whole).windows[number], try hashes(part).windows[0]) <= 8)
    }
  }

  @Test func differentPicturesHaveDifferentHashes() throws {
    let all = try (0..<12).map { try hashes(blobs(width: 200, height: 160, seed: 100 + $0)) }
    for (i, one) in all.enumerated() {
      for other in all.dropFirst(i + 1) {
        #expect(distance(one.windows[0], other.windows[0]) > 14)
        #expect(distance(one.gradient, other.gradient) > 8)
      }
    }
  }

  /// Tones that keep their order keep the gradient hash but for ties.
  @Test func anotherGammaKeepsTheGradientHash() throws {
    let image = blobs(width: 200, height: 160, seed: 3)
    let darker = picture(width: 200, height: 160) { x, y, channel in
      let level = Int(image.pixels[3 * (y * 200 + x) + channel])
      return level * level / 255
    }
    #expect(distance(try hashes(image).gradient, try hashes(darker).gradient) <= 4)
  }

  // MARK: Flat pictures and odd ones

  @Test func flatPicturesHaveNoHash() {
    let blank = picture(width: 300, height: 200) { x, y, channel in
      // Paper: the light falls off to one corner, and there is grain.
      235 - channel * 6 - (x * x + y * y) / 4000 + (x * 31 + y * 17) * 7919 % 7
    }
    for image in [
      uniform(width: 300, height: 200, [240, 235, 220]), uniform(width: 1, height: 1, [1, 2, 3]), blank,
    ] {
      #expect(descriptor(image).views[0].hashes == nil)
    }
  }

  @Test func aFaintDrawingIsNotFlat() {
    let drawing = picture(width: 300, height: 200) { x, y, _ in (x - y) % 60 < 6 || x % 90 < 8 ? 200 : 240 }
    #expect(descriptor(drawing).views[0].hashes != nil)
  }

  @Test(arguments: [(1, 1), (1, 512), (512, 1), (2, 3), (31, 33), (512, 512)])
  func everySizeHasADescriptor(width: Int, height: Int) {
    let image = blobs(width: width, height: height, seed: 9)
    let views = descriptor(image).views
    #expect((1...2).contains(views.count))
    #expect(descriptor(image).views == views)
  }

  /// The extractor keeps nothing of the picture before.
  @Test func oneExtractorDoesManyPictures() {
    var extractor = CopyDescriptorExtractor()
    let images = [(300, 200), (20, 400), (512, 512), (7, 7)].enumerated().map {
      blobs(width: $1.0, height: $1.1, seed: $0)
    }
    let first = images.map { extractor.extract($0) }
    #expect(images.reversed().map { extractor.extract($0) }.reversed() == first)
    #expect(images.map(descriptor) == first)
  }
}
