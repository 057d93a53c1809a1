import Catalog
import Model

/// A person, as JSON has them.
struct UserDocument: Encodable {
  let id: String
  let attributes: [String: String]
  @OrNull var statement: String?
  @OrNull var budget: Double?
  /// How many of theirs are kept.
  let events: Int

  init(_ person: Person, _ catalog: Catalog) throws {
    id = person.id
    attributes = person.attributes
    statement = person.statement
    budget = person.budget
    events = try catalog.eventCount(ofPerson: person.number)
  }
}

/// All that is kept of a person.
struct UserExportDocument: Encodable {
  struct Event: Encodable {
    let work, kind: String
    @OrNull var value: Double?
    let time: Double
    @OrNull var list: Int64?
  }

  struct Shown: Encodable {
    let list: Int64
    let strategy: String
    let time: Double
    let works: [String]
  }

  let person: UserDocument
  let events: [Event]
  let shown: [Shown]

  init(_ person: Person, _ catalog: Catalog) throws {
    let ids = try catalog.workNumbers().reduce(into: [Int64: String]()) { $0[$1.number] = $1.id.rawValue }
    self.person = try UserDocument(person, catalog)
    events = try catalog.events(ofPerson: person.number).map {
      Event(work: ids[$0.work] ?? "", kind: $0.kind.rawValue, value: $0.value, time: $0.time, list: $0.list)
    }
    shown = try catalog.shownLists(toPerson: person.number).map {
      Shown(list: $0.number, strategy: $0.strategy, time: $0.time, works: $0.works.map { ids[$0] ?? "" })
    }
  }
}
