import Foundation
import Recommend
import SystemPackage
import TOMLKit

/// `morelli.toml`: every key documented where it stands, all optional.
struct SettingsFile {
  let path: FilePath

  /// The settings as the file has them; the defaults where there is no file.
  ///
  /// - Throws: `CommandFailure` that names the file and the key.
  func read() throws -> Settings {
    guard let text = try contents() else { return Settings() }
    return try settings(from: text)
  }

  /// Writes the file with every key, its meaning and its default, unless there is one.
  func createIfMissing() throws {
    guard try contents() == nil else { return }
    try write(Self.template)
  }

  /// Changes one key and leaves every other line as it is. Nothing is written when the value can't stand.
  ///
  /// - Parameter text: as typed: `100`, `true`, `jpeg,png` or `colour=2,text=0`.
  func set(_ name: String, to text: String) throws {
    let key = try Self.key(named: name)
    guard let value = SettingValue(typed: text, like: key.get(Settings())) else {
      throw CommandFailure("\(key.name): '\(text)' is no value like \(key.get(Settings()).literal)")
    }
    var trial = Settings()
    do throws(SettingKey.Fault) {
      try key.set(&trial, value)
    } catch {
      throw CommandFailure("\(key.name): \(error.reason)")
    }
    var lines = (try contents() ?? Self.template).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let line = "\(key.key) = \(key.get(trial).literal)"
    if let index = Self.line(of: key.key, in: key.table, lines) {
      lines[index] = line
    } else if let table = lines.firstIndex(where: {
      $0.trimmingCharacters(in: .whitespaces) == "[\(key.table)]"
    }) {
      lines.insert(line, at: table + 1)
    } else {
      lines += ["[\(key.table)]", line, ""]
    }
    let changed = lines.joined(separator: "\n")
    _ = try settings(from: changed)
    try write(changed)
  }

  static func key(named name: String) throws -> SettingKey {
    if let key = SettingKey.all.first(where: { $0.name == name }) { return key }
    let known = SettingKey.all.map(\.name).joined(separator: "\n  ")
    throw CommandFailure("there is no setting '\(name)'. The settings are\n  \(known)")
  }

  /// A new file: all keys, commented out, with their defaults.
  static var template: String {
    var text = "# Morelli's settings. Every key is optional; what is commented out is the default.\n"
    var table = ""
    for key in SettingKey.all {
      if key.table != table { text += "\n[\(key.table)]\n" }
      table = key.table
      for line in key.documentation.split(separator: "\n") { text += "# \(line)\n" }
      text += "#\(key.key) = \(key.get(Settings()).literal)\n"
    }
    for line in strategyHelp.split(separator: "\n", omittingEmptySubsequences: false) {
      text += line.isEmpty ? "\n" : "# \(line)\n"
    }
    return text
  }

  private static let strategyHelp = """

    How lists of recommendations are made: sections of your own, or in place of hybrid, content, collaborative and popularity.
    kind: weighted (all sources together), switching (the first that knows enough), cascade (the first finds, the others rank).
    [strategy.hybrid]
    kind = "weighted"
    sources = ["content=1", "attributes=1", "items=1", "ease=1", "popularity=0.2"]
    diversity = 0.1
    novelty = 0.0
    serendipity = 0.0
    popularity-correction = 0.0
    per-artist = 0
    per-style = 0
    seen = false
    share = 1.0

    """

  private func contents() throws -> String? {
    guard FileManager.default.fileExists(atPath: path.string) else { return nil }
    do {
      return try String(contentsOfFile: path.string, encoding: .utf8)
    } catch {
      throw CommandFailure("\(path) can't be read: \(error.localizedDescription)")
    }
  }

  private func write(_ text: String) throws {
    do {
      try text.write(toFile: path.string, atomically: true, encoding: .utf8)
    } catch {
      throw CommandFailure("\(path) can't be written: \(error.localizedDescription)")
    }
  }

