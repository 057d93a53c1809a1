import ArgumentParser
import Catalog
import Foundation
import Platform
import SystemPackage

/// The folder that holds everything Morelli knows.
struct Home {
  let path: FilePath

  var settingsFile: SettingsFile { SettingsFile(path: path.appending("morelli.toml")) }
  var catalogPath: FilePath { path.appending("catalog.sqlite") }
  var indexFolder: FilePath { path.appending("index") }
  /// Of the daemon: held while it runs, with its process number.
  var daemonLock: FilePath { path.appending("daemon.lock") }
  /// Of the daemon: what it writes while it answers. Emptied when it starts.
  var spool: FilePath { path.appending("spool") }
  /// Derived pictures: may be deleted at any time.
  var thumbnails: FilePath { path.appending("thumbnails") }
  /// Where the daemon answers.
  var socket: FilePath { path.appending("daemon.sock") }
  var exists: Bool { FileManager.default.fileExists(atPath: catalogPath.string) }

  /// Makes the folder (readable by its owner alone), the settings file and the catalogue, where they are missing.
  ///
  /// - Parameter patience: see `Catalog`.
  func create(patience: Double = 30) throws -> Catalog {
    do {
      try FileManager.default.createDirectory(
        atPath: path.string, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw CommandFailure("the home \(path) can't be made: \(error.localizedDescription)")
    }
    guard FileManager.default.isWritableFile(atPath: path.string) else {
      throw CommandFailure("the home \(path) can't be written to: permission denied, or a read-only disk")
    }
    try settingsFile.createIfMissing()
    return try Catalog(at: catalogPath, patience: patience)
  }

  /// - Throws: `CommandFailure` that says how to make one, when there is no home here.
  func open() throws -> Catalog {
    guard exists else {
      throw CommandFailure(
        "there is no Morelli home at \(path). Make one: morelli ingest FOLDER, or morelli init")
    }
    return try Catalog(at: catalogPath)
  }
}

/// `--home`, as every command has it.
struct HomeOptions: ParsableArguments {
  @Option(
    name: .customLong("home"),
    help: ArgumentHelp(
      "The folder that holds everything Morelli knows.",
      discussion: "Default: $MORELLI_HOME, else ~/.local/share/morelli.", valueName: "dir"),
    completion: .directory)
  var homePath: String?

  var home: Home {
    let environment = ProcessInfo.processInfo.environment
    if let homePath { return Home(path: FilePath(homePath).absolute) }
    if let set = environment["MORELLI_HOME"], !set.isEmpty { return Home(path: FilePath(set).absolute) }
    return Home(path: FilePath(NSHomeDirectory()).appending(".local/share/morelli"))
  }
}
