import Synchronization

/// So many requests a second for each caller, with a store for short bursts: a token bucket.
package final class RateLimiter: Sendable {
  /// Of so many callers it is remembered what they have left.
  private static let remembered = 10_000

  private struct Bucket {
    var tokens: Double
    var filled: ContinuousClock.Instant
  }

  private let rate: Double
  private let burst: Double
  private let buckets = Mutex<[String: Bucket]>([:])

  /// - Parameters:
  ///   - rate: requests a second, over 0.
  ///   - burst: so many at once after a rest.
  package init(rate: Double, burst: Double) {
    precondition(rate > 0 && burst >= 1)
    self.rate = rate
    self.burst = burst
  }

  /// Takes a request of a caller's into account.
  ///
  /// - Returns: nil where it may be answered, else in how many seconds another may be.
  package func admit(_ caller: String, now: ContinuousClock.Instant = .now) -> Double? {
    buckets.withLock { buckets in
      if buckets.count >= Self.remembered {
        // Whoever has a full bucket is as good as new.
        buckets = buckets.filter { tokens(of: $0.value, now) < burst }
        if buckets.count >= Self.remembered { buckets = [:] }
      }
      var bucket = buckets[caller] ?? Bucket(tokens: burst, filled: now)
      bucket.tokens = tokens(of: bucket, now)
      bucket.filled = now
      defer { buckets[caller] = bucket }
      guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate }
      bucket.tokens -= 1
      return nil
    }
  }

  private func tokens(of bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
    min(burst, bucket.tokens + rate * ((now - bucket.filled) / .seconds(1)))
  }
}
