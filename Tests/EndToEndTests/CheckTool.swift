import Foundation
import Testing

/// A tool under `tools/` that drives the built program through scenarios.
enum CheckTool {
  /// Runs the short form of a scenario, and expects that it finds nothing wrong.
  ///
  /// - Parameter python: such as one that has what the tool needs beyond Python itself.
  static func expectSound(_ tool: String, _ scenario: String, python: String = "python3") throws {
    try expectSound(tool, [scenario, "--short"], python: python)
  }

  /// Runs a tool, and expects that it finds nothing wrong.
  static func expectSound(_ tool: String, _ arguments: [String], python: String) throws {
    let folder = try TemporaryFolder()
    let check = Process()
    check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    check.arguments =
      [
        "--default-signal", python, Repository.root.appendingPathComponent("tools/\(tool)").path,
      ] + arguments + ["--morelli", try ProgramLocation.find().path]
    let output = folder.url.appendingPathComponent("output")
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    check.standardOutput = handle
    check.standardError = handle
    check.standardInput = FileHandle.nullDevice
    try check.run()
    check.waitUntilExit()
    let said = try String(contentsOf: output, encoding: .utf8)
    #expect(check.terminationStatus == 0, "\(said.suffix(6000))")
  }
}
