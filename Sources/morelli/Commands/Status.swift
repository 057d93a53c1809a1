import ArgumentParser
import Catalog
import Features
import Foundation
import Imaging
import Ingest
import Model
import Platform
import Search
import Text
import VectorIndex

/// How much there is, and what was refused.
struct Status: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Prints how much the catalogue holds, and what was refused.",
    discussion: """
      Where a daemon has the home (morelli watch), also what it is at.

      Examples:
        morelli status --json
        morelli status --follow
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "One JSON document.") var json = false
  @Flag(help: "Print it again and again until it is stopped; with --json, a line each time.") var follow =
    false

  func run() throws {
    try show()
    while follow {
      Thread.sleep(forTimeInterval: 2)
      if !json { print(Terminal.outputIsTerminal ? "\u{1B}[H\u{1B}[2J" : "") }
      try show()
    }
  }

  private func show() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    let counts = try catalog.counts(of: settings.schema.descriptors)
    let refused = try catalog.quarantine().values.sorted {
      $0.path.bytes.lexicographicallyPrecedes($1.path.bytes)
    }
    let index = try home.index(catalog, settings)
    let texts = TextBlocks(catalog, settings)
    let document = StatusDocument(
      home, settings.schema.model, counts, refused,
      index: try (try? index.currentGeneration()).map {
        StatusDocument.Index($0, pending: try index.pending())
      },
      text: try StatusDocument.Text(
        catalog.storedTextModel(), unread: texts.unread(), hasModel: texts.hasEncoder()),
      daemon: try DaemonClient(home)?.state())
    if json { try JSONOutput.print(document, pretty: !follow) } else { document.print() }
  }
}

/// The state of a home, as JSON has it.
private struct StatusDocument: Encodable {
  struct BlockState: Encodable {
    let version, dimension, files: Int
  }
  struct Refused: Encodable {
    let file, code, reason: String
    let attempts: Int
    let firstSeen, lastSeen: Date

    enum CodingKeys: String, CodingKey {
      case file, code, reason, attempts
      case firstSeen = "first_seen"
      case lastSeen = "last_seen"
    }
  }

  struct Index: Encodable {
    let generation, signatures, pending, residentBytes: Int
    let kind: String
    let recall: Double

    enum CodingKeys: String, CodingKey {
      case generation, signatures, pending, kind, recall
      case residentBytes = "resident_bytes"
    }

    /// - Parameter pending: signatures that have changed since it was built.
    init(_ generation: Generation, pending: Int) {
      self.generation = generation.number
      signatures = generation.count
      self.pending = pending
      residentBytes = generation.residentBytes
      kind = generation.manifest.kind
      recall = generation.manifest.recall
    }

    var sentence: String {
      "generation \(generation), \(kind), \(signatures) signatures, "
        + (pending == 0 ? "up to date" : "\(pending) changed since")
    }
  }

  struct Text: Encodable {
    /// `lexical`, `semantic`, or null where no text has been read.
    @OrNull var method: String?
    /// Works that it was fitted on, and works that are still to be read.
    let works, unread: Int
    /// Whether there is a sentence encoder.
    let hasModel: Bool

    enum CodingKeys: String, CodingKey {
      case method, works, unread
      case hasModel = "has_model"
    }

    init(_ stored: StoredTextModel?, unread: Int, hasModel: Bool) {
      method = stored?.method.rawValue
      works = stored?.works ?? 0
      self.unread = unread
      self.hasModel = hasModel
    }

    var sentence: String {
      var parts = [method.map { "\($0), fitted on \(works) works" } ?? "nothing is said of any work"]
      if unread > 0 && method != nil { parts.append("\(unread) still to be read") }
      if !hasModel { parts.append("by words alone: morelli model fetch gets what compares meanings") }
      if hasModel && method == "lexical" { parts.append("morelli rebuild makes it semantic") }
      return parts.joined(separator: "; ")
    }
  }

  let home, version, libvips: String
  /// Makes the embedding.
  let model: String
  let artworks, removed, withoutFile, files, missing: Int
  let blocks: [String: BlockState]
  let quarantine: [Refused]
  /// null where all is searched without one.
  @OrNull var index: Index?
  let text: Text
  /// null where none is running.
  @OrNull var daemon: DaemonState?

  enum CodingKeys: String, CodingKey {
    case home, version, libvips, model, artworks, removed, files, blocks, quarantine, index, text, missing,
      daemon
    case withoutFile = "without_file"
  }

  init(
    _ home: Home, _ model: EmbeddingModel, _ counts: CatalogCounts, _ refused: [QuarantineEntry],
    index: Index?, text: Text, daemon: DaemonState?
  ) {
    self.daemon = daemon
    missing = counts.missing
    self.index = index
    self.text = text
    self.home = home.path.displayName
    version = Version.description
    libvips = LibVips.version
    self.model = "\(model.name) \(model.version), \(model.path?.displayName ?? "built in")"
    artworks = counts.artworks
    removed = counts.removed
    withoutFile = counts.withoutFile
    files = counts.files
    blocks = counts.blocks.reduce(into: [:]) {
      $0[$1.key.name.rawValue] = BlockState(
        version: $1.key.version, dimension: $1.key.dimension, files: $1.value)
    }
    quarantine = refused.map {
      Refused(
        file: $0.path.displayName, code: $0.code, reason: $0.reason, attempts: $0.attempts,
        firstSeen: $0.firstSeen,
        lastSeen: $0.lastSeen)
    }
  }

  /// Refused files that are named to people.
  private static let shown = 20

  func print() {
    var table = Table(header: ["home", home])
    table.add(["works", "\(artworks)" + (removed > 0 ? ", \(removed) more removed" : "")])
    if withoutFile > 0 { table.add(["", "\(withoutFile) of them without an image"]) }
    table.add(["files", "\(files)" + (missing > 0 ? ", \(missing) of them not there any more" : "")])
    for (name, block) in blocks.sorted(by: { $0.key < $1.key }) {
      table.add([
        "block", "\(name) v\(block.version), \(block.dimension) numbers, \(block.files) of \(files) files",
      ])
    }
    table.add(["model", model])
    table.add(["text", text.sentence])
    table.add(["index", index?.sentence ?? "none: all is searched"])
    table.add(["refused", "\(quarantine.count)" + (quarantine.isEmpty ? "" : " (morelli quarantine list)")])
    for row in daemon?.rows ?? [["daemon", "none: morelli watch FOLDER"]] { table.add(row) }
    table.print()
    for entry in quarantine.prefix(Self.shown) {
      Swift.print("  \(entry.file): \(entry.reason) [\(entry.code)]")
    }
    if quarantine.count > Self.shown { Swift.print("  and \(quarantine.count - Self.shown) more") }
  }
}
