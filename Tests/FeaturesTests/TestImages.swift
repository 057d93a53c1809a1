import Imaging

/// A deterministic picture: smooth ramps with some noise on top (`tools/golden/golden_colour.py` has the same formula).
func pattern(width: Int, height: Int, seed: Int = 0) -> WorkingImage {
  var pixels: [UInt8] = []
  pixels.reserveCapacity(3 * width * height)
  for y in 0..<height {
    for x in 0..<width {
      for channel in 0..<3 {
        let noise = ((x * 31 + y * 17 + channel * 59 + seed * 101) * 7919 % 65_536) % 48
        let ramp = (x * (channel + 2) * 128 / width + y * (4 - channel) * 96 / height + 40 * channel) % 208
        pixels.append(UInt8(ramp + noise))
      }
    }
  }
  return WorkingImage(width: width, height: height, pixels: pixels)
}

/// A picture of one colour.
func uniform(width: Int, height: Int, _ colour: (UInt8, UInt8, UInt8)) -> WorkingImage {
  let pixels = (0..<width * height).flatMap { _ in [colour.0, colour.1, colour.2] }
  return WorkingImage(width: width, height: height, pixels: pixels)
}
