import Foundation

/// What lists are beside being right: how much of the catalogue they show, how varied and how surprising they are.
package enum ListQuality {
  /// The share of all works that come in any of the lists.
  package static func coverage(_ lists: [[Int32]], workCount: Int) -> Double {
    workCount == 0 ? 0 : Double(Set(lists.joined()).count) / Double(workCount)
  }

  /// The mean distance of two works of a list (Ziegler and others 2005, doi:10.1145/1060745.1060754), 0 of fewer than two.
  package static func diversity(_ list: [Int32], distance: (Int32, Int32) -> Double) -> Double {
    guard list.count > 1 else { return 0 }
    var sum = 0.0
    for i in list.indices { for j in 0..<i { sum += distance(list[i], list[j]) } }
    return sum / Double(list.count * (list.count - 1) / 2)
  }

  /// The mean self-information of the works in bits, `−log₂ (people who have to do with it / people)` (Zhou and others 2010, doi:10.1073/pnas.1000488107); a work of
  /// nobody counts as one of half a person.
  ///
  /// - Parameter counts: people for each work.
  package static func novelty(_ list: [Int32], counts: [Float], people: Int) -> Double {
    guard !list.isEmpty && people > 0 else { return 0 }
    let sum = list.reduce(0.0) { $0 - log2(max(0.5, Double(counts[Int($1)])) / Double(people)) }
    return sum / Double(list.count)
  }
}
