import ArgumentParser
import Catalog
import Foundation
import Model
import Platform
import Recommend

/// What people did with works.
struct EventsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "events",
    abstract: "Takes in what people did with works: views, likes, ratings, purchases.",
    discussion: """
      Example:
        morelli events import events.csv
      """,
    subcommands: [Import.self])

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes the events of a file (CSV or JSON Lines); what it took before is not taken twice.",
      discussion: """
        Columns or members: user, work, kind (view, like, dislike, favourite, rating, purchase, dismissed, dwell), value (a rating from 1 to \
        5, seconds of a dwell), time (seconds since 1970 or ISO 8601; without one it is now), event_key (the same event has the same key; \
        without one it is made of all the rest), list (the recommended list that it came from).
        Left out and told are events of unknown works, ratings that are none, times in the future, and people who do more than people can.

        Examples:
          morelli events import events.csv --dry-run
          morelli events import events.jsonl
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The file.", completion: .file(extensions: ["csv", "jsonl", "ndjson"])) var file: String
    @Flag(name: .customLong("dry-run"), help: "Tell what would be taken, and take nothing.") var dryRun =
      false
    @Flag(help: "One JSON document.") var json = false

    /// Events kept in one transaction: of a machine that is cut off what was kept stays.
    private static let batch = 50_000
    /// Faults that are told one by one.
    private static let told = 20

    private struct Document: Encodable {
      var events = 0
      var kept = 0
      var known = 0
      /// By reason.
      var refused: [String: Int] = [:]
    }

    func run() throws {
      Interruption.watch()
      let home = options.home
      let catalog = try home.open()
      let cleaning = try home.settingsFile.read().recommend.cleaning
      let now = Date()
      var document = Document()
      var toldCount = 0
      func refuse(_ line: Int, _ reason: String, _ name: String) {
        document.refused[name, default: 0] += 1
        toldCount += 1
        if toldCount <= Self.told { tell("\(file):\(line): not taken: \(reason)") }
      }
      var events: [FeedbackEvent] = []
      var lines: [Int] = []
      try EventFile(file).forEachLine(now: now) { line in
        document.events += 1
        switch line.event {
        case .failure(let failure): refuse(line.number, failure.description, "unreadable")
        case .success(let event):
          events.append(event)
          lines.append(line.number)
        }
      }
      // Of the whole file at once: doubles and machines are not seen in a part.
      let outcome = cleaning.clean(events, now: now.timeIntervalSince1970)
      for (place, reason) in outcome.refused { refuse(lines[place], reason.sentence, reason.rawValue) }
      let places = Dictionary(zip(events.map(\.key), lines)) { first, _ in first }
      var bar = ProgressBar("events")
      var place = 0
      while place < outcome.kept.count, !Interruption.isRequested {
        let part = Array(outcome.kept[place..<min(outcome.kept.count, place + Self.batch)])
        let report = try dryRun ? catalog.rehearse(part) : catalog.keep(part, at: now)
        document.kept += report.kept
        document.known += report.known
        for unknown in report.unknownWorks {
          document.refused[EventCleaning.Refusal.unknownWork.rawValue, default: 0] += 1
          toldCount += 1
          if toldCount <= Self.told {
            let line = places[part[unknown].key].map { ":\($0)" } ?? ""
            tell("\(file)\(line): not taken: there is no work '\(part[unknown].work.prefix(80))'")
          }
        }
        place += part.count
        bar.show(place, of: outcome.kept.count)
      }
      bar.finish()
      if toldCount > Self.told { tell("\(file): \(toldCount - Self.told) more were not taken") }
      if json {
        try JSONOutput.print(document)
      } else {
        let refused = document.refused.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        print(
          "\(document.events) events: \(document.kept) \(dryRun ? "would be kept" : "kept"), \(document.known) known before"
            + (refused.isEmpty ? "." : ", not taken: \(refused.joined(separator: ", "))."))
      }
      if Interruption.isRequested { throw ExitCode(130) }
      if !document.refused.isEmpty { throw ExitCode(2) }
    }
  }
}

extension EventCleaning.Refusal {
  /// For people.
  var sentence: String {
    switch self {
    case .incomplete: "a key, a user or a work is missing"
    case .duplicateKey: "the same event stands in the file before"
    case .repeated: "the same was done a moment before"
    case .unknownWork: "there is no such work"
    case .missingValue: "a rating needs its number, and a dwell its seconds"
    case .impossibleRating: "a rating is from 1 to 5"
    case .impossibleDwell: "nobody looks for so long, or for less than no time"
    case .impossibleTime: "there is no such time"
    case .future: "it lies in the future"
    case .bot: "nobody does so much in a minute: this is a machine"
    }
  }
}
