import Ingest
import SystemPackage
import Testing

struct RetryScheduleTests {
  private let path: FilePath = "/scans/a.tif"
  private let start = ContinuousClock.now

  private func after(_ seconds: Int) -> ContinuousClock.Instant { start.advanced(by: .seconds(seconds)) }

  @Test func `What is refused again and again is tried ever more rarely`() {
    var schedule = RetrySchedule()
    var now = 0
    for delay in [5, 30, 120, 600, 3600, 3600] {
      schedule.postpone(path, at: after(now))
      #expect(schedule.takeDue(at: after(now + delay - 1)).isEmpty)
      now += delay
      #expect(schedule.takeDue(at: after(now)) == [path])
    }
  }

  @Test func `It is tried once for each refusal`() {
    var schedule = RetrySchedule()
    schedule.postpone(path, at: start)
    #expect(schedule.takeDue(at: after(5)) == [path])
    #expect(schedule.takeDue(at: after(10_000)).isEmpty)
  }

  @Test func `What was forgotten begins anew`() {
    var schedule = RetrySchedule()
    schedule.postpone(path, at: start)
    schedule.postpone(path, at: start)
    schedule.forget(path)
    #expect(schedule.takeDue(at: after(10_000)).isEmpty)
    schedule.postpone(path, at: start)
    #expect(schedule.takeDue(at: after(5)) == [path])
  }
}
