import Foundation

/// Where lines of the log go.
package struct LogOutput: Sendable {
  private let write: @Sendable (_ line: String) -> Void

  /// - Parameter write: takes one line with its end, from any thread, and must not let another one in between.
  package init(_ write: @escaping @Sendable (_ line: String) -> Void) { self.write = write }

  /// One system call a line, so that lines of several processes stay whole. One that can't be written is lost: a
  /// daemon doesn't stop because nobody reads its log.
  package static let standardError = LogOutput { line in
    standardErrorLock.withLock { try? FileHandle.standardError.write(contentsOf: Data(line.utf8)) }
  }

  private static let standardErrorLock = NSLock()

  func callAsFunction(_ line: String) { write(line) }
}
