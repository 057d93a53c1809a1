import Server

/// What `morelli.toml` says of answering over the network.
struct ServerSettings: Equatable {
  /// `address:port`, `none`, or empty for the usual.
  var listen = ""
  /// Names by which the server is called.
  var hosts: [String] = []
  /// Pages of these origins may read answers.
  var origins: [String] = []
  /// Requests a second from one address; 0 is any number, nil the usual.
  var rate: Int?
  /// The address that documents name; empty for the one that was asked.
  var url = ""
  /// Bytes that derived pictures may take.
  var cacheBytes = 2048 << 20

  /// Requests a second where other machines can ask and nothing else is said.
  private static let usualRate = 100

  /// - Parameter isOpen: other machines can ask.
  func limiter(isOpen: Bool) -> RateLimiter? {
    let rate = rate ?? (isOpen ? Self.usualRate : 0)
    return rate == 0 ? nil : RateLimiter(rate: Double(rate), burst: 5 * Double(rate))
  }

  /// Where to listen.
  enum Address: Equatable, Sendable {
    case none
    case network(host: String, ports: ClosedRange<Int>)
  }

  /// Where nothing is said: this machine alone, at the first of these ports that is free.
  private static let usual = Address.network(host: "127.0.0.1", ports: 8420...8439)

  /// nil where the text is no address.
  static func address(_ text: String) -> Address? {
    if text.isEmpty { return usual }
    if text == "none" { return Address.none }
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
      (0...65_535).contains(port)
    else { return nil }
    var host = String(text[..<colon])
    if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
    guard !host.isEmpty, !host.contains(where: \.isWhitespace) else { return nil }
    return .network(host: host, ports: port...port)
  }
}

extension SettingKey {
  /// Those of answering over the network.
  static var serving: [SettingKey] {
    [
      SettingKey(
        name: "server.listen",
        documentation: """
          Where the web page and the API are: address:port, such as "127.0.0.1:8420", or "none"; "" is the first free port from 8420 on,
          for this machine alone. On other addresses keys are needed: morelli key create.
          """,
        get: { .string($0.server.listen) },
        set: { settings, value throws(Fault) in
          guard case .string(let text) = value, ServerSettings.address(text) != nil else {
            throw Fault(reason: "address:port is expected, such as 127.0.0.1:8420, or none")
          }
          settings.server.listen = text
        }),
      texts(
        "server.hosts",
        "Names by which the server is called beside localhost, such as [\"morelli.museum.example\"]; others are refused.",
        \.server.hosts),
      texts(
        "server.cors",
        "Pages of these origins may read answers, such as [\"https://museum.example\"]; [\"*\"] is any, as viewers of IIIF need it.",
        \.server.origins),
      SettingKey(
        name: "server.rate",
        documentation: """
          Requests a second from one address, with five times as many at once; 0 is any number, "auto" is 100 where other machines \
          can ask and any number where not.
          """,
        get: { $0.server.rate.map(SettingValue.integer) ?? .string("auto") },
        set: { settings, value throws(Fault) in
          let number: Int? =
            switch value {
            case .integer(let number): number
            case .string(let text): Int(text)
            default: nil
            }
          guard value == .string("auto") || number.map((0...1_000_000).contains) ?? false else {
            throw Fault(reason: "a whole number from 0 to 1000000, or auto, is expected")
          }
          settings.server.rate = number
        }),
      SettingKey(
        name: "server.url",
        documentation:
          "The address that documents name, such as \"https://morelli.museum.example\"; \"\" is the one that was asked.",
        get: { .string($0.server.url) },
        set: { settings, value throws(Fault) in
          guard case .string(let text) = value,
            text.isEmpty || text.hasPrefix("http://") || text.hasPrefix("https://"), !text.hasSuffix("/")
          else {
            throw Fault(
              reason: "an address such as https://museum.example without a slash at its end is expected")
          }
          settings.server.url = text
        }),
      integer(
        "server.cache-mib", "Disk space that thumbnails and other derived pictures may take, in MiB.",
        \.server.cacheBytes, 1...(1 << 30), unit: 1 << 20),
    ]
  }

  private static func texts(
    _ name: String, _ documentation: String, _ path: WritableKeyPath<Settings, [String]>
  ) -> SettingKey {
    SettingKey(
      name: name, documentation: documentation, get: { .strings($0[keyPath: path]) },
      set: { settings, value throws(Fault) in
        guard case .strings(let texts) = value else { throw Fault(reason: "a list of texts is expected") }
        settings[keyPath: path] = texts
      })
  }
}
