package import Model

/// Whose signature each key is. Cheap to copy and to change a little: what has changed lies beside the rest.
package struct SignatureOwners: Sendable {
  /// So many changes are put in with the rest, which takes time for all of it.
  private static let merged = 4096

  private var base: OwnerTable
  /// nil for a key that nobody has any more.
  private var newer: [Int64: ArtworkID?] = [:]

  /// - Parameter owners: as `Catalog.signatureOwners` gives them.
  package init(_ owners: [Int64: ArtworkID]) {
    base = OwnerTable(owners.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
  }

  /// - Returns: nil where the bytes are not what `bytes` gives.
  package init?(bytes: [UInt8]) {
    guard let table = OwnerTable(bytes: bytes) else { return nil }
    base = table
  }

  /// To be kept.
  package var bytes: [UInt8] {
    var whole = self
    whole.merge()
    return whole.base.bytes
  }

  package subscript(key: Int64) -> ArtworkID? {
    if !newer.isEmpty, let changed = newer[key] { return changed }
    return base[key]
  }

  /// These keys belong to these works from now on; nil for nobody.
  package mutating func change(_ changes: [Int64: ArtworkID?]) {
    newer.merge(changes) { $1 }
    if newer.count > Self.merged { merge() }
  }

  private mutating func merge() {
    guard !newer.isEmpty else { return }
    let changes = newer.sorted { $0.key < $1.key }
    var entries: [(Int64, ArtworkID)] = []
    entries.reserveCapacity(base.count + changes.count)
    var place = 0
    for (key, owner) in changes {
      while place < base.count, base.key(at: place) < key {
        entries.append((base.key(at: place), base.owner(at: place)))
        place += 1
      }
      if place < base.count, base.key(at: place) == key { place += 1 }
      if let owner { entries.append((key, owner)) }
    }
    while place < base.count {
      entries.append((base.key(at: place), base.owner(at: place)))
      place += 1
    }
    base = OwnerTable(entries)
    newer = [:]
  }
}
