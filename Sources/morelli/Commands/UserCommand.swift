import ArgumentParser
import Catalog
import Foundation
import Model

/// People to whom works are recommended.
struct UserCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "user",
    abstract: "Shows, describes and forgets people to whom works are recommended.",
    discussion: """
      Examples:
        morelli user set anna --statement "quiet ink landscapes, nothing loud" --budget 1500
        morelli user show anna
        morelli user export anna > anna.json
        morelli user forget anna
      """,
    subcommands: [List.self, Show.self, Set.self, Import.self, Export.self, Forget.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists people by their ids.",
      discussion: """
        Example:
          morelli user list --limit 100
        """)

    @OptionGroup var options: HomeOptions
    @Option(help: "At most so many.") var limit = 50
    @Option(help: "Only those after this id.") var after: String?
    @Flag(help: "One JSON document.") var json = false

    func validate() throws {
      if !(1...100_000).contains(limit) { throw ValidationError("--limit is 1 to 100000.") }
    }

    func run() throws {
      let catalog = try options.home.open()
      let people = try catalog.people(after: after, limit: limit)
      if json { return try JSONOutput.print(people.map { try UserDocument($0, catalog) }) }
      for person in people { print(person.id) }
      let all = try catalog.personCount()
      if all > people.count { tell("\(people.count) of \(all) people") }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Shows what is known of a person.",
      discussion: """
        Example:
          morelli user show anna --json
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The person's id.") var user: String
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let catalog = try options.home.open()
      let person = try catalog.known(user)
      let events = try catalog.events(ofPerson: person.number)
      if json { return try JSONOutput.print(UserDocument(person, catalog)) }
      print(person.id)
      if let said = person.statement { print("says: \(said)") }
      if let most = person.budget { print("budget: \(most)") }
      for (name, value) in person.attributes.sorted(by: { $0.key < $1.key }) { print("\(name): \(value)") }
      let kinds = Dictionary(grouping: events, by: \.kind).sorted { $0.key < $1.key }
      print(
        events.isEmpty
          ? "no events" : kinds.map { "\($0.key.rawValue) \($0.value.count)" }.joined(separator: ", "))
    }
  }

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says something of a person, who is made known where nobody is by that id.",
      discussion: """
        What isn't named stays; an empty text takes it away.

        Examples:
          morelli user set anna --statement "quiet ink landscapes" --budget 1500
          morelli user set anna --attribute currency=EUR --attribute city=Ghent
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Any id.") var user: String
    @Option(help: "Their taste in their own words.") var statement: String?
    @Option(help: "What they would pay at most for a work; 0 is any amount.") var budget: Double?
    @Option(help: ArgumentHelp("Whatever else is known.", valueName: "name=value")) var attribute: [String] =
      []

    func validate() throws {
      if user.isEmpty || user.utf8.count > 400 || user.contains(where: \.isNewline) {
        throw ValidationError("An id is one line of at most 400 bytes.")
      }
      if let budget, !(budget >= 0 && budget.isFinite) { throw ValidationError("--budget is 0 or more.") }
      if attribute.contains(where: { !$0.contains("=") }) {
        throw ValidationError("--attribute is NAME=VALUE.")
      }
    }

    func run() throws {
      let catalog = try options.home.create()
      let attributes = attribute.map {
        $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      }
      _ = try catalog.change(
        person: user,
        PersonChange(
          attributes: attributes.reduce(into: [:]) { $0[String($1[0])] = String($1[1]) },
          statement: statement,
          budget: budget))
    }
  }

  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Takes what a file (CSV) says of people.",
      discussion: """
        Columns: user, statement, budget; any other is kept as an attribute. A row changes only the columns that the file has; an empty \
        cell takes it away.

        Example:
          morelli user import users.csv
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The CSV file.", completion: .file(extensions: ["csv"])) var file: String

    func run() throws {
      let catalog = try options.home.create()
      let table: CSVTable
      do {
        table = try CSVTable(bytes: Array(try Data(contentsOf: URL(fileURLWithPath: file))))
      } catch {
        throw CommandFailure("\(file): \((error as? CSVError).map { "\($0)" } ?? error.localizedDescription)")
      }
      guard let user = ["user", "person"].first(where: { table.header.position(of: $0) != nil }) else {
        throw CommandFailure("\(file): the header has no column 'user'")
      }
      var (taken, refused) = (0, 0)
      var bar = ProgressBar("people")
      for row in table {
        do {
          try take(row.get(), user, into: catalog)
          taken += 1
          bar.show(taken, of: taken)
        } catch let error as CSVError {
          refused += 1
          tell("\(file):\(error.line): not taken: \(error.sentence)")
        } catch let failure as CommandFailure {
          refused += 1
          tell("\(file): not taken: \(failure)")
        }
      }
      bar.finish()
      print("\(taken) people taken\(refused == 0 ? "" : ", \(refused) rows not taken").")
      if refused > 0 { throw ExitCode(2) }
    }

    private func take(_ row: CSVRow, _ column: String, into catalog: Catalog) throws {
      guard let id = row[column], !id.isEmpty, id.utf8.count <= 400, !id.contains(where: \.isNewline) else {
        throw CommandFailure("line \(row.line): an id is one line of 1 to 400 bytes")
      }
      var change = PersonChange()
      for name in row.header.names where name.lowercased() != column {
        let cell = row[name] ?? ""
        switch name.lowercased() {
        case "statement": change.statement = cell
        case "budget":
          guard let budget = cell.isEmpty ? 0 : Double(cell), budget >= 0, budget.isFinite else {
            throw CommandFailure("line \(row.line): the budget '\(cell.prefix(40))' is no amount")
          }
          change.budget = budget
        default: change.attributes[name] = cell
        }
      }
      _ = try catalog.change(person: id, change)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints all that is kept of a person, as one JSON document.",
      discussion: """
        Example:
          morelli user export anna > anna.json
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The person's id.") var user: String

    func run() throws {
      let catalog = try options.home.open()
      let person = try catalog.known(user)
      try JSONOutput.print(UserExportDocument(person, catalog))
    }
  }

  struct Forget: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Removes every trace of a person.",
      discussion: """
        Who they are, what they did and what was recommended to them is written over on the disk, and what was learnt from everybody \
        is not used until it has been learnt again without them. Backups that were made before have them still.

        Example:
          morelli user forget anna
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "The person's id.") var user: String

    func run() throws {
      let home = options.home
      guard try home.open().forget(person: user) else {
        throw CommandFailure("nobody is known as '\(user)'")
      }
      // A daemon that is at work notices.
      try ModelFolder(home).clear()
    }
  }
}

extension Catalog {
  /// - Throws: `CommandFailure` where nobody is known by that id.
  func known(_ id: String) throws -> Person {
    guard let person = try person(id) else { throw CommandFailure("nobody is known as '\(id)'") }
    return person
  }
}
