import Foundation
import GRDB
package import Model

extension Catalog {
  /// What a column says of each work that is not removed; works of which it says nothing are left out. Texts that differ in
  /// surrounding blanks only are one.
  ///
  /// - Parameter column: `artist`, or any other column of text, or an attribute, without regard to case.
  /// - Throws: `FilterError` for a column that there is none of, `CatalogError`.
  package func labels(in column: String) throws -> [ArtworkID: String] {
    do {
      return try database.read { database in
        let known = try Set(String.fetchAll(database, sql: "SELECT DISTINCT name FROM attribute"))
        let rows = try Row.fetchCursor(
          database, try Self.request(FilterColumn(column, knownAttributes: known)))
        var labels: [ArtworkID: String] = [:]
        while let row = try rows.next() {
          let id: ArtworkID = row[0]
          let text: String? = row[1]
          if let label = text?.trimmingCharacters(in: .whitespacesAndNewlines), !label.isEmpty {
            labels[id] = label
          }
        }
        return labels
      }
    } catch let error as FilterError {
      throw error
    } catch {
      throw CatalogError.wrapping(error, "reading the column '\(column)'", at: path)
    }
  }

  private static func request(_ column: FilterColumn) throws(FilterError) -> SQLRequest<Row> {
    switch column.kind {
    case .exactText(let name), .text(let name), .number(let name):
      "SELECT id, CAST(\(sql: name) AS TEXT) FROM artwork WHERE \(sql: isShown)"
    case .tags: "SELECT id, tags FROM artwork WHERE \(sql: isShown)"
    case .date: "SELECT id, date FROM artwork WHERE \(sql: isShown)"
    case .attribute(let names):
      """
      SELECT artworkID, value FROM attribute JOIN artwork ON artwork.id = artworkID
      WHERE \(sql: isShown) AND name IN \(names)
      """
    case .fileNumber, .fileText:
      throw FilterError(
        .unknownColumn, "'\(column.name)' says something of files, not of works", suggestions: [])
    }
  }
}
