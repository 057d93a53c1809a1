import Foundation
package import Model

/// What events say of how much a person likes a work: a number in −1…1.
///
/// What somebody says counts by the last word: the latest rating, like, dislike or favourite decides whether the work is liked, and of
/// what was said to the same effect since the last word to the contrary the strongest decides how much. What somebody does (views, seconds,
/// a purchase) only hints: hints of one kind add up to a ceiling, as `1 − Π (1 − strength)`, which saturates, and kinds add up the same
/// way. Against a dislike no hint counts. Each event counts half as much when it is one half-life older than the latest, and the
/// order in which events are given does not matter.
package struct PreferenceRule: Sendable, Equatable {
  /// What one event of a kind says, −1…1. A rating r says (r − 3)/2 of its weight; a dwell of s seconds `1 − 2^(−s/dwellHalf)` of its.
  package var strengths: [EventKind: Float] = [
    .view: 0.1, .like: 0.8, .dislike: -0.8, .favourite: 0.9, .rating: 1, .purchase: 1, .dismissed: -0.4,
    .dwell: 0.3,
  ]
  /// What all events of a kind may come to; 1 where nothing is said.
  package var ceilings: [EventKind: Float] = [.view: 0.3, .dwell: 0.4, .dismissed: 0.6]
  /// Seconds after which a dwell says half of what it can.
  package var dwellHalf: Double = 30
  /// Seconds after which an event says half.
  package var halfLife: Double = 90 * 86_400

  package init() {}

  /// What was done to one work.
  package struct Deed: Sendable, Equatable {
    package let kind: EventKind
    package let value: Double?
    /// Seconds since 1970.
    package let time: Double

    package init(_ kind: EventKind, value: Double? = nil, time: Double) {
      self.kind = kind
      self.value = value
      self.time = time
    }
  }

  /// What one event says by itself, −1…1; nil where its value can't be.
  package func strength(_ deed: Deed) -> Float? {
    let weight = strengths[deed.kind] ?? 0
    switch deed.kind {
    case .rating:
      guard let value = deed.value, value >= 1, value <= 5 else { return nil }
      return weight * Float((value - 3) / 2)
    case .dwell:
      guard let value = deed.value, value >= 0, value.isFinite else { return nil }
      return weight * Float(1 - exp2(-value / dwellHalf))
    default: return weight
    }
  }

  /// What all that a person did with one work comes to.
  ///
  /// - Parameters:
  ///   - deeds: in any order; those that can't be are passed over.
  ///   - ignored: how much it says that the work was shown in vain (`ImplicitNegatives`), 0 or less, and when it last was.
  /// - Returns: nil where nothing is left.
  package func preference(
    for work: Int32, _ deeds: [Deed], ignored: (strength: Float, time: Double)? = nil
  ) -> WorkPreference? {
    let known = deeds.filter { strength($0) != nil && $0.time.isFinite }
    guard let newest = (known.map(\.time) + (ignored.map { [$0.time] } ?? [])).max() else { return nil }
    let verdict = verdict(known, newest)
    if let verdict, verdict < 0 {
      return WorkPreference(work: work, value: verdict, time: newest)
    }
    let hints = Dictionary(grouping: known.filter { !Self.isVerdict($0.kind) }, by: \.kind)
    let sums = EventKind.allCases.compactMap { kind in hints[kind].map { saturated($0, kind, newest) } }
    let liked = Self.together(sums.filter { $0 > 0 } + [verdict ?? 0])
    let disliked = Self.together((sums.filter { $0 < 0 } + [min(0, ignored?.strength ?? 0)]).map { -$0 })
    return WorkPreference(work: work, value: liked - disliked, time: newest)
  }

  private static func isVerdict(_ kind: EventKind) -> Bool {
    switch kind {
    case .like, .dislike, .favourite, .rating: true
    case .view, .purchase, .dismissed, .dwell: false
    }
  }

  private func decay(_ deed: Deed, _ newest: Double) -> Float { Float(exp2((deed.time - newest) / halfLife)) }

  /// The last word; nil where none was said.
  private func verdict(_ deeds: [Deed], _ newest: Double) -> Float? {
    let said = deeds.filter { Self.isVerdict($0.kind) }
    let rated = said.filter { $0.kind == .rating }.map(\.time).max()
    // An earlier rating has been taken back by a later one.
    let valid = said.filter { $0.kind != .rating || $0.time == rated }
    guard let last = valid.map(\.time).max() else { return nil }
    func strengths(_ chosen: [Deed]) -> [Float] { chosen.compactMap(strength).sorted() }
    let words = strengths(valid.filter { $0.time == last })
    let word = words.reduce(0, +) / Float(words.count)
    guard word != 0 else { return 0 }
    let contrary =
      valid.filter { (strength($0) ?? 0) * word <= 0 && $0.time < last }.map(\.time).max() ?? -.infinity
    let same = valid.filter { $0.time > contrary && $0.time < last }
      .compactMap { deed in strength(deed).map { abs($0) * decay(deed, newest) } }
    let now = abs(word) * Float(exp2((last - newest) / halfLife))
    return (word < 0 ? -1 : 1) * max(now, same.max() ?? 0)
  }

  /// What the hints of one kind come to, with the sign of the kind.
  private func saturated(_ deeds: [Deed], _ kind: EventKind, _ newest: Double) -> Float {
    let sizes = deeds.compactMap { deed in strength(deed).map { abs($0) * decay(deed, newest) } }
    let sum = min(Self.together(sizes), ceilings[kind] ?? 1)
    return (strengths[kind] ?? 0) < 0 ? -sum : sum
  }

  /// `1 − Π (1 − sᵢ)`, in one order whatever the order given.
  private static func together(_ strengths: [Float]) -> Float {
    1 - strengths.sorted().reduce(1) { $0 * (1 - min(1, $1)) }
  }
}
