import CoreMetrics
import Foundation
import Telemetry
import Testing

@Suite struct PrometheusRegistryTests {
  private static let golden = #"""
    # HELP files_total Files that were read,\nby how it \\ ended.
    # TYPE files_total counter
    files_total{code="a\"b\\c\nd é",label_le="x"} 1
    files_total{code="ok",label_le="x"} 41
    # TYPE generation gauge
    generation 12
    # TYPE ingest_seconds histogram
    ingest_seconds_bucket{stage="decode",le="0.1"} 1
    ingest_seconds_bucket{stage="decode",le="0.5"} 2
    ingest_seconds_bucket{stage="decode",le="+Inf"} 3
    ingest_seconds_sum{stage="decode"} 2.35
    ingest_seconds_count{stage="decode"} 3
    # TYPE quantities gauge
    quantities{kind="infinite"} +Inf
    quantities{kind="none"} NaN
    quantities{kind="part"} 0.1
    quantities{kind="small"} 1e-09
    # TYPE results histogram
    results_bucket{le="1"} 1
    results_bucket{le="10"} 2
    results_bucket{le="+Inf"} 3
    results_sum 111
    results_count 3
    # TYPE spent_seconds_total counter
    spent_seconds_total 0.75

    """#

  private func example() -> PrometheusRegistry {
    let registry = PrometheusRegistry(
      .init(
        help: ["files.total": "Files that were read,\nby how it \\ ended.", "absent": "Never shown."],
        buckets: ["ingest.seconds": [0.5, 0.1, .infinity], "results": [1, 10]]))
    let good = Counter(label: "files.total", dimensions: [("le", "x"), ("code", "ok")], factory: registry)
    good.increment()
    good.increment(by: 40)
    good.increment(by: -5)  // would be read as a start from anew
    Counter(
      label: "files.total", dimensions: [("code", "a\"b\\c\nd é"), ("le", "x")], factory: registry
    ).increment()
    let spent = FloatingPointCounter(label: "spent.seconds.total", factory: registry)
    for amount in [0.25, 0.5, -1, .nan, .infinity] { spent.increment(by: amount) }
    let generation = Meter(label: "generation", factory: registry)
    generation.set(10)
    generation.increment(by: 3)
    generation.decrement()
    for (kind, value) in [("infinite", Double.infinity), ("none", .nan), ("part", 0.1), ("small", 1e-9)] {
      Gauge(label: "quantities", dimensions: [("kind", kind)], factory: registry).record(value)
    }
    let results = Recorder(label: "results", factory: registry)
    for value in [1, 10, 100] { results.record(value) }
    results.record(Double.nan)
    let timer = Timer(label: "ingest.seconds", dimensions: [("stage", "decode")], factory: registry)
    timer.recordMilliseconds(100)
    timer.recordMilliseconds(250)
    timer.recordSeconds(2)
    return registry
  }

  /// The text was read by the reference parser: tools/golden/check_prometheus.py on what MORELLI_DUMP names.
  @Test func golden() throws {
    let text = example().exposition()
    if let path = ProcessInfo.processInfo.environment["MORELLI_DUMP"] {
      try text.write(toFile: path, atomically: true, encoding: .utf8)
    }
    #expect(text == Self.golden)
  }

  @Test func emptyAtFirst() { #expect(PrometheusRegistry().exposition().isEmpty) }

  @Test func aNameAndItsLabelsAreOneSeries() {
    let registry = PrometheusRegistry()
    Counter(label: "a-b", dimensions: [("x", "1"), ("y", "2")], factory: registry).increment()
    Counter(label: "a_b", dimensions: [("y", "2"), ("x", "1")], factory: registry).increment()
    Counter(label: "a_b", dimensions: [("y", "9"), ("x", "1"), ("y", "2")], factory: registry).increment()
    #expect(registry.exposition() == "# TYPE a_b counter\na_b{x=\"1\",y=\"2\"} 3\n")
  }

  @Test func anotherKindUnderTheSameNameIsSaid() {
    let registry = PrometheusRegistry()
    Counter(label: "a", factory: registry).increment()
    Meter(label: "a", factory: registry).set(7)
    #expect(
      registry.exposition()
        == "# a is a counter; as a gauge it is not shown\n# TYPE a counter\na 1\n")
  }

  @Test func whatIsDestroyedIsGone() {
    let registry = PrometheusRegistry()
    let one = Counter(label: "a", dimensions: [("x", "1")], factory: registry)
    let two = Counter(label: "a", dimensions: [("x", "2")], factory: registry)
    one.destroy()
    #expect(registry.exposition() == "# TYPE a counter\na{x=\"2\"} 0\n")
    two.destroy()
    #expect(registry.exposition().isEmpty)
    // Then the name is free.
    Meter(label: "a", factory: registry).set(1)
    #expect(registry.exposition() == "# TYPE a gauge\na 1\n")
  }

  @Test func resetBeginsAnew() {
    let registry = PrometheusRegistry()
    let counter = Counter(label: "a", factory: registry)
    counter.increment(by: Int64.max)
    counter.increment(by: Int64.max)
    #expect(registry.exposition().hasSuffix("a 9223372036854775807\n"))
    counter.reset()
    #expect(registry.exposition().hasSuffix("a 0\n"))
  }

  @Test func collectorsAreAskedFirst() {
    let registry = PrometheusRegistry()
    let resident = Gauge(label: "resident_bytes", factory: registry)
    registry.collect { resident.record(4096) }
    #expect(registry.exposition().hasSuffix("resident_bytes 4096\n"))
  }

  @Test func bucketsOfTheirOwnAccord() {
    let registry = PrometheusRegistry()
    Timer(label: "t", factory: registry).recordNanoseconds(1_000_000)
    Recorder(label: "r", factory: registry).record(5)
    let lines = Set(registry.exposition().split(separator: "\n"))
    #expect(lines.isSuperset(of: ["t_bucket{le=\"0.0005\"} 0", "t_bucket{le=\"0.001\"} 1", "t_sum 0.001"]))
    #expect(lines.isSuperset(of: ["r_bucket{le=\"4\"} 0", "r_bucket{le=\"16\"} 1"]))
    #expect(lines.count == 2 + 2 * (16 + 1 + 2))
  }

  /// Nothing is lost and nothing half done is shown.
  @Test func manyThreads() async {
    let registry = PrometheusRegistry(.init(buckets: ["h": [1]]))
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          for number in 0..<2000 {
            Counter(label: "c", dimensions: [("d", "\(number % 3)")], factory: registry).increment()
            Recorder(label: "h", factory: registry).record(task % 2 * 2)
            Meter(label: "m", factory: registry).increment(by: 1)
          }
        }
      }
      group.addTask {
        for _ in 0..<50 {
          let lines = registry.exposition().split(separator: "\n")
          let infinite = lines.first { $0.hasPrefix("h_bucket{le=\"+Inf\"}") }?.split(separator: " ").last
          let count = lines.first { $0.hasPrefix("h_count") }?.split(separator: " ").last
          #expect(infinite == count)
        }
      }
    }
    let lines = Set(registry.exposition().split(separator: "\n"))
    #expect(lines.isSuperset(of: ["h_bucket{le=\"1\"} 8000", "h_count 16000", "h_sum 16000", "m 16000"]))
    // Of 0…1999, 667 are 0 modulo 3, as many 1, and 666 are 2.
    #expect(lines.isSuperset(of: ["c{d=\"0\"} 5336", "c{d=\"1\"} 5336", "c{d=\"2\"} 5328"]))
  }

  @Test(arguments: [
    ("a.b-c", "a_b_c"), ("9lives", "_9lives"), ("ingest:rate", "ingest:rate"), ("", "_"), ("é", "_"),
    ("a b\n", "a_b_"), ("Abc_1", "Abc_1"),
  ])
  func names(name: String, shown: String) { #expect(MetricName.sanitised(name) == shown) }

  @Test(arguments: [("a:b", "a_b"), ("le", "label_le"), ("__x", "label___x"), ("quantile", "label_quantile")])
  func labelNames(name: String, shown: String) { #expect(MetricName.sanitisedLabel(name) == shown) }

  @Test(arguments: [
    (0, "0"), (-3, "-3"), (0.5, "0.5"), (1e15, "1000000000000000"), (1e16, "1e+16"), (-1e300, "-1e+300"),
    (0.1 + 0.2, "0.30000000000000004"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
  ])
  func numbers(value: Double, shown: String) { #expect(MetricName.number(value) == shown) }
}
