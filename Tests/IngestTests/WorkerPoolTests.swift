import Foundation
import Ingest
import SystemPackage
import Testing

@Suite struct WorkerPoolTests {
  private let fake: FakeWorker

  init() throws { fake = try FakeWorker() }

  private func files(_ count: Int) throws -> [FilePath] {
    try (0..<count).map { try fake.write($0 % 7 == 3 ? "refuse corrupt" : "ok \($0)", to: "\($0)") }
  }

  private func pool(_ width: Int) -> WorkerPool {
    WorkerPool(fake.program, settings: FakeWorker.settings(), width: width)
  }

  @Test(arguments: [1, 3, 100])
  func everyFileComesOnce(width: Int) throws {
    let files = try files(20)
    var seen: [FilePath] = []
    var refused = 0
    try pool(width).measure(files) { results in
      #expect(!results.isEmpty && results.count <= 64)
      seen += results.map(\.path)
      for case .failure in results.map(\.result) { refused += 1 }
      return true
    }
    #expect(seen.count == 20 && Set(seen) == Set(files))
    #expect(refused == 3)
    #expect(fake.requests.count == 20)
    #expect(Set(fake.requests.map(\.process)).count <= width)
  }

  @Test func nothingToDoIsDone() throws {
    try pool(2).measure([]) { _ in
      Issue.record("there is no result")
      return true
    }
    #expect(fake.requests.isEmpty)
  }

  /// What was under way is handed over; nothing is read and thrown away.
  @Test func stopsWhenAsked() throws {
    var seen: [FilePath] = []
    try pool(2).measure(files(60), backlog: 2) { results in
      seen += results.map(\.path)
      return false
    }
    #expect((1...6).contains(seen.count))
    #expect(Set(seen).count == seen.count)
    #expect(fake.requests.count == seen.count)
  }

  @Test func aSlowConsumerSlowsTheWorkersDown() throws {
    let (width, backlog) = (2, 3)
    var seen = 0
    try pool(width).measure(files(30), backlog: backlog) { results in
      #expect(results.count <= backlog)
      seen += results.count
      if seen <= 6 {
        usleep(150_000)
        #expect(fake.requests.count <= seen + backlog + width)
      }
      return true
    }
    #expect(seen == 30)
  }

  @Test func anErrorOfTheConsumerEndsTheRun() throws {
    struct Full: Error {}
    var batches = 0
    #expect(throws: Full.self) {
      try pool(2).measure(files(40), backlog: 2) { _ in
        batches += 1
        throw Full()
      }
    }
    #expect(batches == 1)
    let requests = fake.requests.count
    #expect(requests < 40)
    usleep(300_000)
    #expect(fake.requests.count == requests)
  }

  @Test func oneBadFileHoldsNobodyUp() throws {
    var files = try files(10)
    files.insert(try fake.write("signal 11", to: "bad"), at: 3)
    files.insert(try fake.write("garbage", to: "worse"), at: 5)
    var codes: [String: Refusal.Code] = [:]
    var good = 0
    try pool(2).measure(files) { results in
      for (path, result) in results {
        switch result {
        case .success: good += 1
        case .failure(let refusal): codes[path.lastComponent?.string ?? ""] = refusal.code
        }
      }
      return true
    }
    #expect(good == 9)
    #expect(codes == ["3": .corrupt, "bad": .crashed, "worse": .crashed])
  }
}
