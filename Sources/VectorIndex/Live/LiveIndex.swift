import Kernels
import Synchronization

/// The index in use: a generation and what has changed since it was built.
///
/// Readers take a snapshot, which never changes, and search that: no query waits for a writer or for a build.
/// The lock is held to change or to copy a few references. Any thread may call anything.
package final class LiveIndex: Sendable {
  /// A change of one key, with the catalogue's change number.
  package enum Change: Sendable {
    /// The key's row is this from now on.
    case upsert(key: Int64, vector: [Float], change: Int64)
    /// The key has no row any more.
    case remove(key: Int64, change: Int64)
  }

  package let schema: IndexSchema
  private let state: Mutex<IndexSnapshot>

  /// - Throws: `VectorIndexError` with the code `schema` where the generation has other blocks.
  package init(_ generation: Generation?, schema: IndexSchema) throws(VectorIndexError) {
    try Self.check(generation, schema)
    self.schema = schema
    state = Mutex(IndexSnapshot(generation, Delta(generation: generation), schema, version: 0))
  }

  /// What is known now. Cheap; as long as it is kept it keeps its generation open.
  package var snapshot: IndexSnapshot { state.withLock { $0 } }

  /// How many keys were written or removed since the generation was built: what tells that it is time to
  /// build another.
  package var pending: Int { state.withLock { $0.delta.count } }

  /// Puts a row in, in place of the one that the key had.
  ///
  /// - Parameter vector: the blocks one after another, a missing one as zeros; finite.
  /// - Throws: `VectorIndexError` with the code `shape` or `notFinite`.
  package func upsert(_ key: Int64, _ vector: [Float], change: Int64) throws(VectorIndexError) {
    try apply([.upsert(key: key, vector: vector, change: change)])
  }

  /// Takes a key's row out; nothing happens where there is none.
  package func remove(_ key: Int64, change: Int64) throws(VectorIndexError) {
    try apply([.remove(key: key, change: change)])
  }

  /// All of these at once: a snapshot has all or none.
  ///
  /// - Throws: as `upsert`; none is then made.
  package func apply(_ changes: [Change]) throws(VectorIndexError) {
    for case .upsert(let key, let vector, _) in changes {
      guard vector.count == schema.dimension else {
        throw VectorIndexError(
          code: .shape, doing: "writing the key \(key)",
          cause: "it has \(vector.count) numbers, not \(schema.dimension)")
      }
      guard allFinite(vector.span) else {
        throw VectorIndexError(
          code: .notFinite, doing: "writing the key \(key)", cause: "it holds a number that is not finite")
      }
    }
    state.withLock { state in
      let generation = state.generation
      for change in changes {
        switch change {
        case .upsert(let key, let vector, let change):
          state.delta.upsert(key, vector, change: change, in: generation)
        case .remove(let key, let change): state.delta.remove(key, change: change, in: generation)
        }
      }
      state.version += 1
    }
  }

  /// From now on this generation answers, with what was changed after the change number that it covers.
  ///
  /// - Throws: `VectorIndexError` with the code `schema` where it has other blocks; a new `LiveIndex` is
  ///   wanted then.
  package func swap(to generation: Generation) throws(VectorIndexError) {
    try Self.check(generation, schema)
    while true {
      let before = snapshot
      // Outside the lock, for queries take snapshots under it.
      let delta = before.delta.rest(after: generation.manifest.change, on: generation)
      let done = state.withLock { state in
        guard state.version == before.version else { return false }
        state = IndexSnapshot(generation, delta, schema, version: state.version + 1)
        return true
      }
      if done { return }
    }
  }

  private static func check(_ generation: Generation?, _ schema: IndexSchema) throws(VectorIndexError) {
    guard let generation, generation.schema.blocks != schema.blocks else { return }
    throw VectorIndexError(
      code: .schema, doing: "taking generation \(generation.number) into use",
      cause: "it has the blocks \(generation.schema.blocks), not \(schema.blocks)")
  }
}
