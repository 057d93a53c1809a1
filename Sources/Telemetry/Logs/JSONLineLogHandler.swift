package import Logging

/// The log for machines, one JSON object a line:
///
/// `{"time":"2026-11-21T15:23:09.123Z","level":"warning","label":"morelli.ingest","message":"left out","file":"a b.jpg"}`
///
/// Metadata are keys of their own, in alphabetical order; one that bears the name of one of the four becomes
/// `metadata.time` and so on.
package struct JSONLineLogHandler: LineLogHandler {
  private static let ownKeys: Set<String> = ["time", "level", "label", "message"]

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
    let own = [
      ("time", time), ("level", event.level.rawValue), ("label", label),
      ("message", event.message.description),
    ]
    let pairs =
      own.map { "\"\($0.0)\":\(LogText.json($0.1))" }
      + members(of: metadata) { key in
        Self.ownKeys.contains(key) ? "metadata." + key : key
      }
    return "{\(pairs.joined(separator: ","))}"
  }

  private func members(of metadata: Logger.Metadata, naming: (String) -> String = { $0 }) -> [String] {
    metadata.sorted { $0.key < $1.key }.map { "\(LogText.json(naming($0.key))):\(json($0.value))" }
  }

  private func json(_ value: Logger.Metadata.Value) -> String {
    switch value {
    case .string(let text): LogText.json(text)
    case .stringConvertible(let value): number(value) ?? LogText.json(value.description)
    case .array(let values): "[\(values.map(json).joined(separator: ","))]"
    case .dictionary(let members): "{\(self.members(of: members).joined(separator: ","))}"
    }
  }

  /// Numbers and truth values stay what they are; JSON has no infinity.
  private func number(_ value: any CustomStringConvertible) -> String? {
    switch value {
    case let value as any FixedWidthInteger: value.description
    case let value as Bool: value.description
    case let value as Double where value.isFinite: value.description
    case let value as Float where value.isFinite: value.description
    default: nil
    }
  }
}
