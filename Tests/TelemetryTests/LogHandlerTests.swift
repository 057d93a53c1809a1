import Foundation
import Logging
import Synchronization
import Telemetry
import Testing

/// Keeps what is written.
private final class Lines: Sendable {
  private let lines = Mutex<[String]>([])

  var output: LogOutput { LogOutput { line in self.lines.withLock { $0.append(line) } } }
  var all: [String] { lines.withLock { $0 } }
}

private struct Failure: Error, CustomStringConvertible {
  let description = "disk\nfull"
}

@Suite struct LogHandlerTests {
  private let lines = Lines()
  /// 2026-11-21T15:23:09.123Z
  private let clock: @Sendable () -> Int64 = { 1_795_274_589_123 }

  private func textLogger() -> Logger {
    Logger(label: "morelli.ingest") { [lines, clock] in
      TextLogHandler(label: $0, output: lines.output, clock: clock)
    }
  }

  private func jsonLogger() -> Logger {
    Logger(label: "morelli.ingest") { [lines, clock] in
      JSONLineLogHandler(label: $0, output: lines.output, clock: clock)
    }
  }

  @Test func aLineForPeople() {
    textLogger().warning(
      "left out", metadata: ["file": "a b.jpg", "code": "truncated", "attempt": "\(2)", "empty": ""])
    #expect(
      lines.all == [
        "2026-11-21T15:23:09.123Z warning morelli.ingest: left out attempt=2 code=truncated empty=\"\" file=\"a b.jpg\"\n"
      ])
  }

  /// A name must not look like another line, another key, or steer the terminal.
  @Test func aHostileNameForPeople() {
    let name =
      "a\n2026-01-01T00:00:00.000Z info morelli: all is well\r\u{1B}[2J\u{202E}\u{2028}\u{85}\"x=y\\ é"
    let logger = textLogger()
    logger.info("read \(name)")
    logger.info("read", metadata: ["file": "\(name)", "a=b c": "1"])
    #expect(lines.all.count == 2)
    for line in lines.all {
      #expect(line.unicodeScalars.dropLast().allSatisfy { $0.properties.generalCategory != .control })
      #expect(!line.unicodeScalars.contains("\u{202E}") && !line.unicodeScalars.contains("\u{2028}"))
    }
    #expect(
      lines.all[1]
        == #"2026-11-21T15:23:09.123Z info morelli.ingest: read "a=b c"=1 file="a\n2026-01-01T00:00:00.000Z info morelli: "#
        + #"all is well\r\u{1b}[2J\u{202e}\u{2028}\u{85}\"x=y\\ é""# + "\n")
  }

  @Test func aLineForMachines() {
    jsonLogger().error(
      "left out",
      metadata: [
        "file": "a \"b\".jpg", "attempt": .stringConvertible(2), "part": .stringConvertible(0.5),
        "again": .stringConvertible(true), "rate": .stringConvertible(Double.infinity), "time": "mine",
        "list": ["x", .stringConvertible(1)], "nested": ["b": "2", "a": .stringConvertible(1)],
      ])
    #expect(
      lines.all == [
        #"{"time":"2026-11-21T15:23:09.123Z","level":"error","label":"morelli.ingest","message":"left out","#
          + #""again":true,"attempt":2,"file":"a \"b\".jpg","list":["x",1],"nested":{"a":1,"b":"2"},"part":0.5,"#
          + #""rate":"inf","metadata.time":"mine"}"# + "\n"
      ])
  }

  @Test func aHostileNameForMachines() throws {
    let name = "a\n{\"level\":\"info\"}\u{0}\u{1B}\u{7F}\u{9B}\u{2029}\u{2066}\t\\ é🎨"
    jsonLogger().info("read \(name)", metadata: ["file": "\(name)", "\(name)": "1"])
    let line = try #require(lines.all.first)
    #expect(line.utf8.filter { $0 < 0x20 }.count == 1 && line.hasSuffix("}\n"))
    let read = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String])
    #expect(read["file"] == name && read[name] == "1" && read["message"] == "read \(name)")
    #expect(read.count == 6)
  }

  @Test func nearerMetadataCount() {
    var logger = Logger(label: "l") { [lines, clock] label in
      var handler = TextLogHandler(label: label, output: lines.output, clock: clock)
      handler.metadataProvider = .init { ["b": "provider", "c": "provider"] }
      return handler
    }
    logger[metadataKey: "a"] = "logger"
    logger[metadataKey: "b"] = "logger"
    logger.info("m", metadata: ["c": "call"])
    #expect(logger[metadataKey: "a"] == "logger")
    #expect(lines.all == ["2026-11-21T15:23:09.123Z info l: m a=logger b=provider c=call\n"])
  }

  @Test func errorsAreTold() {
    textLogger().error("stopped", error: Failure())
    #expect(lines.all == ["2026-11-21T15:23:09.123Z error morelli.ingest: stopped error=\"disk\\nfull\"\n"])
  }

  @Test func levels() {
    var logger = jsonLogger()
    logger.debug("quiet")
    logger.logLevel = .debug
    logger.debug("told")
    #expect(lines.all.count == 1)
  }

  /// 951,782,399,999 is the last millisecond before 29 February 2000, by `date -u -d @…`.
  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
      (951_782_399_999, "2000-02-28T23:59:59.999Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
      (1_795_274_589_123, "2026-11-21T15:23:09.123Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
    ] as [(Int64, String)])
  func times(milliseconds: Int64, shown: String) { #expect(LogTime.text(milliseconds) == shown) }

  @Test func timesAgreeWithFoundation() {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
    for step in 0..<2000 {
      let milliseconds = Int64(step) * 2_147_483_647_001 / 1000 - 500_000_000_000
      let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000 + 0.0001)
      #expect(LogTime.text(milliseconds) == date.formatted(style))
    }
  }

  @Test func theClockRuns() {
    #expect(abs(Double(LogTime.now()) / 1000 - Date().timeIntervalSince1970) < 1)
  }

  /// Standard error of a process of its own: whole lines, from many threads.
  @Test func standardError() async throws {
    let result = try await #require(processExitsWith: .success, observing: [\.standardErrorContent]) {
      await withTaskGroup(of: Void.self) { group in
        for task in 0..<8 {
          group.addTask {
            let logger = Logger(label: "l") { TextLogHandler(label: $0) }
            for _ in 0..<20 { logger.info("\(String(repeating: "\(task)", count: 500))") }
          }
        }
      }
    }
    let text = String(decoding: result.standardErrorContent, as: UTF8.self)
    let own = text.split(separator: "\n").filter { $0.contains(" info l: ") }
    #expect(own.count == 160)
    #expect(own.allSatisfy { Set($0.suffix(500)).count == 1 && $0.count == own[0].count })
  }
}
