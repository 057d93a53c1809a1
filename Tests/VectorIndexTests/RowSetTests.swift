import Testing
import VectorIndex

@Suite struct RowSetTests {
  @Test func startsEmpty() {
    let set = RowSet(capacity: 130)
    #expect(set.capacity == 130)
    #expect(set.count == 0)
    #expect(!set.contains(0) && !set.contains(129))
  }

  @Test func insertsOnWordBoundaries() {
    var set = RowSet(capacity: 130)
    for row in [0, 63, 64, 127, 128, 129, 63] { set.insert(row) }
    #expect(set.count == 6)
    #expect((0..<130).filter(set.contains) == [0, 63, 64, 127, 128, 129])
  }

  @Test func rowsOutsideAreNoMembers() {
    let set = RowSet(capacity: 65) { _ in true }
    #expect(set.count == 65)
    #expect(!set.contains(-1) && !set.contains(65) && !set.contains(1000))
  }

  @Test func isMadeByAQuestion() {
    let set = RowSet(capacity: 10) { $0.isMultiple(of: 3) }
    #expect((0..<10).filter(set.contains) == [0, 3, 6, 9])
  }

  @Test func passesTheQuestionsErrorOn() {
    struct Refusal: Error {}
    #expect(throws: Refusal.self) { try RowSet(capacity: 1) { _ in throw Refusal() } }
  }

  @Test func insertingOutsideIsRefused() async {
    await #expect(processExitsWith: .failure) {
      var set = RowSet(capacity: 64)
      set.insert(64)
    }
  }
}
