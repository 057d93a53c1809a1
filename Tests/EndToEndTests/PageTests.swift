import Foundation
import Testing

extension EndToEnd {
  /// The web page of the running daemon in a real browser, and its IIIF documents by the consortium's own validators.
  @Suite("page", .serialized) struct PageTests {
    /// A Python that has tools/requirements-checks.txt; `tools/test` makes one.
    static var python: String? { ProcessInfo.processInfo.environment["MORELLI_CHECK_PYTHON"] }

    @Test(.enabled(if: python != nil, "no Python with tools/requirements-checks.txt"))
    func `People find their way on the page`() throws {
      try CheckTool.expectSound("check-page", ["--short"], python: #require(Self.python))
    }

    @Test(.enabled(if: python != nil, "no Python with tools/requirements-checks.txt"))
    func `Viewers of IIIF are given what the specifications say`() throws {
      try CheckTool.expectSound(
        "check-iiif", ["--works", "4", "--seeds", "1"], python: #require(Self.python))
    }
  }
}
