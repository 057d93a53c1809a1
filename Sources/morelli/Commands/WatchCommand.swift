import ArgumentParser
import Platform
import SystemPackage

/// The daemon: drop a scan into a folder, and find it.
struct WatchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch",
    abstract: "Keeps the catalogue equal to folders: what is dropped into them is found a moment later.",
    discussion: """
      Runs until it is stopped (Ctrl-C, or SIGTERM; a second Ctrl-C stops at once, and nothing is lost then either). New files are \
      taken in when they are finished, overwritten ones measured again, renamed ones keep their works, and works whose files \
      are gone leave the answers until these are back. A folder that vanishes whole, such as a disk that is unmounted, is waited \
      for. A catalog.csv in a folder is imported whenever it changes. Files that give no picture are told by morelli quarantine list.

      Meanwhile all other commands can be used; questions are answered by the daemon. SIGHUP reads the settings again.

      Examples:
        morelli watch /srv/scans
        morelli watch scans/ new-acquisitions/ --jobs 2
        morelli watch /srv/scans --listen 0.0.0.0:8420     (needs a key: morelli key create)
        systemctl start morelli          (see packaging/README.md)
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "Folders.", completion: .directory) var folders: [String]
  @Option(help: "Pictures measured side by side. Default: one for each processor.") var jobs: Int?
  @Flag(help: "Also files and folders whose names begin with a dot.") var hidden = false
  @Option(
    help: ArgumentHelp(
      "Where the web page and the API are, or none. Default: the setting server.listen, else 127.0.0.1:8420 or the next free port.",
      valueName: "address:port"))
  var listen: String?

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs is 1 to 1024.") }
    if let listen, ServerSettings.address(listen) == nil {
      throw ValidationError("--listen is address:port, such as 127.0.0.1:8420, or none.")
    }
    if folders.isEmpty { throw ValidationError("Name a folder.") }
  }

  func run() async throws {
    let roots = folders.map { FilePath(argument: $0).absolute }
    for root in roots {
      if case .regular? = try? FileKind(at: root) {
        throw CommandFailure("\(root.displayName) is a file; folders are watched")
      }
    }
    try await Daemon(
      home: options.home, roots: roots, overrides: WatchOverrides(jobs: jobs, includesHidden: hidden),
      listen: listen.flatMap(ServerSettings.address)
    ).run()
  }
}
