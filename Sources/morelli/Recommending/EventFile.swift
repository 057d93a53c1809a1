import Catalog
import Foundation
import Model
import Platform
import SystemPackage

/// A file of events: CSV with a header, or JSON Lines.
///
/// Columns or members: `user` (or `person`), `work`, `kind`; `value` where the kind has one, `time` (seconds since 1970 or ISO 8601; the
/// time of the import where it is missing), `event_key` (or `key`; made of all the rest where it is missing), `list`.
struct EventFile {
  struct Line {
    let number: Int
    /// What is wrong with it, else the event.
    let event: Result<FeedbackEvent, CommandFailure>
  }

  /// Bytes of one file.
  private static let limit = 4 << 30

  let path: FilePath
  let name: String

  init(_ name: String) {
    self.name = name
    path = FilePath(name).absolute
  }

  /// - Parameter now: the time of events without one.
  /// - Throws: `CommandFailure` where the file can't be read.
  func forEachLine(now: Date, _ body: (Line) throws -> Void) throws {
    if case .directory? = try? FileKind(at: path) {
      throw CommandFailure("\(name) is a folder, not a file of events")
    }
    let bytes: [UInt8]
    do {
      bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path.string)))
    } catch {
      throw CommandFailure("\(name) can't be read: \(error.localizedDescription)")
    }
    guard bytes.count <= Self.limit else { throw CommandFailure("\(name) is larger than 4 GiB: split it") }
    let isJSON = ["jsonl", "ndjson", "json"].contains(path.extension?.lowercased() ?? "")
    try isJSON ? readJSONLines(bytes, now, body) : readTable(bytes, now, body)
  }

  private func readTable(_ bytes: [UInt8], _ now: Date, _ body: (Line) throws -> Void) throws {
    let table: CSVTable
    do { table = try CSVTable(bytes: bytes) } catch { throw CommandFailure("\(name): \(error)") }
    for column in [["user", "person"], ["work"], ["kind"]]
    where !column.contains(where: { table.header.position(of: $0) != nil }) {
      throw CommandFailure("\(name): the header has no column '\(column[0])'")
    }
    for row in table {
      switch row {
      case .failure(let error):
        try body(Line(number: error.line, event: .failure(CommandFailure(error.sentence))))
      case .success(let row): try body(Line(number: row.line, event: Self.event(now) { row[$0] }))
      }
    }
  }

  private func readJSONLines(_ bytes: [UInt8], _ now: Date, _ body: (Line) throws -> Void) throws {
    let decoder = JSONDecoder()
    for (place, line) in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .enumerated()
    where line.contains(where: { $0 > 32 }) {
      let event: Result<FeedbackEvent, CommandFailure>
      if let members = try? decoder.decode([String: Scalar].self, from: Data(line)) {
        event = Self.event(now) { members[$0]?.text }
      } else {
        event = .failure(CommandFailure("this is no JSON object of texts and numbers"))
      }
      try body(Line(number: place + 1, event: event))
    }
  }

  /// A text or a number.
  private struct Scalar: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if container.decodeNil() {
        text = nil
      } else if let number = try? container.decode(Double.self) {
        text = number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : String(number)
      } else {
        text = try container.decode(String.self)
      }
    }
  }

  /// - Parameter cell: of a column, as written; nil or empty where there is none.
  static func event(_ now: Date, _ cell: (String) -> String?) -> Result<FeedbackEvent, CommandFailure> {
    func text(_ names: String...) -> String? {
      for name in names {
        if let text = cell(name)?.trimmingCharacters(in: .whitespaces), !text.isEmpty { return text }
      }
      return nil
    }
    func fault(_ reason: String) -> Result<FeedbackEvent, CommandFailure> { .failure(CommandFailure(reason)) }
    guard let person = text("user", "person"), let work = text("work") else {
      return fault("it names no user, or no work")
    }
    guard FeedbackEvent.isPersonID(person) else {
      return fault("a user's id is at most 400 bytes of text")
    }
    guard let kind = text("kind").flatMap({ EventKind(rawValue: $0.lowercased()) }) else {
      return fault(
        "'\(text("kind")?.prefix(40) ?? "")' is no kind of event: \(EventKind.allCases.map(\.rawValue).joined(separator: ", "))"
      )
    }
    var value: Double?
    if let written = text("value") {
      guard let number = Double(written) else {
        return fault("the value '\(written.prefix(40))' is no number")
      }
      value = number
    }
    var time = now.timeIntervalSince1970
    if let written = text("time") {
      guard let known = Double(written) ?? (try? Date(written, strategy: .iso8601))?.timeIntervalSince1970
      else {
        return fault(
          "the time '\(written.prefix(40))' is neither seconds since 1970 nor such as 2026-11-21T09:30:00Z")
      }
      time = known
    }
    return .success(
      FeedbackEvent(
        key: text("event_key", "key")
          ?? FeedbackEvent.key(person, work, kind, value, time: text("time") ?? "\(time)"), person: person,
        work: work,
        kind: kind,
        value: value, time: time, list: text("list").flatMap { Int64($0) }))
  }
}
