/// The real cube root, of negative numbers too, within 10⁻¹² of it (relative), without libm.
package func cubeRoot(_ x: Double) -> Double {
  guard x != 0, x.isFinite else { return x }
  let magnitude = abs(x)
  // A third of the exponent in the bits is within a few per cent; each of Halley's steps triples the right digits.
  var y = Double(bitPattern: magnitude.bitPattern / 3 + 0x2A9F_7893_0000_0000)
  for _ in 0..<3 {
    let cube = y * y * y
    y *= (cube + 2 * magnitude) / (2 * cube + magnitude)
  }
  return x < 0 ? -y : y
}
