package import CoreMetrics
import Synchronization

/// Keeps all metrics of the program, and writes them down as Prometheus reads them (text format 0.0.4).
///
/// A counter becomes a counter, a meter a gauge, a recorder a histogram or, where it doesn't aggregate, a gauge, a timer
/// a histogram in seconds. Names stay as they are but for characters that the format forbids; units and `_total` belong
/// into the name that the caller gives.
package final class PrometheusRegistry: MetricsFactory, Sendable {
  /// How values are sorted, and what is said about metrics.
  package struct Options: Sendable {
    /// For timers, in seconds: from a look-up in memory to a decoder that hangs.
    package static let latencyBuckets = [
      0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]
    /// For recorders: 1, 4, 16 … 4¹⁵ ≈ 10⁹.
    package static let sizeBuckets = (0..<16).map { Double(1 << (2 * $0)) }

    /// What a metric is about, by its name as the program writes it.
    package var help: [String: String]
    /// Upper bounds of a histogram's buckets, by its name as the program writes it.
    package var buckets: [String: [Double]]

    package init(help: [String: String] = [:], buckets: [String: [Double]] = [:]) {
      self.help = help
      self.buckets = buckets
    }
  }

  /// All series of one name.
  private struct Family {
    let kind: MetricKind
    var series: [Labels: any Series] = [:]
  }

  private struct State {
    var families: [String: Family] = [:]
    var collectors: [@Sendable () -> Void] = []
    var conflicts: Set<String> = []
  }

  /// Of an answer that carries `exposition()`.
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private let help: [String: String]
  private let buckets: [String: [Double]]
  private let state = Mutex(State())

  package init(_ options: Options = Options()) {
    help = Self.byName(options.help)
    buckets = Self.byName(options.buckets)
  }

  /// Of two names that become one, the alphabetically first counts.
  private static func byName<V>(_ values: [String: V]) -> [String: V] {
    Dictionary(
      values.sorted { $0.key < $1.key }.map { (MetricName.sanitised($0.key), $0.value) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Runs `collector` before each exposition, to set gauges that nobody would set otherwise, such as memory in use.
  package func collect(by collector: @escaping @Sendable () -> Void) {
    state.withLock { $0.collectors.append(collector) }
  }

  /// All metrics, in alphabetical order of names and of labels.
  package func exposition() -> String {
    for collector in state.withLock({ $0.collectors }) { collector() }
    let (families, conflicts) = state.withLock { ($0.families, $0.conflicts) }
    var text = conflicts.sorted().map { "# \($0)\n" }.joined()
    for (name, family) in families.sorted(by: { $0.key < $1.key }) {
      if let help = help[name] { text += "# HELP \(name) \(MetricName.escapedHelp(help))\n" }
      text += "# TYPE \(name) \(family.kind.rawValue)\n"
      for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
        series.write(name: name, labels: labels, to: &text)
      }
    }
    return text
  }

  // MARK: MetricsFactory

  package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
    series(label, dimensions) { _ in CounterSeries() }
  }

  package func makeFloatingPointCounter(
    label: String, dimensions: [(String, String)]
  ) -> any FloatingPointCounterHandler {
    series(label, dimensions) { _ in CounterSeries() }
  }

  package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
    series(label, dimensions) { _ in GaugeSeries() }
  }

  package func makeRecorder(
    label: String, dimensions: [(String, String)], aggregate: Bool
  ) -> any RecorderHandler {
    guard aggregate else { return series(label, dimensions) { _ in GaugeSeries() } }
    return series(label, dimensions) { [buckets] name in
      HistogramSeries(bounds: buckets[name] ?? Options.sizeBuckets)
    }
  }

  package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
    series(label, dimensions) { [buckets] name in
      HistogramSeries(bounds: buckets[name] ?? Options.latencyBuckets)
    }
  }

  package func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
  package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) { remove(handler) }
  package func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
  package func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
  package func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

  /// The series of this name and these labels, the same one for everybody who asks.
  ///
  /// A name that already stands for another kind of metric can't be shown: its values go nowhere, and a comment in the
  /// exposition says so.
  private func series<S: Series>(
    _ label: String, _ dimensions: [(String, String)], make: (_ name: String) -> S
  ) -> S {
    let name = MetricName.sanitised(label)
    let labels = Labels(dimensions)
    return state.withLock { state in
      var family = state.families[name] ?? Family(kind: S.kind)
      if let found = family.series[labels] as? S { return found }
      let made = make(name)
      guard family.kind == S.kind else {
        state.conflicts.insert(
          "\(name) is a \(family.kind.rawValue); as a \(S.kind.rawValue) it is not shown")
        return made
      }
      family.series[labels] = made
      state.families[name] = family
      return made
    }
  }

  private func remove(_ handler: AnyObject) {
    state.withLock { state in
      state.families = state.families.compactMapValues { family in
        let rest = family.series.filter { $0.value !== handler }
        return rest.isEmpty ? nil : Family(kind: family.kind, series: rest)
      }
    }
  }
}
