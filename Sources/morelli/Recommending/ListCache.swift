import Model
import Recommend

/// Lists of people that were made a short while ago: who asks again before anything has happened gets the same.
struct ListCache {
  struct Key: Hashable {
    let person: Int64
    /// `Person.version`: another one with each event.
    let version: Int64
    let strategy: String
    let count: Int
    /// `RecommendDesk.Offer.number`.
    let offer: Int
    let filter: String
    let onlyAvailable, explains: Bool
  }

  /// Some 20 KiB each.
  private static let most = 1000
  /// Seconds: what is shown in vain, too, should change a list.
  private static let life = 60.0

  private var lists: [Key: (made: RecommendDesk.Made, time: Double)] = [:]

  /// - Parameter now: seconds since 1970. A list that is written again keeps its age.
  subscript(key: Key, at now: Double) -> RecommendDesk.Made? {
    get { lists[key].flatMap { now - $0.time < Self.life ? $0.made : nil } }
    set {
      guard let newValue else {
        lists[key] = nil
        return
      }
      if lists.count >= Self.most, lists[key] == nil {
        // The older half goes.
        let median = lists.values.map { $0.time }.sorted()[lists.count / 2]
        lists = lists.filter { $0.value.time > median }
      }
      lists[key] = (newValue, newValue.time)
    }
  }
}
