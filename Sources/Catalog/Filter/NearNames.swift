/// Names that a mistyped one may stand for.
enum NearNames {
  /// Up to three of the candidates within a third of the name's length (at least 2) of edits, the nearest first.
  static func of(_ name: String, among candidates: some Collection<String>) -> [String] {
    let folded = Array(name.folded)
    let reach = max(2, folded.count / 3)
    return
      candidates
      .map { (name: $0, distance: distance(folded, Array($0.folded))) }
      .filter { $0.distance <= reach }
      .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(3)
      .map(\.name)
  }

  /// How many characters must be inserted, removed or replaced to make `a` into `b` (Levenshtein 1966).
  static func distance(_ a: [Character], _ b: [Character]) -> Int {
    var previous = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var row = [i + 1]
      for (j, y) in b.enumerated() {
        row.append(min(previous[j] + (x == y ? 0 : 1), previous[j + 1] + 1, row[j] + 1))
      }
      previous = row
    }
    return previous[b.count]
  }
}
