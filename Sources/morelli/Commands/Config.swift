import ArgumentParser

/// Reads and changes the settings.
struct Config: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Reads and changes the settings.",
    discussion: """
      Examples:
        morelli config get
        morelli config get decode.max-pixels
        morelli config set decode.formats jpeg,png,tiff
        morelli config path
      """,
    subcommands: [Get.self, Set.self, Path.self], defaultSubcommand: Get.self)

  struct Get: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints one setting, or all of them.",
      discussion: """
        Examples:
          morelli config get
          morelli config get decode.max-pixels
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Such as decode.max-pixels.", completion: .list(SettingKey.all.map(\.name))) var key:
      String?
    @Flag(help: "One JSON document.") var json = false

    func run() throws {
      let settings = try options.home.settingsFile.read()
      let keys = try key.map { [try SettingsFile.key(named: $0)] } ?? SettingKey.all
      if json {
        try JSONOutput.print(keys.reduce(into: [:]) { $0[$1.name] = $1.get(settings) })
      } else if key != nil {
        print(keys[0].get(settings).literal)
      } else {
        for key in keys { print("\(key.name) = \(key.get(settings).literal)") }
      }
    }
  }

  struct Set: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Changes one setting in the settings file; comments stay.",
      discussion: """
        Examples:
          morelli config set ingest.jobs 2
          morelli config set decode.formats jpeg,png,tiff
          morelli config set search.weights colour=2
        """)

    @OptionGroup var options: HomeOptions
    @Argument(help: "Such as ingest.jobs.", completion: .list(SettingKey.all.map(\.name))) var key: String
    @Argument(help: "Such as 4, true, jpeg,png or colour=2.") var value: String

    func run() throws {
      let home = options.home
      _ = try home.create()
      try home.settingsFile.set(key, to: value)
    }
  }

  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints where the settings file is.",
      discussion: """
        Example:
          $EDITOR "$(morelli config path)"
        """)

    @OptionGroup var options: HomeOptions

    func run() throws { print(options.home.settingsFile.path) }
  }
}

extension SettingValue: Encodable {
  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .boolean(let flag): try container.encode(flag)
    case .string(let text): try container.encode(text)
    case .strings(let texts): try container.encode(texts)
    case .numbers(let table): try container.encode(table)
    }
  }
}
