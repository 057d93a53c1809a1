/// What `morelli.toml` says of watching folders.
struct WatchSettings: Equatable {
  enum Polling: String, CaseIterable {
    case automatic = "auto"
    case always, never
  }

  enum LogFormat: String, CaseIterable {
    case text, json
  }

  var settleMilliseconds = 300
  var polling = Polling.automatic
  var pollSeconds = 30
  var ignored: [String] = []
  var compareMinutes = 60
  /// 0 is never.
  var forgetDays = 30
  var logFormat = LogFormat.text
}

extension SettingKey {
  /// Those of watching folders.
  static var watching: [SettingKey] {
    [
      integer(
        "watch.settle-milliseconds", "A file is taken in when nothing has been written to it for so long.",
        \.watch.settleMilliseconds, 10...3_600_000),
      choice(
        "watch.polling",
        """
        How changes are noticed: auto (the system tells, but for network file systems, which are looked through again and
        again), always (look through), never (the system always tells).
        """, \.watch.polling),
      integer("watch.poll-seconds", "How often folders are looked through.", \.watch.pollSeconds, 1...86_400),
      SettingKey(
        name: "watch.ignore",
        documentation: """
          Files and folders that are passed over, as .gitignore has it, such as ["drafts/", "*.bak", "!keep.bak"]. Half-written
          files of browsers, editors and rsync are passed over by themselves.
          """,
        get: { .strings($0.watch.ignored) },
        set: { settings, value throws(Fault) in
          guard case .strings(let patterns) = value else {
            throw Fault(reason: "a list of patterns is expected")
          }
          settings.watch.ignored = patterns
        }),
      integer(
        "watch.compare-minutes", "How often everything is compared with the catalogue, whatever was noticed.",
        \.watch.compareMinutes, 1...100_000),
      integer(
        "watch.forget-days",
        "Files that have been gone for so many days are forgotten; 0 keeps them for ever.",
        \.watch.forgetDays,
        0...100_000),
      choice("watch.log", "What the daemon writes to its log: text or json, a line each.", \.watch.logFormat),
    ]
  }

  private static func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ documentation: String, _ path: WritableKeyPath<Settings, Choice>
  ) -> SettingKey where Choice.RawValue == String {
    SettingKey(
      name: name, documentation: documentation,
      get: { .string($0[keyPath: path].rawValue) },
      set: { settings, value throws(Fault) in
        guard case .string(let text) = value, let choice = Choice(rawValue: text) else {
          let known = Choice.allCases.map(\.rawValue).joined(separator: ", ")
          throw Fault(reason: "one of \(known) is expected")
        }
        settings[keyPath: path] = choice
      })
  }
}
