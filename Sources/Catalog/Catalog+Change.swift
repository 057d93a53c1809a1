package import Foundation
package import Model
import SystemPackage

extension Catalog {
  /// Changes columns of one work, as a catalogue row that names it would.
  ///
  /// - Parameter cells: by column or attribute; empty ones clear.
  /// - Returns: why the change was not made; nil where it was.
  package func change(_ id: ArtworkID, _ cells: [String: String], at time: Date = Date()) throws(CatalogError)
    -> String?
  {
    let columns = cells.keys.sorted()
    var writer = CSVWriter()
    writer.append(["id"] + columns)
    writer.append([id.rawValue] + columns.map { cells[$0, default: ""] })
    let table: CSVTable
    do { table = try CSVTable(bytes: Array(writer.bytes)) } catch { return "\(error)" }
    return try importTable(table, relativeTo: "/", at: time).refused.first?.reason
  }
}
