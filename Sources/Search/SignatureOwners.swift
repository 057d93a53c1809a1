package import Model

/// Whose signature each key is. Cheap to copy and to change a little: what has changed lies beside the rest.
package struct SignatureOwners: Sendable {
  /// So many changes are put in with the rest, which takes time for all of it.
  private static let merged = 4096

  private var base: [Int64: ArtworkID]
  /// nil for a key that nobody has any more.
  private var newer: [Int64: ArtworkID?] = [:]

  /// - Parameter owners: as `Catalog.signatureOwners` gives them.
  package init(_ owners: [Int64: ArtworkID]) { base = owners }

  package subscript(key: Int64) -> ArtworkID? {
    if !newer.isEmpty, let changed = newer[key] { return changed }
    return base[key]
  }

  /// These keys belong to these works from now on; nil for nobody.
  mutating func change(_ changes: [Int64: ArtworkID?]) {
    newer.merge(changes) { $1 }
    guard newer.count > Self.merged else { return }
    for (key, owner) in newer { base[key] = owner }
    newer = [:]
  }
}
