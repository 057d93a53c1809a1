import Foundation
import Kernels

extension SplitMix {
  /// 0..<1, in steps of 2⁻²⁴.
  mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Numbers of a normal distribution about 0 (Box and Muller 1958, doi:10.1214/aoms/1177706645).
  mutating func normal(_ count: Int, deviation: Float) -> [Float] {
    var numbers: [Float] = []
    numbers.reserveCapacity(count + 1)
    while numbers.count < count {
      let radius = (-2 * log(1 - Double(unit()))).squareRoot() * Double(deviation)
      let angle = 2 * Double.pi * Double(unit())
      numbers.append(Float(radius * cos(angle)))
      numbers.append(Float(radius * sin(angle)))
    }
    numbers.removeLast(numbers.count - count)
    return numbers
  }
}
