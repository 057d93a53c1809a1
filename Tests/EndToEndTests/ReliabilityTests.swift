import Foundation
import Testing

extension EndToEnd {
  /// What the daemon must survive, in short: the full forms are `tools/check-daemon SCENARIO --full` (docs/reliability.md).
  @Suite("reliability", .serialized) struct ReliabilityTests {
    @Test(arguments: [
      "crash", "slow-writers", "storm", "bad-input", "resources", "durability", "latency",
    ])
    func `The daemon survives it`(scenario: String) throws {
      let folder = try TemporaryFolder()
      let check = Process()
      check.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      check.arguments = [
        "--default-signal", "python3", Repository.root.appendingPathComponent("tools/check-daemon").path,
        scenario,
        "--short", "--morelli", try ProgramLocation.find().path,
      ]
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
}
