import Model
import Recommend
import TestSupport
import Testing

@Suite struct EventCleaningTests {
  private let now = 1_000_000.0

  private func event(
    _ key: String, person: String = "p", work: String = "w", _ kind: EventKind = .view, value: Double? = nil,
    time: Double = 500
  ) -> FeedbackEvent {
    FeedbackEvent(key: key, person: person, work: work, kind: kind, value: value, time: time)
  }

  private func reason(_ event: FeedbackEvent) -> EventCleaning.Refusal? {
    EventCleaning().clean([event], now: now, isKnownWork: { $0 == "w" }).refused.first?.reason
  }

  @Test func impossibleEvents() {
    #expect(reason(event("")) == .incomplete)
    #expect(reason(event("k", person: "")) == .incomplete)
    #expect(reason(event("k", work: "")) == .incomplete)
    #expect(reason(event("k", work: "gone")) == .unknownWork)
    #expect(reason(event("k", .rating)) == .missingValue)
    #expect(
      [0, 0.99, 5.01, -1, .nan, .infinity].map { reason(event("k", .rating, value: $0)) }
        == Array(repeating: .impossibleRating, count: 6))
    #expect(reason(event("k", .dwell, value: -1)) == .impossibleDwell)
    #expect(reason(event("k", .dwell, value: 4 * 3600 + 1)) == .impossibleDwell)
    #expect(reason(event("k", .dwell, value: .nan)) == .impossibleDwell)
    #expect(reason(event("k", time: -1)) == .impossibleTime)
    #expect(reason(event("k", time: .nan)) == .impossibleTime)
    #expect(reason(event("k", time: now + 61)) == .future)
  }

  @Test func possibleEvents() {
    #expect(reason(event("k", .rating, value: 1)) == nil)
    #expect(reason(event("k", .rating, value: 4.5)) == nil)
    #expect(reason(event("k", .dwell, value: 0)) == nil)
    #expect(reason(event("k", .dwell, value: 4 * 3600)) == nil)
    #expect(reason(event("k", time: now + 60)) == nil)
    #expect(reason(event("k", time: 0)) == nil)
    // A value that a kind doesn't have is passed over.
    #expect(reason(event("k", .like, value: 99)) == nil)
  }

  @Test func oneKeyCountsOnce() {
    let events = [event("k", time: 9), event("k", work: "v", time: 5), event("old", .like, time: 7)]
    let outcome = EventCleaning().clean(events, now: now, isKnownKey: { $0 == "old" })
    #expect(outcome.kept == [events[1]])
    #expect(outcome.counts == [.duplicateKey: 2])
    #expect(outcome.refused.map(\.place) == [0, 2])
  }

  @Test func doubleClicksAreOne() {
    let events = [
      event("a", .like, time: 10), event("b", .like, time: 10.5), event("c", .like, time: 11.4),
      event("d", .like, time: 12.4), event("e", .dislike, time: 10.2),
      event("f", .rating, value: 3, time: 10),
      event("g", .rating, value: 4, time: 10.1),
    ]
    let outcome = EventCleaning().clean(events, now: now)
    // A burst is one, however long it goes on.
    #expect(outcome.refused.map(\.place) == [1, 2])
    #expect(outcome.counts == [.repeated: 2])
  }

  @Test func whoDoesTooMuchIsABot() {
    var cleaning = EventCleaning()
    cleaning.mostEvents = 10
    let bot = (0..<50).map { event("b\($0)", person: "bot", work: "\($0)", time: 100 + Double($0)) }
    // The same person a day earlier, and one who does as much in more time.
    let before = [event("x", person: "bot", work: "x", time: 5)]
    let calm = (0..<50).map { event("c\($0)", person: "calm", work: "\($0)", time: 100 + 6.5 * Double($0)) }
    let outcome = cleaning.clean(bot + before + calm, now: now)
    #expect(outcome.counts == [.bot: 50])
    #expect(outcome.kept.count == 51)
    #expect(outcome.kept.first?.key == "x")
  }

  @Test func theOrderGivenMeansNothing() {
    var generator = SeededGenerator(seed: 1)
    let events = (0..<300).map { i in
      event("k\(i % 250)", person: "p\(i % 3)", work: "w\(i % 40)", time: Double(i * 37 % 200))
    }
    let kept = Set(EventCleaning().clean(events, now: now).kept.map(\.key))
    let shuffled = EventCleaning().clean(events.shuffled(using: &generator), now: now)
    // Which of two in one second stays may differ by who came first; how many does not.
    #expect(shuffled.kept.count + shuffled.refused.count == 300)
    #expect(Set(shuffled.kept.map(\.key)).subtracting(kept).count <= shuffled.counts[.repeated, default: 0])
    #expect(zip(shuffled.kept, shuffled.kept.dropFirst()).allSatisfy { $0.time <= $1.time })
  }

  @Test func `What was kept before counts with what comes, and is not judged again`() {
    var cleaning = EventCleaning()
    cleaning.mostEvents = 3
    let before = (0..<3).map { event("", person: "a", work: "\($0)", time: 100 + Double($0)) }
    // The fourth within the minute; then the same as the first, half a second later, of another person none.
    let fourth = event("k", person: "a", work: "9", time: 110)
    #expect(cleaning.clean([fourth], now: now, after: before).counts == [.bot: 1])
    #expect(
      cleaning.clean([event("k", person: "a", work: "9", time: 170)], now: now, after: before).kept.count == 1
    )
    let again = event("k", person: "a", work: "2", time: 102.5)
    let other = event("l", person: "b", work: "2", time: 102.5)
    let outcome = cleaning.clean([again, other], now: now, after: [before[2]])
    #expect(outcome.refused.map(\.place) == [0] && outcome.counts == [.repeated: 1])
    #expect(outcome.kept == [other])
  }
}
