import Foundation
import Model
import Recommend

/// What `morelli.toml` says of recommending works to people.
struct RecommendSettings: Equatable {
  /// Days after which an event counts half.
  var halfLifeDays = 90
  /// What one event of a kind says, -1…1; kinds that are not named keep their default.
  var events: [String: Double] = [:]
  /// Events of one person within a minute at most: more is a machine.
  var mostEventsAMinute = 120
  /// Divides people among strategies; another name divides them otherwise.
  var test = "strategies"
  /// Strategies are chosen by what they have achieved, not by fixed shares.
  var explores = false
  /// New events before models are trained again, in per cent of all.
  var trainedAfterPercent = 5
  var threads = 0
  /// Days after which it is forgotten which works were shown.
  var shownDays = 180
  /// Lists that were shown before teach strategies nothing (any more).
  var learnsSince: Date?
  var strategies = Strategy.usual

  var halfLife: Double { Double(halfLifeDays) * 86_400 }

  var rule: PreferenceRule {
    var rule = PreferenceRule()
    rule.halfLife = halfLife
    for (name, strength) in events { EventKind(rawValue: name).map { rule.strengths[$0] = Float(strength) } }
    return rule
  }

  var cleaning: EventCleaning {
    var cleaning = EventCleaning()
    cleaning.mostEvents = mostEventsAMinute
    return cleaning
  }

  func strategy(named name: String) -> Strategy? { strategies.first { $0.name == name } }

  /// The sources that any strategy asks and that are learnt from everybody's events.
  var trainedSources: Set<Recommend.Source> {
    Set(strategies.flatMap(\.parts).map(\.source).filter(\.isTrained)).union([.people])
  }

  /// Among which people are divided; nil where no strategy has a share.
  var assignment: Assignment? {
    let variants = strategies.filter { $0.share > 0 }.map { Assignment.Variant($0.name, share: $0.share) }
    return variants.isEmpty ? nil : Assignment(test: test, variants)
  }
}

extension SettingKey {
  /// Those of recommending.
  static var recommending: [SettingKey] {
    [
      integer(
        "recommend.half-life-days", "What somebody did counts half after so many days.",
        \.recommend.halfLifeDays, 1...36_500),
      SettingKey(
        name: "recommend.events",
        documentation: """
          What one event says of how much a work is liked, from -1 to 1, such as { view = 0.1, purchase = 1.0 }; kinds that are
          not named keep their default: \(PreferenceRule().strengths.sorted { $0.key < $1.key }.map { "\($0.key.rawValue) \($0.value)" }.joined(separator: ", ")).
          """,
        get: { .numbers($0.recommend.events) },
        set: { settings, value throws(Fault) in
          guard case .numbers(let numbers) = value else {
            throw Fault(reason: "a table of numbers is expected")
          }
          for (name, strength) in numbers {
            guard EventKind(rawValue: name) != nil else {
              throw Fault(
                reason:
                  "there is no event '\(name)': \(EventKind.allCases.map(\.rawValue).joined(separator: ", "))"
              )
            }
            guard (-1...1).contains(strength) else { throw Fault(reason: "\(name): -1 to 1 is expected") }
          }
          settings.recommend.events = numbers
        }),
      integer(
        "recommend.events-a-minute",
        "A person of whom more events come within a minute is a machine: those are refused.",
        \.recommend.mostEventsAMinute, 1...1_000_000),
      SettingKey(
        name: "recommend.test",
        documentation:
          "People are divided among strategies with a share by this name and their id: another name, another division.",
        get: { .string($0.recommend.test) },
        set: { settings, value throws(Fault) in
          guard case .string(let text) = value else { throw Fault(reason: "a text is expected") }
          settings.recommend.test = text
        }),
      boolean(
        "recommend.explore",
        "Who gets which of the strategies with a share is decided by what they have achieved (Thompson sampling), not by the shares.",
        \.recommend.explores),
      integer(
        "recommend.train-after-percent",
        "Models are trained again when so many per cent of the events are new.",
        \.recommend.trainedAfterPercent, 1...100_000),
      SettingKey(
        name: "recommend.learn-since",
        documentation: """
          Only lists that were shown since teach the strategies that adapt or are learned: a date or a time, such as 2026-11-22 or
          2026-11-22T09:30:00Z. What they learnt before is taken back. Empty for all that are kept.
          """,
        get: { .string($0.recommend.learnsSince.map { $0.formatted(.iso8601) } ?? "") },
        set: { settings, value throws(Fault) in
          guard case .string(let text) = value else { throw Fault(reason: "a text is expected") }
          guard !text.isEmpty else {
            settings.recommend.learnsSince = nil
            return
          }
          let full = text.contains("T") ? text : text + "T00:00:00Z"
          guard let date = try? Date(full, strategy: .iso8601) else {
            throw Fault(reason: "a date such as 2026-11-22 is expected, not '\(text.prefix(40))'")
          }
          settings.recommend.learnsSince = date
        }),
      integer(
        "recommend.shown-days",
        "It is forgotten after so many days which works were shown to whom, and what became of it.",
        \.recommend.shownDays, 1...36_500),
      integer(
        "recommend.threads", "Threads of a training; 0 is as many as processors.", \.recommend.threads,
        0...1024),
    ]
  }
}

