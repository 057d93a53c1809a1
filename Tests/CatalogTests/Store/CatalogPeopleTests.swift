import Catalog
import Foundation
import Model
import SystemPackage
import Testing

@Suite("people of the catalogue") struct CatalogPeopleTests {
  private func event(
    _ key: String, _ person: String, _ work: String, _ kind: EventKind = .like, time: Double = 1000,
    list: Int64? = nil
  ) -> FeedbackEvent {
    FeedbackEvent(key: key, person: person, work: work, kind: kind, time: time, list: list)
  }

  @Test func `Events are kept once by their key, and those of unknown works are named`() throws {
    let fixture = try CatalogFixture(works: ["a", "b"])
    let first = try fixture.catalog.keep([
      event("1", "anna", "a"), event("2", "anna", "x"), event("1", "anna", "b"),
    ])
    #expect(first.kept == 1)
    #expect(first.known == 1)
    #expect(first.unknownWorks == [1])
    let anna = try #require(try fixture.catalog.person("anna"))
    #expect(try fixture.catalog.events(ofPerson: anna.number).count == 1)
    let again = try fixture.catalog.keep([event("1", "anna", "a")])
    #expect(again.kept == 0)
    // Nothing new: lists that were made stay right.
    #expect(try fixture.catalog.person("anna")?.version == anna.version)
    #expect(try fixture.catalog.keep([event("3", "anna", "b")]).kept == 1)
    #expect(try fixture.catalog.person("anna")?.version == anna.version + 1)
  }

  @Test func `A rehearsal says the same and changes nothing`() throws {
    let fixture = try CatalogFixture(works: ["a"])
    #expect(try fixture.catalog.rehearse([event("1", "anna", "a")]).kept == 1)
    #expect(try fixture.catalog.person("anna") == nil)
    #expect(try fixture.catalog.lastEvent() == 0)
  }

  @Test func `What is said of a person stays until something else is`() throws {
    let fixture = try CatalogFixture(works: [])
    let catalog = fixture.catalog
    _ = try catalog.change(
      person: "anna", PersonChange(attributes: ["city": "Ghent"], statement: "ink", budget: 9))
    let person = try catalog.change(person: "anna", PersonChange(attributes: ["age": "40"]))
    #expect(person.attributes == ["city": "Ghent", "age": "40"])
    #expect(person.statement == "ink" && person.budget == 9)
    let less = try catalog.change(
      person: "anna", PersonChange(attributes: ["city": ""], statement: "", budget: 0))
    #expect(less.attributes == ["age": "40"])
    #expect(less.statement == nil && less.budget == nil)
  }

  @Test func `Forgetting takes events and lists along, gives no number twice and is counted`() throws {
    let fixture = try CatalogFixture(works: ["a", "b"])
    let catalog = fixture.catalog
    _ = try catalog.keep([event("1", "anna", "a"), event("2", "bert", "a")])
    let anna = try #require(try catalog.person("anna"))
    try catalog.recordShown([.init(number: 7, person: anna.number, strategy: "s", time: 1, works: [1])])
    let before = try catalog.forgettings()
    #expect(try catalog.forget(person: "anna"))
    #expect(try !catalog.forget(person: "anna"))
    #expect(try catalog.forgettings() == before + 1)
    #expect(try catalog.events(ofPerson: anna.number).isEmpty)
    #expect(try catalog.shownLists(toPerson: anna.number).isEmpty)
    #expect(try catalog.events(ofPeople: ["anna", "bert"], since: 0).map(\.person) == ["bert"])
    // A list for somebody who was forgotten meanwhile is not kept.
    try catalog.recordShown([.init(number: 8, person: anna.number, strategy: "s", time: 1, works: [1])])
    #expect(try catalog.strategyReports().isEmpty)
    #expect(try catalog.change(person: "anna", PersonChange()).number > anna.number)
  }

