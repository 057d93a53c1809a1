import Foundation

/// The tools of the system, for what Foundation can't do: names that are no UTF-8, other users, checksums.
enum Shell {
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a line of `/bin/sh`.
  ///
  /// - Returns: its standard output, as bytes: file names need not be UTF-8.
  /// - Throws: `Failed` unless it ends with status 0 within a minute.
  @discardableResult
  static func run(_ line: String, in folder: URL? = nil) throws -> Data {
    let place = FileManager.default.temporaryDirectory
    let program = try RunningProgram(
      ["/bin/sh", "-c", line], environment: ProcessInfo.processInfo.environment, directory: folder ?? place,
      scratch: place)
    let outcome = try program.wait(seconds: 60)
    guard outcome.status == 0, !outcome.wasKilled else {
      throw Failed(description: "\(line): \(outcome.errors)")
    }
    return outcome.outputBytes
  }

  /// The first of these commands that there is and that can run this line.
  static func firstThatRuns(_ commands: [String], _ arguments: String) -> String? {
    commands.first { (try? run("'\($0)' \(arguments)")) != nil }
  }

  /// Names, bytes and dates of all that stands in a folder: equal when nothing was touched.
  static func snapshot(of folder: URL) throws -> Data {
    try run(
      #"find . -printf '%p %y %m %s %T@ %l\n' | LC_ALL=C sort; find . -type f -exec sha256sum {} + | LC_ALL=C sort"#,
      in: folder)
  }
}
