import Model
package import SystemPackage

/// The folder of all generations: `<n>/` for each, `CURRENT` with the number of the one in use.
///
/// One process at a time builds, rolls back and prunes; any number may open what is current. Whatever moment
/// a build is cut off at, the generation before is current and whole.
package struct GenerationStore: Sendable {
  private static let currentName = "CURRENT"
  private static let buildingSuffix = ".building"

  package let folder: FilePath

  /// - Parameter folder: `<home>/index`; made when the first generation is built.
  package init(folder: FilePath) { self.folder = folder }

  /// The number of the generation in use; nil where there is none.
  ///
  /// - Throws: `VectorIndexError` with the code `damaged` or `files`.
  package func currentNumber() throws(VectorIndexError) -> Int? {
    let path = folder.appending(Self.currentName)
    let bytes: [UInt8]
    do throws(VectorIndexError) { bytes = try SyncedFiles.contents(of: path, limit: 64) } catch {
      if error.code == .missing { return nil }
      throw error
    }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.last == "\n", let number = Int(text.dropLast()), number > 0 else {
      throw VectorIndexError(
        code: .damaged, doing: "reading \(path)", cause: "it holds no number of a generation")
    }
    return number
  }

  /// The generation in use; nil where none was built yet.
  ///
  /// - Throws: what `Generation` throws as it is opened.
  package func openCurrent(_ residence: Generation.Residence = .memory) throws(VectorIndexError)
    -> Generation?
  {
    guard let number = try currentNumber() else { return nil }
    return try Generation(opening: path(of: number), number: number, residence)
  }

  /// The finished generations, in order.
  package func numbers() throws(VectorIndexError) -> [Int] {
    try SyncedFiles.names(in: folder).compactMap { name in Int(name).flatMap { String($0) == name ? $0 : nil }
    }
    .filter { $0 > 0 }.sorted()
  }

  /// Builds a generation beside the one in use, checks it, and puts it in its place.
  ///
  /// - Parameters:
  ///   - change: the catalogue's change number up to which `rows` holds everything.
  ///   - blobs: small files that belong to it, by names of letters, digits, `-`, `_` and `.`.
  ///   - observe: is told how far the build is, on this thread; what it throws stops the build.
  ///   - rows: gives the rows, in the order of their keys.
  /// - Returns: the new generation, which is current.
  /// - Throws: `VectorIndexError`, also with the code `recall`, and whatever `observe` and `rows` throw. The
  ///   generation before is then still current and nothing of the new one is left (unless `CURRENT` itself
  ///   could not be written).
  package func build(
    _ schema: IndexSchema, kind: IndexKind, covering change: Int64, options: BuildOptions = BuildOptions(),
    blobs: [String: [UInt8]] = [:], observe: (BuildStep) throws -> Void = { _ in },
    rows: (RowWriter) throws -> Void
  ) throws -> Generation {
    precondition(blobs.keys.allSatisfy(Self.isBlobName), "a blob's name is no file name")
    try SyncedFiles.makeFolder(folder)
    let parent = folder.removingLastComponent()
    try SyncedFiles.sync(parent.isEmpty ? "." : parent)
    let number = try (numbers().last ?? 0) + 1
    let building = folder.appending("\(number)\(Self.buildingSuffix)")
    if try SyncedFiles.names(in: folder).contains("\(number)\(Self.buildingSuffix)") {
      try SyncedFiles.removeFolder(building)
    }
    try SyncedFiles.makeFolder(building)
    let finished: Generation
    do {
      finished = try withoutActuallyEscaping(observe) { observe in
        let build = GenerationBuild(
          schema: schema, change: change, options: options, folder: building, observe: observe)
        let checked = try build.run(kind: kind, blobs: blobs, rows: rows)
        try SyncedFiles.write(
          checked.manifest.encoded(), to: building.appending(GenerationManifest.name))
        try SyncedFiles.sync(building)
        try observe(.manifestWritten)
        try SyncedFiles.rename(building, to: path(of: number))
        try SyncedFiles.sync(folder)
        return checked.with(checked.manifest, number: number, folder: path(of: number))
      }
    } catch {
      try? SyncedFiles.removeFolder(building)
      throw error
    }
    do { try observe(.renamed) } catch {
      try? SyncedFiles.removeFolder(path(of: number))
      throw error
    }
    // What fails here leaves the folder: `CURRENT` may name it already.
    try makeCurrent(number)
    try observe(.current)
    return finished
  }

  /// Makes the generation before the current one current again.
  ///
  /// - Returns: that generation, opened before anything is changed.
  /// - Throws: `VectorIndexError`; `noGeneration` where there is none before.
  package func rollback() throws(VectorIndexError) -> Generation {
    let current = try currentNumber() ?? 0
    guard let number = try numbers().last(where: { $0 < current }) else {
      throw VectorIndexError(
        code: .noGeneration, doing: "rolling back in \(folder)",
        cause: "there is no generation before the current one")
    }
    let generation = try Generation(opening: path(of: number), number: number)
    try makeCurrent(number)
    return generation
  }

  /// Deletes the generations before the current one, but for the last of them, which a rollback goes back to.
  ///
  /// - Returns: the numbers deleted.
  package func prune() throws(VectorIndexError) -> [Int] {
    guard let current = try currentNumber() else { return [] }
    let old = try numbers().filter { $0 < current }.dropLast()
    for number in old { try SyncedFiles.removeFolder(path(of: number)) }
    if !old.isEmpty { try SyncedFiles.sync(folder) }
    return Array(old)
  }

  /// Deletes what builds left that were cut off. Not while one is running.
  ///
  /// - Returns: the names of the folders deleted.
  package func sweep() throws(VectorIndexError) -> [String] {
    let left = try SyncedFiles.names(in: folder).filter { $0.hasSuffix(Self.buildingSuffix) }
    for name in left { try SyncedFiles.removeFolder(folder.appending(name)) }
    return left
  }

  private func path(of number: Int) -> FilePath { folder.appending(String(number)) }

  private func makeCurrent(_ number: Int) throws(VectorIndexError) {
    let next = folder.appending(Self.currentName + ".next")
    if try SyncedFiles.names(in: folder).contains(Self.currentName + ".next") {
      try SyncedFiles.removeFile(next)
    }
    try SyncedFiles.write(Array("\(number)\n".utf8), to: next)
    try SyncedFiles.rename(next, to: folder.appending(Self.currentName))
    try SyncedFiles.sync(folder)
  }

  private static func isBlobName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100
      && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0)) }
  }
}
