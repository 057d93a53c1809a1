/// Who gets which variant of an A/B test: by a hash of the person's id alone, so that it is the same on every machine, in every run
/// and for ever, with nothing kept.
package struct Assignment: Sendable, Equatable {
  package struct Variant: Sendable, Equatable {
    package let name: String
    /// Above 0; shares are of their sum.
    package let share: Double

    package init(_ name: String, share: Double = 1) {
      precondition(share > 0 && share.isFinite)
      self.name = name
      self.share = share
    }
  }

  /// Of the test: another test divides people otherwise.
  package let test: String
  package let variants: [Variant]

  /// - Parameter variants: at least one, in an order that stays.
  package init(test: String, _ variants: [Variant]) {
    precondition(!variants.isEmpty)
    self.test = test
    self.variants = variants
  }

  package func variant(of person: String) -> String {
    let total = variants.reduce(0) { $0 + $1.share }
    let point = Self.point(test, person) * total
    var end = 0.0
    for variant in variants {
      end += variant.share
      if point < end { return variant.name }
    }
    return variants[variants.count - 1].name
  }

  /// 0 … below 1, evenly over people: FNV-1a over the UTF-8 of both with a zero between them, stirred by MurmurHash3's finaliser.
  static func point(_ test: String, _ person: String) -> Double {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in Array(test.utf8) + [0] + Array(person.utf8) {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
    }
    hash = (hash ^ (hash >> 33)) &* 0xFF51_AFD7_ED55_8CCD
    hash = (hash ^ (hash >> 33)) &* 0xC4CE_B9FE_1A85_EC53
    hash ^= hash >> 33
    return Double(hash >> 11) * 0x1p-53
  }
}
