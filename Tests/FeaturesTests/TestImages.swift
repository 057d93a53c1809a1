import Features
import Imaging
import TestSupport

// The pictures that tools/golden/golden_colour.py makes too.

/// Smooth ramps with some noise on top.
func pattern(width: Int, height: Int, seed: Int = 0) -> WorkingImage {
  picture(width: width, height: height) { x, y, channel in
    let noise = ((x * 31 + y * 17 + channel * 59 + seed * 101) * 7919 % 65_536) % 48
    let ramp = (x * (channel + 2) * 128 / width + y * (4 - channel) * 96 / height + 40 * channel) % 208
    return ramp + noise
  }
}

/// Five flat colours in vertical bands of unequal width, each with a little noise.
func patches(width: Int, height: Int) -> WorkingImage {
  let colours = [[180, 40, 30], [30, 60, 150], [225, 205, 160], [20, 24, 22], [70, 120, 60]]
  let ends = [0.35, 0.6, 0.8, 0.95, 1.0].map { $0 * Double(width) }
  return picture(width: width, height: height) { x, y, channel in
    let band = ends.count { Double(x) + 0.5 > $0 }
    return colours[band][channel] + (x * 7 + y * 13 + channel * 5) % 9 - 4
  }
}

/// One colour.
func uniform(width: Int, height: Int, _ colour: [Int]) -> WorkingImage {
  picture(width: width, height: height) { _, _, channel in colour[channel] }
}

/// Soft blobs, of which any part can be taken: `left` and `top` say where it begins.
func blobs(width: Int, height: Int, seed: Int, left: Int = 0, top: Int = 0) -> WorkingImage {
  picture(width: width, height: height) { x, y, channel in
    blobLevel(x + left, y + top, channel: channel, seed: seed)
  }
}

/// A picture by formula: `value(x, y, channel)`, 0…255.
func picture(width: Int, height: Int, _ value: (Int, Int, Int) -> Int) -> WorkingImage {
  var pixels: [UInt8] = []
  pixels.reserveCapacity(3 * width * height)
  for y in 0..<height {
    for x in 0..<width {
      for channel in 0..<3 { pixels.append(UInt8(value(x, y, channel))) }
    }
  }
  return WorkingImage(width: width, height: height, pixels: pixels)
}

extension WorkingImage {
  /// Left and right exchanged.
  var mirrored: WorkingImage {
    picture(width: width, height: height) { x, y, channel in
      Int(pixels[3 * (y * width + width - 1 - x) + channel])
    }
  }

  /// Every pixel repeated twice in both directions.
  var doubled: WorkingImage {
    picture(width: 2 * width, height: 2 * height) { x, y, channel in
      Int(pixels[3 * (y / 2 * width + x / 2) + channel])
    }
  }

  /// The same pixels in another order: pixel i goes to i times `factor`, which has no divisor in common with the count.
  func permuted(factor: Int) -> WorkingImage {
    let count = width * height
    return picture(width: width, height: height) { x, y, channel in
      Int(pixels[3 * ((y * width + x) * factor % count) + channel])
    }
  }

  /// FNV-1a of the pixels.
  var checksum: UInt32 {
    pixels.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
  }

  /// All pixels as planes L*, a*, b*, one after another.
  var lab: [Float] {
    var planes = [Float](repeating: 0, count: pixels.count)
    var span = planes.mutableSpan
    CIELABConversion().convert(pixels.span, count: width * height, into: &span)
    return planes
  }

  /// All pixels as planes hue, saturation, value, one after another.
  var hsv: [Float] {
    var planes = [Float](repeating: 0, count: pixels.count)
    var span = planes.mutableSpan
    HSVConversion().convert(pixels.span, count: width * height, into: &span)
    return planes
  }

  /// The occupied cells of the colour grid.
  var points: [SIMD4<Float>] {
    var grid = ColourGrid()
    grid.add(lab.span, count: width * height)
    grid.collect()
    return grid.points
  }

  /// Every pixel as a point of weight 1.
  var pixelPoints: [SIMD4<Float>] {
    let (lab, count) = (lab, width * height)
    return (0..<count).map { SIMD4(lab[$0], lab[$0 + count], lab[$0 + 2 * count], 1) }
  }

  /// As the extractors see it.
  var analysed: AnalysisImage {
    var image = AnalysisImage()
    image.load(self)
    return image
  }

  /// The picture's layout without the extractor around it; both sides at least 16.
  var layout: ColourLayout {
    var layout = ColourLayout()
    var sampler = ColourSampler()
    let image = analysed
    for y in 0..<image.height {
      sampler.read(row: y, of: image)
      if y == 0 { layout.reset(reference: sampler.firstColour) }
      layout.add(sampler.lab.span, y: y, width: image.width, height: image.height)
    }
    return layout
  }
}

/// The largest difference of two sequences of equal length; infinity where the lengths differ.
func largestDifference<T: BinaryFloatingPoint>(_ a: [T], _ b: [T]) -> T {
  guard a.count == b.count else { return .infinity }
  return zip(a, b).map { abs($0 - $1) }.max() ?? 0
}
