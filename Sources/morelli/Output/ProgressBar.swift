import Foundation
import Platform
import Synchronization

/// A line on standard error that shows how far long work is; nothing where nobody watches.
struct ProgressBar {
  private static let interval = Duration.milliseconds(100)

  private let label: String
  private let isShown: Bool
  private let clock = ContinuousClock()
  private let start: ContinuousClock.Instant
  private var lastDrawn: ContinuousClock.Instant?

  init(_ label: String, isShown: Bool = Terminal.errorIsTerminal) {
    self.label = label
    self.isShown = isShown
    start = clock.now
  }

  mutating func show(_ done: Int, of total: Int) {
    guard isShown, total > 0 else { return }
    let now = clock.now
    if let lastDrawn, now - lastDrawn < Self.interval, done < total { return }
    lastDrawn = now
    let seconds = (now - start) / .seconds(1)
    var text = "\(label) \(done)/\(total)"
    if done > 0, seconds > 1 {
      let left = seconds / Double(done) * Double(total - done)
      text += String(format: "  %.1f/s  %@ left", Double(done) / seconds, Self.clockTime(left))
    }
    let room = Terminal.columns - Table.width(text) - 4
    if room > 10 {
      let width = min(room, 40)
      let filled = width * done / total
      text =
        "[" + String(repeating: "#", count: filled) + String(repeating: "-", count: width - filled) + "] "
        + text
    }
    write("\r" + text + "\u{1B}[K")
  }

  /// Takes the line away.
  func finish() {
    if isShown, lastDrawn != nil { write("\r\u{1B}[K") }
  }

  private static func clockTime(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    return whole < 60
      ? "\(whole) s" : whole < 3600 ? "\(whole / 60) min" : "\(whole / 3600) h \(whole / 60 % 60) min"
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}

/// A bar that any thread may move on.
final class SharedBar: Sendable {
  private let bar: Mutex<ProgressBar>

  init(_ label: String) { bar = Mutex(ProgressBar(label)) }

  func show(_ done: Int, of total: Int) { bar.withLock { $0.show(done, of: total) } }

  func finish() { bar.withLock { $0.finish() } }
}
