import Imaging
import Model
import Testing

/// What a renderer made, looked at with the decoder, which other tests look after.
struct Rendered {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// A part of a fixture as PNG, which loses nothing.
  init(
    _ name: String, crop: PictureRegion.Box? = nil, width: Int? = nil, height: Int? = nil,
    mirrored: Bool = false,
    degrees: Double = 0, quality: Rendering.Quality = .colour, format: Rendering.Format = .png
  ) throws {
    let file = try Fixture.bytes(name)
    let header = try ImageDecoder(limits: ImagingLimits()).header(of: file.span)
    let crop = crop ?? PictureRegion.Box(x: 0, y: 0, width: header.width, height: header.height)
    let rendering = try #require(
      Rendering(
        crop: crop, width: width ?? crop.width, height: height ?? crop.height, mirrored: mirrored,
        degrees: degrees,
        quality: quality, format: format))
    bytes = try PictureRenderer(limits: ImagingLimits()).render(rendering, of: file.span)
  }

  /// The picture on white; pixel by pixel if it has at most 512 a side.
  var image: WorkingImage {
    get throws { try ImageDecoder(limits: ImagingLimits()).picture(bytes).image }
  }

  var header: ImageHeader {
    get throws { try ImageDecoder(limits: ImagingLimits()).header(of: bytes.span) }
  }

  /// The kinds of chunks of a PNG.
  var chunks: [String] {
    var (kinds, offset): ([String], Int) = ([], 8)
    while offset + 8 <= bytes.count {
      let length = bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
      kinds.append(String(decoding: bytes[offset + 4..<offset + 8], as: UTF8.self))
      offset += 12 + length
    }
    return kinds
  }

  /// The markers of a JPEG before its scan, without the 0xFF.
  var markers: [UInt8] {
    var (kinds, offset): ([UInt8], Int) = ([], 2)
    while offset + 4 <= bytes.count, bytes[offset] == 0xFF, bytes[offset + 1] != 0xDA {
      kinds.append(bytes[offset + 1])
      let length = Int(bytes[offset + 2]) * 256 + Int(bytes[offset + 3])
      offset += 2 + length
    }
    return kinds
  }
}

extension WorkingImage {
  /// The mean difference of all samples; nil if the sizes differ.
  func meanDifference(from other: WorkingImage) -> Double? {
    guard (width, height) == (other.width, other.height) else { return nil }
    var sum = 0
    for (one, two) in zip(pixels, other.pixels) { sum += abs(Int(one) - Int(two)) }
    return Double(sum) / Double(pixels.count)
  }

  /// A part of it.
  func cropped(_ box: PictureRegion.Box) -> WorkingImage {
    moved(box.width, box.height) { (box.x + $0, box.y + $1) }
  }

  /// The means of squares of `side` pixels.
  func averaged(_ side: Int) -> WorkingImage {
    let (across, down) = (width / side, height / side)
    var means: [UInt8] = []
    for y in 0..<down {
      for x in 0..<across {
        var sums = [0, 0, 0]
        for place in 0..<side * side {
          let seen = colour(x * side + place % side, y * side + place / side)
          for band in 0..<3 { sums[band] += seen[band] }
        }
        means += sums.map { UInt8($0 / (side * side)) }
      }
    }
    return WorkingImage(width: across, height: down, pixels: means)
  }

  /// The picture whose pixel at (x, y) is this one's at `place(x, y)`.
  func moved(_ width: Int, _ height: Int, _ place: (Int, Int) -> (Int, Int)) -> WorkingImage {
    var pixels: [UInt8] = []
    for y in 0..<height {
      for x in 0..<width {
        let (column, row) = place(x, y)
        pixels += colour(column, row).map(UInt8.init)
      }
    }
    return WorkingImage(width: width, height: height, pixels: pixels)
  }
}

extension PictureRenderer {
  /// The code that a rendering is refused with, nil if it is made.
  func refusal(_ rendering: Rendering, of bytes: [UInt8]) -> ImagingError.Code? {
    do throws(ImagingError) {
      _ = try render(rendering, of: bytes.span)
      return nil
    } catch {
      return error.code
    }
  }

  /// The code that a thumbnail is refused with, nil if it is made.
  func refusal(of bytes: [UInt8], side: Int) -> ImagingError.Code? {
    do throws(ImagingError) {
      _ = try thumbnail(of: bytes.span, side: side)
      return nil
    } catch {
      return error.code
    }
  }
}
