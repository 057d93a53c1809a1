import ArgumentParser
import Catalog
import Features
import Ingest
import Platform
import Search
import SystemPackage

/// Proves the catalogue against itself and against the files.
struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Proves the catalogue, the image files and the index against one another.",
    discussion: """
      Checks the database, every vector, that each file is there and as it was read, and that the index is as it was written \
      and holds what the catalogue holds; --bytes reads every file \
      again and compares its SHA-256. Exit status 1 when something is wrong.

      Examples:
        morelli verify
        morelli verify --bytes --repair
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "Read every file again and compare its bytes.") var bytes = false
  @Flag(
    help: "Measure again whatever has no sound signature or has changed, and build an unsound index anew.")
  var repair = false
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    let settings = try home.settingsFile.read()
    var findings = try self.findings(in: catalog, settings.schema)
    var repaired = 0
    if repair {
      let broken = findings.filter(\.isMendable).compactMap(\.path)
      if !broken.isEmpty {
        var ingest = IngestOptions(jobs: Terminal.processors)
        ingest.worker = settings.workerSettings
        ingest.remeasures = true
        let report = try Ingester(catalog, program: WorkerCommand.program, options: ingest).run(broken)
        repaired = report.changed + report.touched
        findings = try self.findings(in: catalog, settings.schema)
      }
      if try !home.index(catalog, settings).faults().isEmpty { try home.buildIndex(catalog, settings) }
    }
    findings += try home.index(catalog, settings).faults().map {
      Finding(kind: "bad-index", detail: $0, path: nil, isMendable: true)
    }
    let document = VerifyDocument(findings: findings, repaired: repaired)
    if json { try JSONOutput.print(document) } else { document.print() }
    if !findings.isEmpty { throw ExitCode(1) }
  }

  private func findings(in catalog: Catalog, _ schema: VisualSchema) throws -> [Finding] {
    let faults = try catalog.faults(catalog.blocksInUse(schema.measured)).map {
      Finding(kind: $0.kind.rawValue, detail: $0.detail, path: $0.file, isMendable: $0.file != nil)
    }
    // What is known to be gone is no fault: it may come back.
    let files = try catalog.files().filter { $0.missingSince == nil }
    var bar = ProgressBar("files")
    defer { bar.finish() }
    return try faults
      + zip(1..., files).compactMap { number, file in
        defer { bar.show(number, of: files.count) }
        return try finding(file)
      }
  }

  private func finding(_ file: ArtworkFile) throws -> Finding? {
    do throws(Errno) {
      guard case .regular(let stamp) = try FileKind(at: file.path) else {
        return Finding(
          kind: "missing-file", detail: "\(file.path.displayName) is no file any more", path: file.path,
          isMendable: false)
      }
      if bytes {
        guard try MappedFile(opening: file.path).contentHash() == file.contentHash else {
          return Finding(
            kind: "changed-file", detail: "\(file.path.displayName) holds other bytes", path: file.path,
            isMendable: true)
        }
      } else if FileSighting(stamp) != file.seen {
        return Finding(
          kind: "changed-file", detail: "\(file.path.displayName) was written to since it was read",
          path: file.path, isMendable: true)
      }
      return nil
    } catch {
      return Finding(
        kind: "missing-file", detail: "\(file.path.displayName): \(error)", path: file.path, isMendable: false
      )
    }
  }
}

/// Something that is not as it should be.
private struct Finding {
  let kind, detail: String
  let path: FilePath?
  /// Measuring the file again would mend it.
  let isMendable: Bool
}

/// What a verification found, as JSON has it.
private struct VerifyDocument: Encodable {
  struct Item: Encodable { let kind, detail: String }

  let isSound: Bool
  let repaired: Int
  let findings: [Item]

  enum CodingKeys: String, CodingKey {
    case repaired, findings
    case isSound = "sound"
  }

  init(findings: [Finding], repaired: Int) {
    isSound = findings.isEmpty
    self.repaired = repaired
    self.findings = findings.map { Item(kind: $0.kind, detail: $0.detail) }
  }

  func print() {
    for finding in findings { Swift.print("\(finding.kind): \(finding.detail)") }
    if repaired > 0 { Swift.print("\(repaired) files were measured again.") }
    Swift.print(isSound ? "The catalogue is sound, and so is the index." : "\(findings.count) findings.")
  }
}
