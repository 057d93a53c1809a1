import Foundation
import Kernels

/// What the works of a catalogue are said to be, each attribute weighed by how rare it is (TF-IDF: Spärck Jones 1972,
/// doi:10.1108/eb026526; Salton & Buckley 1988, doi:10.1016/0306-4573(88)90021-0).
///
/// The weight of an attribute a that a work has n times is `field weight · (1 + ln n) · ln((1 + works) / (1 + works that have a))`;
/// a work's weights are then brought to length 1. What every work has weighs nothing; a work of which nothing is said, or nothing that
/// tells it from others, has no weights.
package struct AttributeTable: Sendable {
  /// What each kind of attribute counts; a field that isn't named counts 1.
  package static let defaultFieldWeights: [Attribute.Field: Float] = [
    .artist: 1, .style: 1, .genre: 0.7, .technique: 0.5, .word: 0.5,
  ]

  /// Ascending.
  package let attributes: [Attribute]
  /// Works × attributes: what each work is said to be, by attributes that rise.
  let byWork: SparseRows
  /// The same by attribute: the works that have it.
  let byAttribute: SparseRows

  /// - Parameter works: of each row all that is said of it, any of it more than once.
  package init(
    _ works: [[Attribute]], fieldWeights: [Attribute.Field: Float] = AttributeTable.defaultFieldWeights
  ) {
    let counts = works.map { attributes in
      attributes.reduce(into: [Attribute: Int]()) { $0[$1, default: 0] += 1 }.sorted { $0.key < $1.key }
    }
    var having: [Attribute: Int] = [:]
    for work in counts { for (attribute, _) in work { having[attribute, default: 0] += 1 } }
    attributes = having.keys.sorted()
    let column = Dictionary(uniqueKeysWithValues: zip(attributes, Int32(0)...))
    let rarity = having.mapValues { log(Double(1 + works.count) / Double(1 + $0)) }
    var (starts, columns, values) = ([Int32(0)], [Int32](), [Float]())
    for work in counts {
      let weighed = work.compactMap { attribute, count -> (Int32, Double)? in
        let field = Double(fieldWeights[attribute.field] ?? 1)
        let weight = field * (1 + log(Double(count))) * (rarity[attribute] ?? 0)
        return weight > 0 ? column[attribute].map { ($0, weight) } : nil
      }
      let length = weighed.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
      columns += weighed.map(\.0)
      values += weighed.map { Float($0.1 / length) }
      starts.append(Int32(columns.count))
    }
    byWork =
      SparseRows(offsets: starts, columns: columns, values: values, columnCount: attributes.count)
      ?? SparseRows(rowCount: works.count, columnCount: attributes.count)
    byAttribute = byWork.transposed()
  }

  /// Rows.
  package var count: Int { byWork.rowCount }

  /// What a work is said to be: columns of `attributes`, ascending, and their weights; empty for an unknown row.
  func entries(_ work: Int32) -> Zip2Sequence<ArraySlice<Int32>, ArraySlice<Float>> {
    let range = range(work)
    return zip(byWork.columns[range], byWork.values[range])
  }

  /// Where a work's entries are in `byWork`; nowhere for an unknown row.
  func range(_ work: Int32) -> Range<Int> {
    work >= 0 && work < count ? byWork.row(Int(work)) : 0..<0
  }
}
