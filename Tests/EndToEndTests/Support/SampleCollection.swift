import Foundation
import Testing

/// The samples, ingested once for all tests that only read.
struct SampleCollection: Sendable {
  /// One picture of the samples.
  struct Work: Sendable {
    let id, file: String
    let title, artist, style: String
    /// The years that its date can mean.
    let years: [Int?]
  }

  @TaskLocal static var current: SampleCollection?

  let workplace: Workplace
  /// How the ingest ended.
  let ingest: Outcome
  /// By file name such as `nocturne-03`.
  let works: [String: Work]

  /// Ingests the samples into a fresh home.
  init() throws {
    workplace = try Workplace()
    ingest = try workplace.run(
      "ingest", Repository.samples.path, "--catalog",
      Repository.samples.appendingPathComponent("catalog.csv").path, "--jobs",
      "2", "--json", seconds: 60)
    works = try workplace.works().values.reduce(into: [:]) { works, work in
      guard let path = work["files"]?.array.first?["path"]?.string else { return }
      let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
      works[file] = Work(
        id: work["id"]?.string ?? "", file: path, title: work["title"]?.string ?? "",
        artist: work["artist"]?.string ?? "",
        style: work["style"]?.string ?? "", years: work["years"]?.array.map(\.int) ?? [])
    }
  }

  func work(_ name: String) throws -> Work { try #require(works[name], "the samples have no \(name)") }

  /// The work with this id.
  func work(id: String?) throws -> Work { try #require(works.values.first { $0.id == id }) }
}

/// Ingests the samples once for a suite, and takes everything away after it.
struct SampleCollectionTrait: SuiteTrait, TestScoping {
  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await SampleCollection.$current.withValue(try SampleCollection(), operation: function)
  }
}

extension Trait where Self == SampleCollectionTrait {
  /// The tests of the suite find the ingested samples in `SampleCollection.current`.
  static var samples: Self { Self() }
}
