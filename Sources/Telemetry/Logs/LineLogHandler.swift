package import Logging

/// What both forms of the log share: the line's parts, gathered and handed over.
package protocol LineLogHandler: LogHandler {
  var label: String { get }
  var output: LogOutput { get }
  /// Milliseconds since 1970.
  var clock: @Sendable () -> Int64 { get }

  /// One line without its end.
  ///
  /// - Parameter metadata: of handler, provider and call; what is nearer to the call counts.
  func line(_ time: String, _ event: LogEvent, _ metadata: Logger.Metadata) -> String
}

extension LineLogHandler {
  package func log(event: LogEvent) {
    var all = metadata
    if let metadataProvider { all.merge(metadataProvider.get()) { _, new in new } }
    if let own = event.metadata { all.merge(own) { _, new in new } }
    if let error = event.error, all["error"] == nil { all["error"] = .string(String(describing: error)) }
    output(line(LogTime.text(clock()), event, all) + "\n")
  }

  package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }
}
