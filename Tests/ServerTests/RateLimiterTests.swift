import Server
import Testing

@Suite struct RateLimiterTests {
  private let start = ContinuousClock.now

  @Test func aBurstThenSoManyASecond() {
    let limiter = RateLimiter(rate: 10, burst: 3)
    for _ in 0..<3 { #expect(limiter.admit("a", now: start) == nil) }
    let wait = limiter.admit("a", now: start)
    #expect(wait.map { abs($0 - 0.1) < 1e-9 } ?? false)
    // A tenth of a second brings one back, and no more.
    #expect(limiter.admit("a", now: start + .milliseconds(101)) == nil)
    #expect(limiter.admit("a", now: start + .milliseconds(102)) != nil)
  }

  @Test func eachCallerHasAnAccountOfItsOwn() {
    let limiter = RateLimiter(rate: 1, burst: 1)
    #expect(limiter.admit("a", now: start) == nil)
    #expect(limiter.admit("b", now: start) == nil)
    #expect(limiter.admit("a", now: start) != nil)
  }

  @Test func aLongRestGivesABurstNotMore() {
    let limiter = RateLimiter(rate: 10, burst: 2)
    for _ in 0..<2 { #expect(limiter.admit("a", now: start) == nil) }
    let later = start + .seconds(3600)
    for _ in 0..<2 { #expect(limiter.admit("a", now: later) == nil) }
    #expect(limiter.admit("a", now: later) != nil)
  }

  @Test func manyCallersDontTakeMemoryForEver() {
    let limiter = RateLimiter(rate: 10, burst: 2)
    for caller in 0..<30_000 {
      #expect(limiter.admit("\(caller)", now: start + .microseconds(caller)) == nil)
    }
  }
}
