import Foundation
import Model

extension Palette.Swatch {
  /// `#rrggbb` in sRGB; colours outside it are clipped. CIELAB under D65 (CIE 15:2004, IEC 61966-2-1).
  var hexadecimal: String {
    let fy = (Double(l) + 16) / 116
    let x = 0.95047 * Self.linear(fy + Double(a) / 500)
    let y = Self.linear(fy)
    let z = 1.08883 * Self.linear(fy - Double(b) / 200)
    let red: Double = 3.2404542 * x - 1.5371385 * y - 0.4985314 * z
    let green: Double = -0.9692660 * x + 1.8760108 * y + 0.0415560 * z
    let blue: Double = 0.0556434 * x - 0.2040259 * y + 1.0572252 * z
    let bytes = [red, green, blue].map { value -> Int in
      let encoded = value <= 0.0031308 ? 12.92 * value : 1.055 * pow(value, 1 / 2.4) - 0.055
      return Int((min(max(encoded, 0), 1) * 255).rounded())
    }
    return String(format: "#%02x%02x%02x", bytes[0], bytes[1], bytes[2])
  }

  /// The inverse of CIELAB's cube root with its linear foot.
  private static func linear(_ f: Double) -> Double {
    f > 6.0 / 29 ? f * f * f : (f - 4.0 / 29) * 108 / 841
  }
}
