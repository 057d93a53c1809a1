import Foundation
import Testing

extension EndToEnd {
  /// The HTTP API of the running daemon, in short: the full forms are `tools/check-api SCENARIO --full` (docs/security.md).
  @Suite("api", .serialized) struct APITests {
    @Test(arguments: ["judges", "routes", "schema", "hostile", "safety", "slow", "backup"])
    func `The API is what it says, for everybody who asks`(scenario: String) throws {
      // One that has tools/check_api/requirements.txt; without it, schemas are not compared.
      let python = ProcessInfo.processInfo.environment["MORELLI_CHECK_PYTHON"] ?? "python3"
      try CheckTool.expectSound("check-api", scenario, python: python)
    }
  }
}
