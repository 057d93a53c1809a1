import Testing

extension EndToEnd {
  /// What the daemon must survive, in short: the full forms are `tools/check-daemon SCENARIO --full` (docs/reliability.md).
  @Suite("reliability", .serialized) struct ReliabilityTests {
    @Test(arguments: [
      "crash", "slow-writers", "storm", "bad-input", "resources", "durability", "latency",
    ])
    func `The daemon survives it`(scenario: String) throws {
      try CheckTool.expectSound("check-daemon", scenario)
    }

    @Test func `Events outlive the daemon that took them, and lists follow them`() throws {
      try CheckTool.expectSound("measure-recommend-load", ["--short"], python: "python3")
    }
  }
}
