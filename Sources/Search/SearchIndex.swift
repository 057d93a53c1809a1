package import Catalog
import Foundation
package import Model
import Platform
package import SystemPackage
package import VectorIndex

/// The index of a catalogue: generations on disk, and beside them whatever has changed since the newest was built.
///
/// All of it can be deleted and is built again from the catalogue.
package struct SearchIndex {
  /// Beside the generations: what makes scores readable.
  private static let calibrationName = "calibration"
  private static let lockName = "lock"
  /// With each generation: whose its keys are, for a large catalogue takes seconds to say it.
  private static let ownersName = "owners"

  /// Another process is building.
  package struct Busy: Error {}

  let catalog: Catalog
  package let descriptors: [BlockDescriptor]
  private let weights: BlockWeights
  let store: GenerationStore

  /// - Parameters:
  ///   - folder: `<home>/index`; made when it is needed.
  ///   - descriptors: the blocks of a signature.
  ///   - weights: those that queries mostly have: an approximate index is built for them.
  package init(
    _ catalog: Catalog, folder: FilePath, _ descriptors: [BlockDescriptor], _ weights: BlockWeights
  ) {
    self.catalog = catalog
    self.descriptors = descriptors
    self.weights = weights
    store = GenerationStore(folder: folder)
  }

  private var schema: IndexSchema {
    // An index can't be built for blocks that count nothing; how much a palette counts is said with the query.
    let least = (descriptors.map { weights[$0.name] }.max() ?? 1) * 1e-3
    return IndexSchema(blocks: descriptors, weights: descriptors.map { max(weights[$0.name], least) })
  }

  /// The generation in use; nil where there is none, or one of other blocks.
  ///
  /// - Throws: `VectorIndexError` where it is damaged.
  package func currentGeneration(_ residence: Generation.Residence = .file) throws -> Generation? {
    guard let generation = try store.openCurrent(residence), generation.schema.blocks == descriptors else {
      return nil
    }
    return generation
  }

  /// The number of the generation in use, as it stands on disk, whatever blocks it has; nil where there is none.
  package func currentNumber() throws -> Int? { try store.currentNumber() }

  /// A search over the catalogue as it is now: the generation in use, with what has changed since. Where there is none, all
  /// signatures are read and searched exactly.
  ///
  /// - Parameter tell: is told of a generation that can't be used.
  package func search(tell: (String) -> Void = { _ in }) throws -> SimilaritySearch {
    try opened(tell: tell).search
  }

  /// How many signatures have changed since the generation in use was built; all of them where there is none.
  package func pending() throws -> Int {
    guard let generation = try? currentGeneration() else { return try catalog.signatureOwners().count }
    return try catalog.changedSignatures(after: generation.manifest.change).count
  }

  /// Builds a generation of the catalogue as it is now, checks it, and takes it into use; then makes scores readable by it. The
  /// one before is kept for `rollback`.
  ///
  /// - Parameter observe: is told how far the build is; what it throws stops the build.
  /// - Throws: `Busy` while another process builds; `VectorIndexError`, with the code `recall` where the build finds too little and
  ///   so is not taken.
  package func build(
    _ kind: IndexKind, options: BuildOptions = BuildOptions(), observe: (BuildStep) throws -> Void = { _ in }
  ) throws -> Generation {
    try FileManager.default.createDirectory(atPath: store.folder.string, withIntermediateDirectories: true)
    return try alone {
      _ = try store.sweep()
      // First, so that what changes meanwhile is heard of twice rather than not at all.
      let change = try catalog.changeNumber()
      let reader = SignatureReader(catalog, descriptors)
      let owners = SignatureOwners(try catalog.signatureOwners())
      let generation = try store.build(
        schema, kind: kind, covering: change, options: options, blobs: [Self.ownersName: owners.bytes],
        observe: observe
      ) { writer in
        try reader.forEach {
          try writer.append(key: $0.key, vector: reader.layout.concatenation($0.vectors))
        }
      }
      _ = try store.prune()
      try calibrate(generation)
      return generation
    }
  }

  /// Takes the generation before the current one into use again.
  ///
  /// - Throws: `Busy`; `VectorIndexError` with the code `noGeneration` where there is none.
  package func rollback() throws -> Generation {
    // Without a generation there may be no folder either.
    guard try store.currentNumber() != nil else { return try store.rollback() }
    return try alone { try store.rollback() }
  }

  /// While no other process builds or rolls back.
  private func alone<R>(_ body: () throws -> R) throws -> R {
    let lock: FileLock
    do {
      lock = try FileLock(store.folder.appending(Self.lockName))
    } catch Errno.wouldBlock {
      throw Busy()
    }
    defer { lock.release() }
    return try body()
  }

  func search(_ generation: Generation) throws -> SimilaritySearch { try opened(generation).search }

  /// A generation with what has changed since, and what it takes to follow further changes.
  func opened(_ generation: Generation) throws -> OpenedIndex {
    var opened = OpenedIndex(
      live: try LiveIndex(generation, schema: schema), owners: try owners(of: generation),
      covered: generation.manifest.change, calibration: calibration)
    try opened.follow(catalog, SignatureReader(catalog, descriptors))
    return opened
  }

  /// As they were when it was built: what has changed since, its keys tell. Generations of earlier versions don't have them.
  private func owners(of generation: Generation) throws -> SignatureOwners {
    guard let kept = try generation.blob(Self.ownersName) else {
      return SignatureOwners(try catalog.signatureOwners())
    }
    guard let owners = SignatureOwners(bytes: kept) else {
      throw VectorIndexError(
        code: .damaged, doing: "reading whose the keys of generation \(generation.number) are",
        cause: "they can't be understood")
    }
    return owners
  }

  /// The generation in use, or, where there is none that can be used, all signatures without one.
  ///
  /// - Parameter tell: is told of a generation that can't be used.
  func opened(tell: (String) -> Void) throws -> OpenedIndex {
    do {
      if let generation = try currentGeneration() { return try opened(generation) }
    } catch let error as VectorIndexError {
      tell("the index can't be used, all is searched without: \(error); morelli rebuild makes it anew")
    }
    var opened = OpenedIndex(
      live: try LiveIndex(nil, schema: schema), owners: SignatureOwners([:]), covered: .min,
      calibration: calibration)
    try opened.follow(catalog, SignatureReader(catalog, descriptors))
    return opened
  }

  private var calibrationFile: FilePath { store.folder.appending(Self.calibrationName) }

  /// nil where there is none, or one of other blocks.
  var calibration: Calibration? {
    guard let data = FileManager.default.contents(atPath: calibrationFile.string),
      let calibration = Calibration(Array(data)), Set(calibration.descriptors).isSubset(of: descriptors)
    else { return nil }
    return calibration
  }

  private func calibrate(_ generation: Generation) throws {
    if let made = try Calibration(of: search(generation), weights: weights) {
      try Data(made.bytes).write(to: URL(fileURLWithPath: calibrationFile.string), options: .atomic)
    } else {
      try? FileManager.default.removeItem(atPath: calibrationFile.string)
    }
  }
}

extension SimilaritySearch {
  /// Reads all signatures of works that are not removed, and searches them exactly. Works without any block are left out.
  package init(_ catalog: Catalog, _ descriptors: [BlockDescriptor], calibration: Calibration? = nil) throws {
    let schema = IndexSchema(blocks: descriptors, weights: descriptors.map { _ in 1 })
    var opened = OpenedIndex(
      live: try LiveIndex(nil, schema: schema), owners: SignatureOwners([:]), covered: .min,
      calibration: calibration)
    try opened.follow(catalog, SignatureReader(catalog, descriptors))
    self = opened.search
  }
}
