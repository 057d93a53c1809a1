import Recommend
import Testing

@Suite struct AssignmentTests {
  private let people = (0..<20_000).map { "person-\($0)" }

  @Test func sharesAreKept() {
    let test = Assignment(test: "t", [.init("a", share: 1), .init("b", share: 3)])
    let a = people.count { test.variant(of: $0) == "a" }
    // A quarter, within four standard deviations (61).
    #expect(abs(a - 5000) < 245)
  }

  @Test func staysForEver() {
    let test = Assignment(test: "hybrid", [.init("a"), .init("b")])
    let first = people.prefix(12).map { test.variant(of: $0) }.joined()
    #expect(first == "ababaabbabab")
  }

  @Test func testsDivideDifferently() {
    let (s, t) = (
      Assignment(test: "s", [.init("a"), .init("b")]), Assignment(test: "t", [.init("a"), .init("b")])
    )
    let both = people.count { s.variant(of: $0) == "a" && t.variant(of: $0) == "a" }
    #expect(abs(both - 5000) < 245)
    // The zero between them keeps "a" + "bc" from being "ab" + "c".
    let joined = people.count {
      Assignment(test: "x1", [.init("a"), .init("b")]).variant(of: $0)
        == Assignment(test: "x", [.init("a"), .init("b")]).variant(of: "1" + $0)
    }
    #expect(abs(joined - 10_000) < 283)
  }

  @Test func oneVariantIsForAll() {
    #expect(Assignment(test: "t", [.init("a")]).variant(of: "") == "a")
  }
}