  private func settings(from text: String) throws -> Settings {
    let document: TOMLTable
    do {
      document = try TOMLTable(string: text)
    } catch let error as TOMLParseError {
      let place = error.source.begin
      throw CommandFailure("\(path):\(place.line):\(place.column): \(error.description)")
    }
    var settings = Settings()
    let keys = SettingKey.all
    for table in document.keys {
      if table == "strategy" {
        try readStrategies(document[table]?.table, into: &settings, text)
        continue
      }
      guard let entries = document[table]?.table, keys.contains(where: { $0.table == table }) else {
        throw CommandFailure("\(place(of: table, nil, in: text)): there is no setting '\(table)'")
      }
      for name in entries.keys {
        guard let key = keys.first(where: { $0.table == table && $0.key == name }) else {
          throw CommandFailure("\(place(of: table, name, in: text)): there is no setting '\(table).\(name)'")
        }
        do throws(SettingKey.Fault) {
          guard let value = SettingValue(entries[name]) else {
            throw SettingKey.Fault(reason: "the value is of no kind that a setting has")
          }
          try key.set(&settings, value)
        } catch {
          throw CommandFailure("\(place(of: table, name, in: text)): \(key.name): \(error.reason)")
        }
      }
    }
    return settings
  }

  /// Sections `[strategy.NAME]`: one of the name of a usual strategy takes its place, others come after these.
  private func readStrategies(_ sections: TOMLTable?, into settings: inout Settings, _ text: String) throws {
    guard let sections else {
      throw CommandFailure("\(path): strategies are sections such as [strategy.mine]")
    }
    for name in sections.keys {
      do throws(SettingKey.Fault) {
        guard let entries = sections[name]?.table else {
          throw SettingKey.Fault(reason: "a section such as [strategy.mine] is expected")
        }
        var values: [String: SettingValue] = [:]
        for key in entries.keys {
          guard let value = SettingValue(entries[key]) else {
            throw SettingKey.Fault(reason: "'\(key)' is of no kind that a setting has")
          }
          values[key] = value
        }
        let strategy = try StrategySection.strategy(named: name, values)
        if let place = settings.recommend.strategies.firstIndex(where: { $0.name == name }) {
          settings.recommend.strategies[place] = strategy
        } else {
          settings.recommend.strategies.append(strategy)
        }
      } catch {
        throw CommandFailure(
          "\(place(of: "strategy.\(name)", nil, in: text)): strategy.\(name): \(error.reason)")
      }
    }
  }

  /// `path:line` of a key (or of a table, or a key outside of any), for people.
  private func place(of table: String, _ key: String?, in text: String) -> String {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let index =
      key.map { Self.line(of: $0, in: table, lines) } ?? Self.line(of: table, in: "", lines)
      ?? lines.firstIndex { $0.trimmingCharacters(in: .whitespaces).hasPrefix("[\(table)") }
    return index.map { "\(path):\($0 + 1)" } ?? "\(path)"
  }

  /// The line that sets a key of a table; where none does, the one that has it commented out.
  private static func line(of key: String, in table: String, _ lines: [String]) -> Int? {
    var current = ""
    var commentedOut: Int?
    for (index, line) in lines.enumerated() {
      let bare = line.trimmingCharacters(in: .whitespaces)
      if bare.hasPrefix("["), let end = bare.firstIndex(of: "]") {
        current = String(bare[bare.index(after: bare.startIndex)..<end])
      }
      let assignment = bare.drop { $0 == "#" || $0 == " " }
      guard current == table, assignment.contains("="),
        assignment.prefix(while: { $0 != "=" && $0 != " " }) == key
      else { continue }
      if !bare.hasPrefix("#") { return index }
      commentedOut = commentedOut ?? index
    }
    return commentedOut
  }
}

extension SettingValue {
  fileprivate init?(_ value: (any TOMLValueConvertible)?) {
    guard let value else { return nil }
    if let flag = value.bool {
      self = .boolean(flag)
    } else if let number = value.int {
      self = .integer(number)
    } else if let number = value.double {
      self = .number(number)
    } else if let text = value.string {
      self = .string(text)
    } else if let array = value.array {
      let texts = array.compactMap(\.string)
      guard texts.count == array.count else { return nil }
      self = .strings(texts)
    } else if let table = value.table {
      var numbers: [String: Double] = [:]
      for key in table.keys {
        guard let number = table[key]?.double ?? table[key]?.int.map(Double.init) else { return nil }
        numbers[key] = number
      }
      self = .numbers(numbers)
    } else {
      return nil
    }
  }
}