/// A section `[strategy.NAME]` of the settings.
struct StrategySection {
  /// - Parameter values: by key.
  /// - Throws: what is wrong with it.
  static func strategy(named name: String, _ values: [String: SettingValue]) throws(SettingKey.Fault)
    -> Strategy
  {
    func fault(_ reason: String) -> SettingKey.Fault { SettingKey.Fault(reason: reason) }
    guard (1...40).contains(name.utf8.count),
      name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
    else { throw fault("a name is 1 to 40 letters, digits, - and _") }
    let known: Set = [
      "kind", "sources", "diversity", "novelty", "serendipity", "popularity-correction", "per-artist",
      "per-style", "seen",
      "share", "adapts",
    ]
    if let other = values.keys.filter({ !known.contains($0) }).min() {
      throw fault("there is no '\(other)': \(known.sorted().joined(separator: ", "))")
    }
    guard case .strings(let sources)? = values["sources"], !sources.isEmpty else {
      throw fault("'sources' is missing, such as [\"content=1\", \"items=0.5\"]")
    }
    var parts: [Strategy.Part] = []
    for text in sources {
      let halves = text.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
      guard let source = halves.first.flatMap({ Source(rawValue: $0) }) else {
        throw fault(
          "there is no source '\(text)': \(Source.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      let weight = halves.count == 2 ? Float(halves[1]) : 1
      guard let weight, weight >= 0, weight.isFinite else { throw fault("'\(text)': a weight is 0 or more") }
      guard !parts.contains(where: { $0.source == source }) else {
        throw fault("'\(source.rawValue)' comes twice")
      }
      parts.append(.init(source, weight: weight))
    }
    func number(_ key: String, _ range: ClosedRange<Double>) throws(SettingKey.Fault) -> Double {
      switch values[key] {
      case nil: return 0
      case .integer(let number)? where range.contains(Double(number)): return Double(number)
      case .number(let number)? where range.contains(number): return number
      default: throw fault("'\(key)' is a number from \(range.lowerBound) to \(range.upperBound)")
      }
    }
    var kind = Strategy.Kind.weighted
    if let value = values["kind"] {
      guard case .string(let text) = value, let chosen = Strategy.Kind(rawValue: text) else {
        throw fault("'kind' is one of \(Strategy.Kind.allCases.map(\.rawValue).joined(separator: ", "))")
      }
      kind = chosen
    }
    var composer = ListComposer()
    composer.diversity = Float(try number("diversity", 0...1))
    composer.novelty = Float(try number("novelty", 0...10))
    composer.serendipity = Float(try number("serendipity", 0...10))
    composer.popularityPower = Float(try number("popularity-correction", 0...1))
    let (perArtist, perStyle) = (
      Int(try number("per-artist", 0...1e6)), Int(try number("per-style", 0...1e6))
    )
    func flag(_ key: String) throws(SettingKey.Fault) -> Bool {
      switch values[key] {
      case nil: return false
      case .boolean(let flag)?: return flag
      default: throw fault("'\(key)' is true or false")
      }
    }
    return Strategy(
      name: name, kind: kind, parts: parts, composer: composer,
      mostPerArtist: perArtist == 0 ? nil : perArtist,
      mostPerStyle: perStyle == 0 ? nil : perStyle, leavesOutSeen: try !flag("seen"),
      share: try number("share", 0...1e6), adapts: try flag("adapts"))
  }
}
