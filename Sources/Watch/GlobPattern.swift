/// A shell pattern as git reads it (wildmatch.c, after Rich Salz 1986): `?`, `*`, `**`, classes in brackets, backslashes.
struct GlobPattern: Sendable {
  private enum Outcome {
    case matches, fails
    /// No longer text can match either: what called need not try.
    case failsForGood
    /// Only a `**` further left can still help.
    case failsUpToDoubleStar
  }

  private static let slash = UInt8(ascii: "/")
  private static let star = UInt8(ascii: "*")
  private static let backslash = UInt8(ascii: "\\")

  private let pattern: [UInt8]
  /// `*`, `?` and classes stop at slashes; only `**` crosses them.
  private let isPath: Bool
  /// Bytes before the first that isn't meant as itself.
  private let plainCount: Int
  /// What follows the star where that is all there is, in a pattern for names.
  private let plainEnding: ArraySlice<UInt8>?

  init(_ pattern: [UInt8], isPath: Bool) {
    self.pattern = pattern
    plainCount = pattern.firstIndex { "*?[\\".utf8.contains($0) } ?? pattern.count
    let ending = pattern.dropFirst()
    plainEnding =
      !isPath && pattern.first == Self.star && !ending.contains { "*?[\\".utf8.contains($0) } ? ending : nil
    self.isPath = isPath
  }

  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    // Most patterns are names and endings: they fail, or match, without a walk.
    if plainCount == pattern.count { return text.elementsEqual(pattern) }
    if plainCount > 0, !text.starts(with: pattern[..<plainCount]) { return false }
    if let plainEnding { return text.suffix(plainEnding.count).elementsEqual(plainEnding) }
    return match(0, text) == .matches
  }

  /// - Parameter first: where the rest of the pattern begins.
  private func match(_ first: Int, _ all: ArraySlice<UInt8>) -> Outcome {
    var at = first
    var text = all
    while at < pattern.count {
      let expected = pattern[at]
      guard let byte = text.first ?? (expected == Self.star ? 0 : nil) else { return .failsForGood }
      switch expected {
      case Self.star: return matchStar(at, from: first, text)
      case UInt8(ascii: "?"):
        if isPath, byte == Self.slash { return .fails }
      case UInt8(ascii: "["):
        guard let (end, isMember) = matchClass(at + 1, byte) else { return .failsForGood }
        if !isMember || isPath && byte == Self.slash { return .fails }
        at = end
      case Self.backslash:
        at += 1
        // A backslash at the end makes a pattern that matches nothing.
        if at == pattern.count || pattern[at] != byte { return .fails }
      default:
        if expected != byte { return .fails }
      }
      at += 1
      text = text.dropFirst()
    }
    return text.isEmpty ? .matches : .fails
  }

  private func matchStar(_ star: Int, from first: Int, _ all: ArraySlice<UInt8>) -> Outcome {
    var at = star + 1
    var text = all
    var crossesSlashes = !isPath
    if at < pattern.count, pattern[at] == Self.star {
      while at < pattern.count, pattern[at] == Self.star { at += 1 }
      let rest = pattern[at...]
      // git compares what is plain beforehand, and so takes `a**/b` for `a` and `**/b`, whatever its manual says.
      let isWholeName =
        (star == first || star == plainCount || pattern[star - 1] == Self.slash)
        && (rest.isEmpty || rest.first == Self.slash || rest.starts(with: [Self.backslash, Self.slash]))
      if isPath, isWholeName {
        // Between slashes it may also stand for nothing.
        if rest.first == Self.slash, match(at + 1, text) == .matches { return .matches }
        crossesSlashes = true
      }
    }
    if at == pattern.count {
      return crossesSlashes || !text.contains(Self.slash) ? .matches : .failsUpToDoubleStar
    }
    if !crossesSlashes, pattern[at] == Self.slash {
      guard let next = text.firstIndex(of: Self.slash) else { return .failsForGood }
      return match(at + 1, text[(next + 1)...])
    }
    while true {
      let outcome = match(at, text)
      if outcome != .fails {
        if !crossesSlashes || outcome != .failsUpToDoubleStar { return outcome }
      } else if !crossesSlashes, text.first == Self.slash {
        return .failsUpToDoubleStar
      }
      if text.isEmpty { return .failsForGood }
      text = text.dropFirst()
    }
  }

  /// - Returns: where the closing bracket is, and whether the class has the byte; nothing for a class that isn't closed or has
  ///   an unknown name in it.
  private func matchClass(_ first: Int, _ byte: UInt8) -> (end: Int, isMember: Bool)? {
    var at = first
    func here() -> UInt8? { at < pattern.count ? pattern[at] : nil }
    let isNegated = here() == UInt8(ascii: "!") || here() == UInt8(ascii: "^")
    if isNegated { at += 1 }
    var isMember = false
    var previous: UInt8?
    let start = at
    while true {
      guard var member = here() else { return nil }
      if member == UInt8(ascii: "]"), at > start { return (at, isMember != isNegated) }
      if member == UInt8(ascii: "-"), let low = previous, at + 1 < pattern.count,
        pattern[at + 1] != UInt8(ascii: "]")
      {
        at += 1
        if here() == Self.backslash { at += 1 }
        guard let high = here() else { return nil }
        if low <= byte, byte <= high { isMember = true }
        previous = nil
      } else if member == UInt8(ascii: "["), at + 1 < pattern.count, pattern[at + 1] == UInt8(ascii: ":") {
        let nameStart = at + 2
        guard let end = pattern[nameStart...].firstIndex(of: UInt8(ascii: "]")) else { return nil }
        if end > nameStart, pattern[end - 1] == UInt8(ascii: ":") {
          let name = String(decoding: pattern[nameStart..<(end - 1)], as: UTF8.self)
          guard let test = Self.named[name] else { return nil }
          if test(byte) { isMember = true }
          at = end
          previous = nil
        } else {
          // No "[:name:]" after all: a bracket like any other.
          if byte == member { isMember = true }
          previous = member
        }
      } else {
        if member == Self.backslash {
          at += 1
          guard let escaped = here() else { return nil }
          member = escaped
        }
        if byte == member { isMember = true }
        previous = member
      }
      at += 1
    }
  }

  private static let named: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isDigit($0) || isLower($0) || isUpper($0) }, "alpha": { isLower($0) || isUpper($0) },
    "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7F }, "digit": { isDigit($0) },
    "graph": { isGraph($0) }, "lower": { isLower($0) }, "print": { isGraph($0) || $0 == 0x20 },
    "punct": { isGraph($0) && !isDigit($0) && !isLower($0) && !isUpper($0) },
    "space": { $0 == 0x20 || (0x09...0x0D).contains($0) }, "upper": { isUpper($0) },
    "xdigit": { isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) },
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isGraph(_ byte: UInt8) -> Bool { (0x21...0x7E).contains(byte) }
}
