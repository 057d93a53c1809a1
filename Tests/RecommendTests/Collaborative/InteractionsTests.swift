import Kernels
import Recommend
import Testing

@Suite struct InteractionsTests {
  @Test func bothWays() throws {
    let table = try interactions([(1, 2, 5), (0, 1, 3), (1, 0, 4), (0, 2, 1)], people: 3, works: 3)
    #expect(table.byPerson.offsets == [0, 2, 4, 4])
    #expect(table.byPerson.columns == [1, 2, 0, 2])
    #expect(table.byPerson.values == [3, 1, 4, 5])
    #expect(table.byWork.offsets == [0, 1, 2, 4])
    #expect(table.byWork.columns == [1, 0, 0, 1])
    #expect(table.byWork.values == [4, 3, 1, 5])
    #expect(table.history(1) == History(works: [0, 2], strengths: [4, 5]))
    #expect(table.history(2).isEmpty)
    #expect(table.mean == 13.0 / 4)
  }

  @Test func duplicates() throws {
    let triples: [(person: Int, work: Int, value: Float)] = [(0, 1, 2), (0, 0, 1), (0, 1, 5), (0, 1, 4)]
    let last = try interactions(triples, people: 1, works: 2)
    #expect(last.byPerson.values == [1, 4])
    let sum = try interactions(triples, people: 1, works: 2, duplicates: .sum)
    #expect(sum.byPerson.values == [1, 11])
    #expect(sum.byWork.offsets == [0, 1, 2])
    // A work liked endlessly stays a number.
    let large = Float.greatestFiniteMagnitude
    let cut = try interactions([(0, 0, large), (0, 0, large)], people: 1, works: 1, duplicates: .sum)
    #expect(cut.byPerson.values == [large])
  }

  @Test func refuses() {
    #expect(throws: RecommendError.self) { try interactions([(0, 5, 1)], people: 1, works: 5) }
    #expect(throws: RecommendError.self) { try interactions([(0, -1, 1)], people: 1, works: 5) }
    #expect(throws: RecommendError.self) { try interactions([(1, 0, 1)], people: 1, works: 5) }
    #expect(throws: RecommendError.self) { try interactions([(-1, 0, 1)], people: 1, works: 5) }
    #expect(throws: RecommendError.self) { try interactions([(0, 0, .nan)], people: 1, works: 5) }
    #expect(throws: RecommendError.self) { try interactions([(0, 0, .infinity)], people: 1, works: 5) }
  }

  @Test func empty() throws {
    let table = try interactions([], people: 0, works: 0)
    #expect(table.count == 0 && table.mean == 0 && table.byWork.rowCount == 0)
    let noEvents = try interactions([], people: 2, works: 3)
    #expect(noEvents.byPerson.offsets == [0, 0, 0] && noEvents.byWork.offsets == [0, 0, 0, 0])
  }

  @Test func histories() {
    let history = History([(work: 7, strength: 1), (work: 2, strength: -1), (work: 7, strength: 3)])
    #expect(history.works == [2, 7] && history.strengths == [-1, 3])
  }

  @Test func changes() throws {
    let table = try interactions([(0, 0, 5), (0, 1, 2), (1, 1, 4)], people: 2, works: 2)
    #expect(table.filtered { $0 >= 4 }.byWork.columns == [0, 1])
    let ones = table.mapValues { _ in 1 }
    #expect(ones.byPerson.values == [1, 1, 1] && ones.byWork.values == [1, 1, 1])
    #expect(ones.byWork.columns == table.byWork.columns)
  }
}
