import Catalog
import Model

/// What people did with what a strategy recommended, as it is told.
struct StrategyFigures: Codable {
  let strategy: String
  /// Lists, and works in them.
  let lists, shown: Int
  /// Works of those that were viewed, liked (or made a favourite) and bought by events that name their list.
  let viewed, liked, bought: Int

  init(_ report: Catalog.StrategyReport) {
    func count(_ kinds: EventKind...) -> Int { kinds.reduce(0) { $0 + (report.outcomes[$1] ?? 0) } }
    strategy = report.strategy
    (lists, shown) = (report.lists, report.shown)
    (viewed, liked, bought) = (count(.view), count(.like, .favourite), count(.purchase))
  }
}
