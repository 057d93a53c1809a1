package import Foundation
import GRDB
package import Model

/// One catalogued work, as the table `artwork` has it.
package struct Artwork: Codable, Sendable, Equatable {
  package var id: ArtworkID
  /// The id comes from an image's bytes, not from a catalogue; a catalogue's own id may replace it.
  package var isMinted: Bool
  package var title: String?
  package var artist: String?
  /// As written.
  package var date: String?
  /// The years that `date` can mean; both nil where it could not be read.
  package var dateEarliest, dateLatest: Int?
  package var style: String?
  package var genre: String?
  package var medium: String?
  package var description: String?
  /// Joined by semicolons.
  package var tags: String?
  package var price: Double?
  package var currency: String?
  package var availability: String?
  /// Taken out of every answer; its images don't bring it back.
  package var removed: Bool
  package var addedAt: Date
  package var updatedAt: Date

  package init(id: ArtworkID, isMinted: Bool, at time: Date) {
    self.id = id
    self.isMinted = isMinted
    removed = false
    addedAt = time
    updatedAt = time
  }
}

extension Artwork: FetchableRecord, PersistableRecord {
  package static let databaseTableName = "artwork"
}

extension ArtworkID: DatabaseValueConvertible {}
