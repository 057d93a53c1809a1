import Catalog
import Model
import VectorIndex

extension SearchIndex {
  /// What is wrong with the index: files that are not as they were written, and signatures that it has otherwise than the catalogue.
  /// Changes since it was built are no fault: they are searched beside it.
  package func faults() throws -> [String] {
    let generation: Generation
    do throws(VectorIndexError) {
      guard let current = try store.openCurrent() else { return [] }
      generation = current
    } catch {
      return ["\(error)"]
    }
    var faults = generation.damages().map { "\($0)" }
    guard faults.isEmpty, generation.schema.blocks == descriptors else { return faults }
    let search = try search(generation)
    let reader = SignatureReader(catalog, descriptors)
    var left = Set(search.keys().map(\.key))
    var (missing, different) = (0, 0)
    try reader.forEach { signature in
      left.remove(signature.key)
      guard let row = search.signature(of: signature.key) else {
        missing += 1
        return
      }
      if row != reader.layout.concatenation(signature.vectors) { different += 1 }
    }
    for (count, what) in [
      (missing, "signatures of the catalogue are not in it"), (different, "signatures are others in it"),
      (left.count, "signatures in it are not in the catalogue"),
    ] where count > 0 {
      faults.append("generation \(generation.number): \(count) \(what)")
    }
    return faults
  }
}
