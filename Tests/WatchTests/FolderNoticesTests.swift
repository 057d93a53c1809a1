import SystemPackage
import Testing

@testable import Watch

/// Notices are held for 100 ms, and a second at most.
@Suite struct FolderNoticesTests {
  private func add(_ folder: FilePath, to notices: inout FolderNotices, at now: Duration) {
    notices.add(folder, at: now) { $0 == "/r" }
  }

  @Test func aFolderCoversThoseBelowIt() {
    var notices = FolderNotices(delay: .milliseconds(100))
    add("/r/a/b", to: &notices, at: .zero)
    add("/r/a/b/c", to: &notices, at: .zero)
    add("/r/ab", to: &notices, at: .zero)
    add("/r/a", to: &notices, at: .zero)
    #expect(notices.take(at: .milliseconds(99), isWalking: false).isEmpty)
    #expect(notices.take(at: .milliseconds(100), isWalking: false) == ["/r/a", "/r/ab"])
    #expect(notices.count == 0)
  }

  @Test func whatIsHeldIsSaidTogether() {
    var notices = FolderNotices(delay: .milliseconds(100))
    add("/r/old", to: &notices, at: .zero)
    add("/r/new", to: &notices, at: .milliseconds(60))
    #expect(notices.take(at: .milliseconds(100), isWalking: true).isEmpty)
    #expect(notices.take(at: .milliseconds(100), isWalking: false) == ["/r/new", "/r/old"])
  }

  @Test func nothingIsHeldWithoutEnd() {
    var notices = FolderNotices(delay: .milliseconds(100))
    var said: [Duration] = []
    for tick in 0..<40 {
      let now = Duration.milliseconds(50 * tick)
      add("/r/a", to: &notices, at: now)
      if !notices.take(at: now, isWalking: false).isEmpty { said.append(now) }
    }
    #expect(said == [.milliseconds(1000)])
    add("/r/a", to: &notices, at: .seconds(2))
    #expect(notices.take(at: .seconds(5), isWalking: true) == ["/r/a"])
  }

  @Test func tooManyBecomeTheFolderAbove() {
    var notices = FolderNotices(delay: .milliseconds(100))
    for number in 0..<65 { add(FilePath("/r/a/\(number)"), to: &notices, at: .zero) }
    add("/r/b", to: &notices, at: .zero)
    #expect(notices.take(at: .seconds(1), isWalking: false) == ["/r/a", "/r/b"])
  }
}
