import ArgumentParser
import Foundation
import Platform
import SystemPackage

/// Copies a home.
struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Copies all that Morelli knows into a folder, also while the daemon runs.",
    discussion: """
      Catalogue, settings and the index in use, of one moment, with their checksums. Your images are not in it: they are where they \
      are. morelli restore makes a home of it again.

      Examples:
        morelli backup /backups/morelli-2026-11-21
        morelli backup backup/ --json
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "A new folder.", completion: .directory) var folder: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let catalog = try options.home.open()
    let list = try BackupFolder(path: FilePath(argument: folder).absolute).make(of: options.home, catalog) {
      step in
      if Terminal.errorIsTerminal { tell("Copying: \(step) …") }
    }
    let bytes = list.files.values.reduce(0) { $0 + $1.bytes }
    if json {
      try JSONOutput.print(BackupDocument(works: list.works, files: list.files.count, bytes: bytes))
    } else {
      print("\(list.works) works, \(list.files.count) files, \(bytes >> 20) MiB.")
    }
  }
}

/// Makes a home of a copy.
struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a home of a backup, in a place where none is.",
    discussion: """
      Every file is proved by its checksum first. A home that is there is never written over: move it away, or name another.

      Examples:
        morelli restore /backups/morelli-2026-11-21
        morelli restore backup/ --home /tmp/look
      """)

  @OptionGroup var options: HomeOptions
  @Argument(help: "A folder that morelli backup made.", completion: .directory) var folder: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let list = try BackupFolder(path: FilePath(argument: folder).absolute).restore(to: options.home)
    let bytes = list.files.values.reduce(0) { $0 + $1.bytes }
    if json {
      try JSONOutput.print(BackupDocument(works: list.works, files: list.files.count, bytes: bytes))
    } else {
      print("\(list.works) works, as they were at \(list.made.formatted(.iso8601)).")
    }
  }
}

private struct BackupDocument: Encodable {
  let works, files, bytes: Int
}