  @Test func `A strategy is told by what was done with the lists that it made`() throws {
    let fixture = try CatalogFixture(works: ["a", "b", "c"])
    let catalog = fixture.catalog
    let numbers = try catalog.workNumbers().reduce(into: [String: Int64]()) { $0[$1.id.rawValue] = $1.number }
    let (a, b) = (try #require(numbers["a"]), try #require(numbers["b"]))
    let anna = try catalog.change(person: "anna", PersonChange())
    try catalog.recordShown([
      .init(number: 7, person: anna.number, strategy: "mine", time: 500, works: [a, b]),
      .init(number: 8, person: anna.number, strategy: "other", time: 600, works: [b]),
    ])
    _ = try catalog.keep([
      event("1", "anna", "a", .view, list: 7), event("2", "anna", "a", .view, time: 1001, list: 7),
      event("3", "anna", "a", .like, list: 7),
      // It wasn't in that list, and somebody else's list is nobody's merit.
      event("4", "anna", "c", .view, list: 7), event("5", "bert", "b", .view, list: 7),
    ])
    let reports = try catalog.strategyReports()
    #expect(reports.map(\.strategy) == ["mine", "other"])
    #expect(reports[0].lists == 1 && reports[0].shown == 2)
    #expect(reports[0].outcomes == [.view: 1, .like: 1])
    #expect(reports[1].outcomes.isEmpty)
    #expect(try catalog.listRewards(since: 0).map(\.isRewarded) == [true, false])
    let vain = try catalog.shownInVain(toPerson: anna.number)
    #expect(vain == [b: [600, 500]])
  }

  @Test func `A list is kept with what was said for its works, and read with what came of it`() throws {
    let fixture = try CatalogFixture(works: ["a", "b", "c"])
    let catalog = fixture.catalog
    let anna = try catalog.change(person: "anna", PersonChange())
    _ = try catalog.workNumbers()
    var list = Catalog.ShownList(number: 7, person: anna.number, strategy: "mine", time: 500, works: [1, 2])
    list.sources = ["content", "items"]
    list.said = [[0.5, -1.25], [2, .nan]]
    list.known = 3
    // Of this one nothing comes.
    var idle = Catalog.ShownList(number: 8, person: anna.number, strategy: "mine", time: 600, works: [3])
    idle.sources = ["content"]
    try catalog.recordShown([list, idle])
    _ = try catalog.keep([
      event("1", "anna", "b", .like, list: 7), event("2", "anna", "b", .view, list: 7),
      event("3", "anna", "c", .like), event("4", "bert", "a", .like, list: 7),
    ])
    let outcomes = try catalog.shownOutcomes(since: 0, limit: 10)
    let outcome = try #require(outcomes.first)
    #expect(outcomes.count == 1)
    #expect(outcome.list.sources == list.sources && outcome.list.known == 3 && outcome.list.works == [1, 2])
    #expect(outcome.list.said[0] == [0.5, -1.25])
    #expect(outcome.list.said[1][0] == 2 && outcome.list.said[1][1].isNaN)
    #expect(outcome.deeds == [[], [.init(.like), .init(.view)]])
    #expect(try catalog.shownOutcomes(since: 501, limit: 10).isEmpty)
    #expect(try catalog.forgetShown(before: 550, limit: 10) == 1)
    #expect(try catalog.shownLists(toPerson: anna.number).map(\.number) == [8])
  }

  @Test func `What some people did lately is told as they did it`() throws {
    let fixture = try CatalogFixture(works: ["a", "b"])
    let catalog = fixture.catalog
    _ = try catalog.keep([
      event("1", "anna", "a", time: 10), event("2", "anna", "b", .view, time: 20),
      event("3", "bert", "b", time: 30),
    ])
    let lately = try catalog.events(ofPeople: ["anna", "nobody"], since: 15)
    #expect(lately.map(\.work) == ["b"] && lately.map(\.kind) == [.view] && lately.map(\.time) == [20])
    let anna = try #require(try catalog.person("anna"))
    #expect(try catalog.eventCount(ofPerson: anna.number) == 2)
    #expect(try catalog.lastEvent() == 3)
  }

  @Test func `Works keep their number, and one that is gone has none`() throws {
    let fixture = try CatalogFixture(works: ["a", "b"])
    let first = try fixture.catalog.workNumbers()
    #expect(first.map(\.number) == [1, 2])
    try fixture.add(["c"])
    let second = try fixture.catalog.workNumbers()
    #expect(second.prefix(2).map(\.id) == first.map(\.id))
    #expect(second.map(\.number) == [1, 2, 3])
  }
}

extension CatalogFixture {
  /// A catalogue of works without images.
  fileprivate convenience init(works: [String]) throws {
    try self.init()
    try add(works)
  }

  fileprivate func add(_ works: [String]) throws {
    guard !works.isEmpty else { return }
    let text = "id,title\n" + works.map { "\($0),Work \($0)\n" }.joined()
    _ = try catalog.importTable(try CSVTable(bytes: Array(text.utf8)), relativeTo: "/")
  }
}
