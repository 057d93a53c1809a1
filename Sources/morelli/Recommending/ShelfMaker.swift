import Catalog
import Foundation
import Model
import Recommend
import Search

/// Puts what can be recommended together: the catalogue's entries, the index and what was learnt of popularity.
struct ShelfMaker {
  /// Events of so many days are trending.
  private static let recentDays = 7.0
  /// Words of a title or a tag count from so many letters.
  private static let shortestWord = 3

  let catalog: Catalog

  /// Entries as they are now; made anew where an entry has changed.
  struct Entries: Sendable {
    let works: [Shelf.Work?]
    let attributes: AttributeTable
    /// By id the row; a work with several numbers has the first.
    let rows: [ArtworkID: Int32]
    /// By row the row that stands for the work now: works that became one have one row.
    let canonical: [Int32]
  }

  func entries() throws -> Entries {
    let numbers = try catalog.workNumbers()
    let count = Int(numbers.last?.number ?? 0)
    var works = [Shelf.Work?](repeating: nil, count: count)
    var attributes = [[Attribute]](repeating: [], count: count)
    var rows: [ArtworkID: Int32] = [:]
    var canonical = (0..<Int32(count)).map { $0 }
    var entries: [ArtworkID: OfferedWork] = [:]
    try catalog.forEachOffered { entries[$0.id] = $0 }
    for (number, id) in numbers {
      let row = Int32(number - 1)
      if let first = rows[id] {
        canonical[Int(row)] = first
        continue
      }
      rows[id] = row
      guard let entry = entries[id] else { continue }
      works[Int(row)] = Shelf.Work(
        id: id,
        facts: .init(price: entry.price, currency: entry.currency, isAvailable: entry.isAvailable),
        isSold: entry.isSold, artist: entry.artist, style: entry.style)
      attributes[Int(row)] = Self.attributes(of: entry)
    }
    return Entries(works: works, attributes: AttributeTable(attributes), rows: rows, canonical: canonical)
  }

  /// What many like, and what many have to do with now.
  struct Fame: Sendable {
    /// People who like or dislike anything.
    var people: Int
    /// Of each row how many of them like the work.
    var likes: [Int]
    /// Events of each row in the last days.
    var recent: [Int]
  }

  /// - Parameters:
  ///   - manifest: of what was learnt; nil where nothing was yet.
  ///   - now: seconds since 1970.
  func fame(_ entries: Entries, _ manifest: ModelFolder.Manifest?, now: Double) throws -> Fame {
    var likes = [Int](repeating: 0, count: entries.works.count)
    for (row, count) in (manifest?.popularity ?? []).enumerated() where row < likes.count {
      likes[Int(entries.canonical[row])] += count
    }
    var recent = [Int](repeating: 0, count: entries.works.count)
    for (number, count) in try catalog.eventCounts(since: now - Self.recentDays * 86_400)
    where number >= 1 && number <= entries.works.count {
      recent[Int(entries.canonical[Int(number - 1)])] += count
    }
    return Fame(people: manifest?.people ?? 0, likes: likes, recent: recent)
  }

  static func shelf(
    _ entries: Entries, _ search: SimilaritySearch, _ weights: BlockWeights, _ fame: Fame
  ) -> Shelf {
    let keys = search.firstKeys()
    let rowKeys = entries.works.map { $0.flatMap { keys[$0.id] } }
    let layout = TasteLayout(search.layout.descriptors)
    let rows = entries.rows
    return Shelf(
      works: entries.works, attributes: entries.attributes, layout: layout,
      weights: layout.names.reduce(into: [:]) { $0[$1] = weights[$1] },
      popularity: Popularity(people: max(fame.people, fame.likes.max() ?? 0), counts: fame.likes),
      recent: fame.recent,
      signature: { row in
        row >= 0 && Int(row) < rowKeys.count ? rowKeys[Int(row)].flatMap { search.signature(of: $0) } : nil
      },
      nearest: { blocks, count in
        let query = Query(
          positives: [Example(vectors: blocks)], negatives: [], given: [:], weights: weights, count: count)
        return try search.nearest(query).compactMap { rows[$0] }
      })
  }

  private static func attributes(of entry: OfferedWork) -> [Attribute] {
    func one(_ field: Attribute.Field, _ text: String?) -> [Attribute] {
      let value = text.map(folded) ?? ""
      return value.isEmpty ? [] : [Attribute(field, value)]
    }
    let tags = (entry.tags ?? "").split(separator: ";").flatMap { one(.word, String($0)) }
    let words = (entry.title ?? "").split { !$0.isLetter }.filter { $0.count > shortestWord }
      .flatMap { one(.word, String($0)) }
    return one(.artist, entry.artist) + one(.style, entry.style) + one(.genre, entry.genre)
      + one(.technique, entry.medium) + tags + words
  }

  /// For comparing.
  static func folded(_ text: String) -> String {
    text.trimmingCharacters(in: .whitespacesAndNewlines)
      .folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
  }
}
