import GRDB
package import Model

extension Catalog {
  /// The artworks, removed ones left out, that a filter lets pass.
  ///
  /// - Throws: `FilterError` for a column or a value that makes no sense, `CatalogError`.
  package func artworks(passing filter: FilterExpression) throws -> Set<ArtworkID> {
    do {
      return try passing(filter)
    } catch let error as FilterError {
      throw error
    } catch {
      throw CatalogError.wrapping(error, "filtering artworks", at: path)
    }
  }

  private func passing(_ filter: FilterExpression) throws -> Set<ArtworkID> {
    try database.read { database in
      let known = try Set(String.fetchAll(database, sql: "SELECT DISTINCT name FROM attribute"))
      let condition = try filter.sql(knownAttributes: known)
      return try Set(
        SQLRequest<ArtworkID>(
          literal: "SELECT artwork.id FROM artwork WHERE \(sql: Self.isShown) AND (\(condition))"
        )
        .fetchAll(database))
    }
  }
}
