import Catalog
import Model
import VectorIndex

/// An index in memory that can follow the catalogue.
struct OpenedIndex {
  let live: LiveIndex
  var owners: SignatureOwners
  /// The change number of the catalogue up to which it holds everything; the least where it holds nothing.
  var covered: Int64
  var calibration: Calibration?

  /// What it holds now.
  var search: SimilaritySearch { SimilaritySearch(live.snapshot, owners: owners, calibration: calibration) }

  /// Takes in what has changed in the catalogue since, all in one pass.
  mutating func follow(_ catalog: Catalog, _ reader: SignatureReader) throws {
    // First: what changes while it is read is read again the next time.
    let now = try catalog.changeNumber()
    guard now != covered else { return }
    // A generation that was swapped in may hold more than what was followed up to: that is not newer than it.
    let built = live.snapshot.generation?.manifest.change ?? .min
    var vectors: [Int64: [Float]] = [:]
    try reader.forEach(changedAfter: max(covered, built)) {
      vectors[$0.key] = reader.layout.concatenation($0.vectors)
    }
    let known = try catalog.signatureOwners(changedAfter: covered)
    let changed: [(key: Int64, change: Int64)] =
      covered == .min
      ? vectors.keys.sorted().map { ($0, 0) } : try catalog.changedSignatures(after: covered)
    try live.apply(
      changed.filter { $0.change > built }.map { key, change in
        vectors[key].map { .upsert(key: key, vector: $0, change: change) }
          ?? .remove(key: key, change: change)
      })
    owners.change(changed.reduce(into: [:]) { $0[$1.key] = .some(known[$1.key]) })
    covered = now
  }
}
