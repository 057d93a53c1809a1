import ArgumentParser
import Features
import Foundation
import Model

/// `#1d3557:2,#e63946` on a command line: colours, and how much of each.
struct PaletteArgument: Equatable, ExpressibleByArgument {
  /// As it was written.
  let text: String
  /// Shares that sum to 1.
  let palette: Palette

  init?(argument: String) {
    var swatches: [Palette.Swatch] = []
    for item in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let parts = item.split(separator: ":", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
      guard (1...2).contains(parts.count), let rgb = Self.bytes(parts[0]) else { return nil }
      let share = parts.count == 2 ? Float(parts[1]) : 1
      guard let share, share > 0, share <= 1e6 else { return nil }
      let lab = Self.lab(rgb)
      swatches.append(Palette.Swatch(l: lab[0], a: lab[1], b: lab[2], share: share))
    }
    guard !swatches.isEmpty, swatches.count <= 32 else { return nil }
    let total = swatches.reduce(0) { $0 + $1.share }
    for index in swatches.indices { swatches[index].share /= total }
    palette = Palette(swatches: swatches)
    text = argument
  }

  /// `#rrggbb` or `#rgb`, with or without the `#`.
  private static func bytes(_ text: String) -> [UInt8]? {
    var digits = text.hasPrefix("#") ? String(text.dropFirst()) : text
    if digits.count == 3 { digits = digits.map { "\($0)\($0)" }.joined() }
    guard digits.count == 6, digits.allSatisfy(\.isHexDigit), let value = Int(digits, radix: 16) else {
      return nil
    }
    return [UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  private static func lab(_ rgb: [UInt8]) -> [Float] {
    var lab: [Float] = [0, 0, 0]
    var span = lab.mutableSpan
    CIELABConversion().convert(rgb.span, count: 1, into: &span)
    return lab
  }
}

extension PictureRegion: ExpressibleByArgument {
  /// As `PictureRegion.text` writes it.
  public init?(argument: String) { self.init(argument) }
}
