import Foundation

/// Chooses among strategies by how well they have done, without giving up on any: Thompson sampling with Beta posteriors (Thompson
/// 1933, doi:10.1093/biomet/25.3-4.285; Chapelle & Li 2011), which forget with time.
package struct StrategyBandit: Sendable, Equatable {
  package struct Arm: Sendable, Equatable {
    package let name: String
    /// Rewards and what was missing to a full reward, as of `time`; both 0 and above.
    package fileprivate(set) var wins, losses: Double
  }

  package private(set) var arms: [Arm]
  /// Seconds after which an outcome counts half.
  package let halfLife: Double
  /// What the counts are told for, seconds since 1970; nil before the first outcome.
  package private(set) var time: Double?

  /// - Parameter names: of the strategies, distinct, at least one.
  package init(_ names: [String], halfLife: Double = 14 * 86_400) {
    precondition(!names.isEmpty && Set(names).count == names.count && halfLife > 0)
    arms = names.map { Arm(name: $0, wins: 0, losses: 0) }
    self.halfLife = halfLife
  }

  /// Notes what came of a list or a work that was shown; the order of the notes doesn't matter.
  ///
  /// - Parameters:
  ///   - name: the strategy; a name that isn't one of them is passed over (it may have been taken out of the settings).
  ///   - reward: 0 (shown in vain) …1.
  ///   - time: when.
  package mutating func record(_ name: String, reward: Double, at time: Double) {
    precondition(reward >= 0 && reward <= 1 && time.isFinite)
    guard let arm = arms.firstIndex(where: { $0.name == name }) else { return }
    advance(to: time)
    let weight = exp2(min(0, (time - (self.time ?? time)) / halfLife))
    arms[arm].wins += weight * reward
    arms[arm].losses += weight * (1 - reward)
  }

  private mutating func advance(to now: Double) {
    if let time, now > time {
      let factor = exp2((time - now) / halfLife)
      for arm in arms.indices {
        arms[arm].wins *= factor
        arms[arm].losses *= factor
      }
    }
    time = max(time ?? now, now)
  }

  /// The strategy to use now.
  ///
  /// - Parameter generator: seeded by whoever asks, so that an answer can be had again.
  package func choose(at now: Double, using generator: inout some RandomNumberGenerator) -> String {
    let factor = time.map { exp2(min(0, ($0 - now) / halfLife)) } ?? 1
    var best = (name: arms[0].name, draw: -1.0)
    for arm in arms {
      let draw = Self.beta(1 + factor * arm.wins, 1 + factor * arm.losses, using: &generator)
      if draw > best.draw { best = (arm.name, draw) }
    }
    return best.name
  }

  /// The mean of each strategy's posterior: what it is thought to yield, by name.
  package func expectations(at now: Double) -> [String: Double] {
    let factor = time.map { exp2(min(0, ($0 - now) / halfLife)) } ?? 1
    return arms.reduce(into: [:]) {
      $0[$1.name] = (1 + factor * $1.wins) / (2 + factor * ($1.wins + $1.losses))
    }
  }

  /// A Beta-distributed number, as a share of two gamma-distributed ones.
  static func beta(_ a: Double, _ b: Double, using generator: inout some RandomNumberGenerator) -> Double {
    let (x, y) = (gamma(a, using: &generator), gamma(b, using: &generator))
    return x / (x + y)
  }

  /// A gamma-distributed number of scale 1 (Marsaglia & Tsang 2000, doi:10.1145/358407.358414).
  ///
  /// - Parameter shape: 1 or more.
  static func gamma(_ shape: Double, using generator: inout some RandomNumberGenerator) -> Double {
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = normal(using: &generator)
      let v = 1 + c * x
      guard v > 0 else { continue }
      let cube = v * v * v
      if log(uniform(using: &generator)) < 0.5 * x * x + d - d * cube + d * log(cube) { return d * cube }
    }
  }

  /// A standard normal number (Box & Muller 1958, doi:10.1214/aoms/1177706645).
  private static func normal(using generator: inout some RandomNumberGenerator) -> Double {
    let radius = (-2 * log(uniform(using: &generator))).squareRoot()
    return radius * cos(2 * Double.pi * uniform(using: &generator))
  }

  /// Above 0, at most 1.
  private static func uniform(using generator: inout some RandomNumberGenerator) -> Double {
    (Double(generator.next() >> 11) + 1) * 0x1p-53
  }
}
