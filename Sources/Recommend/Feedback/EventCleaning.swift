import Foundation
package import Model

/// Sorts out events that can't be or can't be meant.
///
/// Rules for what is missing: a rating without a number and a dwell without seconds are refused, as no other number would be right;
/// a value with a kind that has none is passed over. Whoever reads events gives one without a time the time of its arrival.
package struct EventCleaning: Sendable, Equatable {
  /// Why an event is not kept.
  package enum Refusal: String, CaseIterable, Sendable {
    /// No key, person or work.
    case incomplete
    /// The key has been seen.
    case duplicateKey
    /// The same person did the same with the same work a moment ago: a double click, or a page that sends twice.
    case repeated
    case unknownWork
    case missingValue
    /// Not in 1…5.
    case impossibleRating
    /// Negative, not a number, or longer than anybody looks.
    case impossibleDwell
    /// Not a number or before 1970.
    case impossibleTime
    /// Later than clocks differ.
    case future
    /// Of a person who does more than a person can.
    case bot
  }

  /// Seconds that another clock may be ahead.
  package var clockTolerance: Double = 60
  /// Seconds.
  package var longestDwell: Double = 4 * 3600
  /// Seconds within which the same again is one event; values must agree too.
  package var repetition: Double = 1
  /// Events of one person within `window` seconds at most.
  package var mostEvents = 120
  package var window: Double = 60

  package init() {}

  /// What has become of a batch of events.
  package struct Outcome: Sendable, Equatable {
    /// By time, then key.
    package let kept: [FeedbackEvent]
    /// Places in what was given, ascending, and why.
    package let refused: [(place: Int, reason: Refusal)]
    /// How many of each.
    package var counts: [Refusal: Int] { refused.reduce(into: [:]) { $0[$1.reason, default: 0] += 1 } }

    package static func == (a: Outcome, b: Outcome) -> Bool {
      a.kept == b.kept
        && a.refused.elementsEqual(b.refused) { $0.place == $1.place && $0.reason == $1.reason }
    }
  }

  /// - Parameters:
  ///   - new: in any order. Of those with one key the earliest is kept, of equal times the first.
  ///   - now: seconds since 1970.
  ///   - earlier: what the same people did within `window` before, which was kept: not a part of the outcome, but what is repeated,
  ///     or more than a person can do, is so together with it.
  ///   - isKnownKey: whether an event with this key is kept already.
  ///   - isKnownWork: whether there is, or was, such a work.
  package func clean(
    _ new: [FeedbackEvent], now: Double, after earlier: [FeedbackEvent] = [],
    isKnownKey: (String) -> Bool = { _ in false },
    isKnownWork: (String) -> Bool = { _ in true }
  ) -> Outcome {
    let events = earlier + new
    let first = earlier.count
    var reasons: [Int: Refusal] = [:]
    for (place, event) in events.enumerated().dropFirst(first) {
      reasons[place] = impossibility(of: event, now: now) ?? (isKnownWork(event.work) ? nil : .unknownWork)
    }
    let possible = events.indices.filter { reasons[$0] == nil }
      .sorted { (events[$0].time, $0) < (events[$1].time, $1) }
    var keys: Set<String> = []
    var last: [Deed: Double] = [:]
    var single: [Int] = []
    for place in possible {
      let event = events[place]
      let deed = Deed(event)
      if place < first {
        last[deed] = event.time
        single.append(place)
      } else if isKnownKey(event.key) || !keys.insert(event.key).inserted {
        reasons[place] = .duplicateKey
      } else if let before = last[deed], event.time - before < repetition {
        reasons[place] = .repeated
        last[deed] = event.time
      } else {
        last[deed] = event.time
        single.append(place)
      }
    }
    for place in bots(single, events) { reasons[place] = .bot }
    let kept = single.filter { $0 >= first && reasons[$0] == nil }.map { events[$0] }
    return Outcome(
      kept: kept.sorted { ($0.time, $0.key) < ($1.time, $1.key) },
      refused: reasons.filter { $0.key >= first }.sorted { $0.key < $1.key }
        .map { (place: $0.key - first, reason: $0.value) })
  }

  /// What is wrong with an event by itself; nil for nothing.
  package func impossibility(of event: FeedbackEvent, now: Double) -> Refusal? {
    if event.key.isEmpty || event.person.isEmpty || event.work.isEmpty { return .incomplete }
    guard event.time.isFinite, event.time >= 0 else { return .impossibleTime }
    if event.time > now + clockTolerance { return .future }
    guard event.kind.hasValue else { return nil }
    guard let value = event.value else { return .missingValue }
    switch event.kind {
    case .rating: return value >= 1 && value <= 5 ? nil : .impossibleRating
    case .dwell: return value >= 0 && value <= longestDwell ? nil : .impossibleDwell
    default: return nil
    }
  }

  /// All events that lie in a window with too many of their person.
  ///
  /// - Parameter places: by time.
  private func bots(_ places: [Int], _ events: [FeedbackEvent]) -> Set<Int> {
    var suspect: Set<Int> = []
    for own in Dictionary(grouping: places, by: { events[$0].person }).values where own.count > mostEvents {
      var (first, marked) = (0, 0)
      for (end, place) in own.enumerated() {
        while events[place].time - events[own[first]].time >= window { first += 1 }
        guard end - first + 1 > mostEvents else { continue }
        for i in max(first, marked)...end { suspect.insert(own[i]) }
        marked = end + 1
      }
    }
    return suspect
  }

  /// What makes two events the same but for their time.
  private struct Deed: Hashable {
    let person, work: String
    let kind: EventKind
    let value: Double?

    init(_ event: FeedbackEvent) {
      (person, work, kind) = (event.person, event.work, event.kind)
      value = event.kind.hasValue ? event.value : nil
    }
  }
}
