package import Logging

/// The log for people, one line an event:
///
/// `2026-11-21T15:23:09.123Z warning morelli.ingest: left out code=truncated file="a b.jpg"`
package struct TextLogHandler: LineLogHandler {
  package let label: String
  package let output: LogOutput
  package let clock: @Sendable () -> Int64
  package var logLevel = Logger.Level.info
  package var metadata: Logger.Metadata = [:]
  package var metadataProvider: Logger.MetadataProvider?

  package init(
    label: String, output: LogOutput = .standardError, clock: @escaping @Sendable () -> Int64 = LogTime.now
  ) {
    self.label = label
    self.output = output
    self.clock = clock
  }

  package func line(_ time: String, _ event: LogEvent, _ metadata: Logger.Metadata) -> String {
    let head = "\(time) \(event.level.rawValue) \(LogText.escaped(label)): "
    let pairs = metadata.sorted { $0.key < $1.key }.map {
      " \(LogText.word($0.key))=\(LogText.word($0.value.description))"
    }
    return head + LogText.escaped(event.message.description) + pairs.joined()
  }
}
