import CoreMetrics
import Synchronization

/// What Prometheus calls the type of a metric.
enum MetricKind: String, Sendable {
  case counter
  case gauge
  case histogram
}

/// One metric with one set of labels: takes values from any thread, and writes itself down.
protocol Series: AnyObject, Sendable {
  static var kind: MetricKind { get }

  /// Appends its lines.
  func write(name: String, labels: Labels, to text: inout String)
}

/// Goes up; also by parts of a whole.
final class CounterSeries: Series, CounterHandler, FloatingPointCounterHandler {
  static let kind = MetricKind.counter

  private struct Sum {
    // Kept apart, because adding 1 to a large Double is lost.
    var whole: Int64 = 0
    var part = 0.0
  }

  private let sum = Mutex(Sum())

  /// A counter that goes down would be read as a program that began anew: less than 0 is passed over.
  func increment(by amount: Int64) {
    guard amount > 0 else { return }
    sum.withLock { sum in
      let (result, overflow) = sum.whole.addingReportingOverflow(amount)
      sum.whole = overflow ? .max : result
    }
  }

  func increment(by amount: Double) {
    guard amount > 0, amount.isFinite else { return }
    sum.withLock { $0.part += amount }
  }

  func reset() { sum.withLock { $0 = Sum() } }

  func write(name: String, labels: Labels, to text: inout String) {
    let sum = sum.withLock { $0 }
    let value = sum.part == 0 ? String(sum.whole) : MetricName.number(Double(sum.whole) + sum.part)
    text += "\(name)\(labels.braced()) \(value)\n"
  }
}

/// Goes up and down.
final class GaugeSeries: Series, MeterHandler, RecorderHandler {
  static let kind = MetricKind.gauge

  private let value = Mutex(0.0)

  func set(_ value: Int64) { set(Double(value)) }
  func set(_ value: Double) { self.value.withLock { $0 = value } }
  func increment(by amount: Double) { value.withLock { $0 += amount } }
  func decrement(by amount: Double) { value.withLock { $0 -= amount } }
  func record(_ value: Int64) { set(Double(value)) }
  func record(_ value: Double) { set(value) }

  func write(name: String, labels: Labels, to text: inout String) {
    text += "\(name)\(labels.braced()) \(MetricName.number(value.withLock { $0 }))\n"
  }
}

/// Counts values by size.
final class HistogramSeries: Series, RecorderHandler, TimerHandler {
  static let kind = MetricKind.histogram

  private struct Counts {
    /// One for each bound, and one for what is above them all.
    var buckets: [UInt64]
    var sum = 0.0
  }

  /// Upper bounds, included, in rising order; finite.
  private let bounds: [Double]
  private let counts: Mutex<Counts>

  init(bounds: [Double]) {
    self.bounds = Set(bounds.filter(\.isFinite)).sorted()
    counts = Mutex(Counts(buckets: [UInt64](repeating: 0, count: self.bounds.count + 1)))
  }

  func record(_ value: Int64) { record(Double(value)) }

  /// What is no number is passed over: it would spoil the sum for good.
  func record(_ value: Double) {
    guard !value.isNaN else { return }
    let index = bucket(of: value)
    counts.withLock {
      $0.buckets[index] += 1
      $0.sum += value
    }
  }

  func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

  private func bucket(of value: Double) -> Int {
    var (low, high) = (0, bounds.count)
    while low < high {
      let middle = (low + high) / 2
      if value <= bounds[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func write(name: String, labels: Labels, to text: inout String) {
    let counts = counts.withLock { $0 }
    var total: UInt64 = 0
    for (count, bound) in zip(counts.buckets, bounds + [.infinity]) {
      total += count
      let bucket = labels.braced(adding: "le=\"\(MetricName.number(bound))\"")
      text += "\(name)_bucket\(bucket) \(total)\n"
    }
    text += "\(name)_sum\(labels.braced()) \(MetricName.number(counts.sum))\n"
    text += "\(name)_count\(labels.braced()) \(total)\n"
  }
}
