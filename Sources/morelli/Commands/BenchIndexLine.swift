import Foundation
import VectorIndex

/// One line of what `bench index` reports. The keys up to `threads` are those that other libraries are measured with.
struct BenchIndexLine: Encodable {
  var library = "morelli"
  var setting: String
  /// Linking the rows alone.
  var buildSeconds: Double
  var median: Double
  var slow: Double
  var perSecond: Double
  var recall: Double
  var k: Int
  var count: Int
  var dimension: Int
  var threads: Int
  /// Codes, links and keys in memory.
  var bytesPerWork: Double
  /// Of this process, in MiB, mapped files included.
  var residentMegabytes: Double
  /// Everything: writing, coding, linking, checking, syncing.
  var wholeBuildSeconds: Double
  /// From the files to the first answer.
  var readySeconds: Double
  /// Of 20, on the build's own sample.
  var recallAtBuild: Double

  private enum CodingKeys: String, CodingKey {
    case library, setting, recall, k, threads
    case buildSeconds = "build_s"
    case median = "p50_ms"
    case slow = "p95_ms"
    case perSecond = "qps"
    case count = "n"
    case dimension = "d"
    case bytesPerWork = "bytes_per_work"
    case residentMegabytes = "resident_mb"
    case wholeBuildSeconds = "whole_build_s"
    case readySeconds = "ready_s"
    case recallAtBuild = "recall_at_build"
  }

  /// - Parameter times: of each query in milliseconds, the shortest first.
  init(
    times: [Double], recall: Double, setting: String, generation: Generation, k: Int, dimension: Int,
    threads: Int, buildSeconds: Double, wholeBuildSeconds: Double, readySeconds: Double
  ) {
    func rounded(_ value: Double, _ places: Double) -> Double { (value * places).rounded() / places }
    self.setting = setting
    self.buildSeconds = rounded(buildSeconds, 100)
    median = rounded(times.isEmpty ? 0 : times[times.count / 2], 10_000)
    slow = rounded(times.isEmpty ? 0 : times[times.count * 95 / 100], 10_000)
    perSecond = (1000 * Double(times.count) / max(1e-9, times.reduce(0, +))).rounded()
    self.recall = rounded(recall, 10_000)
    self.k = k
    count = generation.count
    self.dimension = dimension
    self.threads = threads
    bytesPerWork = rounded(Double(generation.residentBytes) / Double(max(1, generation.count)), 10)
    let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    let kibibytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
    residentMegabytes = rounded((kibibytes ?? 0) / 1024, 10)
    self.wholeBuildSeconds = rounded(wholeBuildSeconds, 100)
    self.readySeconds = rounded(readySeconds, 1000)
    recallAtBuild = rounded(generation.manifest.recall, 10_000)
  }

  var forPeople: String {
    "\(setting): build \(buildSeconds) s, p50 \(median) ms, p95 \(slow) ms, recall@\(k) \(recall) (\(recallAtBuild) at the build), "
      + "\(bytesPerWork) bytes a work"
  }
}
