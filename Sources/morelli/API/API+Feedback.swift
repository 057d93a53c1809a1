import Catalog
import Foundation
import Metrics
import Model
import Recommend
import Server

// MARK: What people did

extension API {
  var feedbackEndpoints: [Endpoint] { [postEvents] }

  /// Events of one request.
  private static let most = 10_000

  private struct EventsDocument: Decodable {
    let events: [[String: JSONValue]]
  }

  private struct OutcomeDocument: Encodable {
    struct Refused: Encodable {
      let place: Int
      let reason, detail: String
    }

    var kept = 0
    var known = 0
    var refused: [Refused] = []
  }

  private var postEvents: Endpoint {
    Endpoint(.post, "/v1/events", scope: .write, content: .document(limit: 8 << 20)) { call in
      let now = Date()
      let members = try call.decoded(EventsDocument.self, keys: ["events"]).events
      guard members.count <= Self.most else {
        throw Problem.unclear("at most \(Self.most) events are taken at once")
      }
      var events: [FeedbackEvent] = []
      for (place, members) in members.enumerated() {
        events.append(try FeedbackEvent(json: members, place: place, now: now))
      }
      return try .document(keep(events, now))
    }
  }

  /// Keeps what can be; the rest is told by its place.
  private func keep(_ events: [FeedbackEvent], _ now: Date) throws -> OutcomeDocument {
    var outcome = OutcomeDocument()
    func refuse(_ place: Int, _ reason: EventCleaning.Refusal) {
      outcome.refused.append(.init(place: place, reason: reason.rawValue, detail: reason.sentence))
    }
    let known = try catalog.knownKeys(Set(events.map(\.key)))
    let new = events.indices.filter { !known.contains(events[$0].key) }
    outcome.known = events.count - new.count
    let cleaning = collection.settings.recommend.cleaning
    let given = new.map { events[$0] }
    let earliest = given.lazy.map(\.time).filter(\.isFinite).min() ?? 0
    let cleaned = cleaning.clean(
      given, now: now.timeIntervalSince1970,
      after: try catalog.events(ofPeople: Set(given.map(\.person)), since: earliest - cleaning.window))
    for (place, reason) in cleaned.refused { refuse(new[place], reason) }
    let report = try catalog.keep(cleaned.kept, at: now)
    outcome.kept = report.kept
    outcome.known += report.known
    let unknown = Set(report.unknownWorks.map { cleaned.kept[$0].key })
    for place in new where unknown.contains(events[place].key) { refuse(place, .unknownWork) }
    outcome.refused.sort { $0.place < $1.place }
    for (kind, kept) in Dictionary(grouping: cleaned.kept, by: \.kind) {
      let count = kept.count { !unknown.contains($0.key) }
      Counter(label: "morelli_feedback_total", dimensions: [("kind", kind.rawValue)]).increment(by: count)
    }
    return outcome
  }
}

extension FeedbackEvent {
  /// Whether somebody can be known by it.
  static func isPersonID(_ id: String) -> Bool {
    (1...400).contains(id.utf8.count) && !id.unicodeScalars.contains { $0.value < 32 }
  }

  /// Made of all that is known of an event that has no key of its own.
  ///
  /// - Parameter time: as it was written; the time of arrival where nothing was.
  static func key(_ person: String, _ work: String, _ kind: EventKind, _ value: Double?, time: String)
    -> String
  {
    [person, work, kind.rawValue, value.map { "\($0)" } ?? "", time].joined(separator: "\u{1F}")
  }

  private static let members: Set<String> = ["user", "work", "kind", "value", "time", "key", "list"]

  /// - Throws: `Problem` (400) where it is no event; whether it can be meant is seen later.
  fileprivate init(json: [String: JSONValue], place: Int, now: Date) throws(Problem) {
    func wrong(_ name: String, _ expected: String) -> Problem {
      .unclear("events[\(place)].\(name.prefix(80)) is \(expected)")
    }
    if let other = json.keys.filter({ !Self.members.contains($0) }).min() {
      throw wrong(other, "nothing that an event has: \(Self.members.sorted().joined(separator: ", "))")
    }
    guard case .text(let person)? = json["user"], Self.isPersonID(person) else {
      throw wrong("user", "one line of 1 to 400 bytes")
    }
    guard case .text(let work)? = json["work"], !work.isEmpty else { throw wrong("work", "the id of a work") }
    guard case .text(let name)? = json["kind"], let kind = EventKind(rawValue: name) else {
      throw wrong("kind", "one of \(EventKind.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    func number(_ name: String) throws(Problem) -> Double? {
      switch json[name] {
      case nil, .null: return nil
      case .number(let number): return number
      default: throw wrong(name, "a number")
      }
    }
    let value = try number("value")
    let time = try number("time")
    var list: Int64?
    if let number = try number("list") {
      guard let whole = Int64(exactly: number), (1...(1 << 53)).contains(whole) else {
        throw wrong("list", "the number of a list")
      }
      list = whole
    }
    var key: String?
    switch json["key"] {
    case nil, .null: break
    case .text(let text) where !text.isEmpty: key = text
    default: throw wrong("key", "a text")
    }
    let arrival = now.timeIntervalSince1970
    self.init(
      key: key ?? Self.key(person, work, kind, value, time: "\(time ?? arrival)"), person: person, work: work,
      kind: kind, value: value, time: time ?? arrival, list: list)
  }
}
