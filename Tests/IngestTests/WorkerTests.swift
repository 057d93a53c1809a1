import Catalog
import Glibc
import Ingest
import Model
import Platform
import SystemPackage
import Testing

@Suite struct WorkerTests {
  private let fake: FakeWorker

  init() throws { fake = try FakeWorker() }

  private func measure(_ order: String, seconds: Int = 20) throws -> (
    Result<Measurement, Refusal>, requests: Int
  ) {
    let worker = Worker(fake.program, settings: FakeWorker.settings(seconds: seconds))
    let result = worker.measure(try fake.write(order, to: "file"))
    return (result, fake.requests.count)
  }

  private func refusal(_ result: Result<Measurement, Refusal>) -> Refusal? {
    if case .failure(let refusal) = result { refusal } else { nil }
  }

  @Test func measures() throws {
    let (result, requests) = try measure("ok")
    let measurement = try result.get()
    #expect(measurement.seen.size == 2)
    #expect(
      measurement.contentHash.hexadecimal
        == "2689367b205c16ce32ed4200942b8b8b1e262dfc70d9bc9fbc77c49699a4f1df")
    #expect(measurement.width == 3 && measurement.format == "jpeg")
    #expect(requests == 1)
  }

  @Test func aRefusalIsFinal() throws {
    let (result, requests) = try measure("refuse corrupt")
    #expect(refusal(result) == Refusal(.corrupt, "as asked"))
    #expect(requests == 1)
  }

  @Test(arguments: ["hang", "half"])
  func aWorkerThatHangsIsEnded(order: String) throws {
    let start = ContinuousClock.now
    let (result, requests) = try measure(order, seconds: 1)
    #expect(refusal(result)?.code == .timedOut)
    #expect(requests == 1)
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test func aWorkerThatTakesTooMuchMemoryIsEnded() throws {
    let (result, requests) = try measure("balloon")
    #expect(refusal(result)?.code == .outOfMemory)
    #expect(requests == 1)
  }

  @Test(arguments: [
    ("exit 3", "status 3"), ("signal 11", "signal 11"), ("signal 6", "signal 6"), ("garbage", ""),
    ("nonsense", ""),
    ("half-then-exit", ""), ("close", ""),
  ])
  func aWorkerThatBreaksOffIsTriedTwice(order: String, reason: String) throws {
    let (result, requests) = try measure(order)
    let refusal = try #require(self.refusal(result))
    #expect(refusal.code == .crashed)
    #expect(refusal.reason.contains(reason))
    #expect(requests == 2)
    #expect(Set(fake.requests.map(\.process)).count == 2)
  }

  /// The worker's own alarm, for when there is no parent any more.
  @Test func anAlarmIsALimitOfTime() throws {
    #expect(refusal(try measure("signal \(SIGALRM)").0)?.code == .timedOut)
  }

  @Test func aCrashOwedToAnotherFileIsForgiven() throws {
    let (result, requests) = try measure("signal-once 11")
    #expect(try result.get().width == 3)
    #expect(requests == 2)
  }

  @Test func aFileThatIsBeingWrittenIsReadAgain() throws {
    #expect(try measure("refuse-once changing").0.get().width == 3)
    let (result, requests) = try measure("refuse changing")
    #expect(refusal(result)?.code == .changing)
    #expect(requests == 2 + 3)
  }

  @Test func goesOnAfterEveryKindOfFailure() throws {
    let worker = Worker(fake.program, settings: FakeWorker.settings())
    for order in ["exit 1", "refuse corrupt", "garbage", "signal 9"] {
      _ = worker.measure(try fake.write(order, to: "bad"))
      #expect(try worker.measure(fake.write("ok", to: "good")).get().width == 3, "after \(order)")
    }
  }

  @Test func aWorkerIsReplacedAfterSoManyFiles() throws {
    var settings = FakeWorker.settings()
    settings.filesPerWorker = 2
    let worker = Worker(fake.program, settings: settings)
    for order in ["ok", "refuse corrupt", "ok", "ok", "ok"] {
      _ = worker.measure(try fake.write(order, to: "f"))
    }
    var processes: [Int] = []
    for request in fake.requests where processes.last != request.process { processes.append(request.process) }
    #expect(processes.count == 3)
  }

  /// That is not the file's fault, and must not be kept against it.
  @Test(arguments: [
    ["/no/such/program"], ["/bin/true"], ["/bin/sh", "-c", "exit 127"], ["/bin/echo", "noise"],
  ])
  func aProgramThatDoesNotStart(arguments: [String]) throws {
    let worker = Worker(Worker.Program(arguments: arguments), settings: FakeWorker.settings())
    let refusal = try #require(self.refusal(worker.measure(fake.write("ok", to: "f"))))
    #expect(refusal.code == .unreadable && refusal.policy == .retry)
  }

  @Test func pathsThatAreNotUTF8() throws {
    let worker = Worker(fake.program, settings: FakeWorker.settings())
    let path = FilePath(bytes: fake.scans.bytes + [0x2F, 0xE4, 0xFF])
    let file = try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite)
    _ = try file.closeAfter { try file.writeAll("ok".utf8) }
    #expect(try worker.measure(path).get().seen.size == 2)
  }

  @Test func policies() {
    let policies = Dictionary(grouping: Refusal.Code.allCases, by: Refusal.policy(of:))
    #expect(policies[.ignore] == [.vanished, .outside])
    #expect(policies[.retry] == [.unreadable, .killed, .changing])
    #expect(policies[.quarantine]?.count == 8)
  }
}
