import Foundation

/// The folds of a bench, in files that other programs read and write: `folds.txt` has the fold of each line of the ratings; `ranking-N.txt` (N from 1) has for
/// each line 0 (to learn from), 1 (to be asked for) or 2 (no like, and left out).
struct BenchFolds {
  let rating: [Int]
  let ranking: [[Int]]

  /// Reads what is there, and makes and writes what is not.
  init(_ folder: String, _ table: Ratings, _ settings: BenchSettings) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw RecommendError(.unavailable, "\(folder) can't be made: \(error.localizedDescription)")
    }
    rating = try Self.numbers("\(folder)/folds.txt", count: table.count, below: settings.folds) {
      Split.foldNumbers(table.count, folds: settings.folds, seed: settings.seed)
    }
    ranking = try (0..<settings.splits).map { number in
      try Self.numbers("\(folder)/ranking-\(number + 1).txt", count: table.count, below: 3) {
        let liked = table.values.indices.filter { table.values[$0] >= settings.likedFrom }
        let split = Split.leaveSomeOut(
          people: liked.map { table.people[$0] }, share: settings.share, seed: settings.seed + UInt64(number))
        var parts = [Int](repeating: 2, count: table.count)
        for place in split.training { parts[liked[place]] = 0 }
        for place in split.test { parts[liked[place]] = 1 }
        return parts
      }
    }
  }

  private static func numbers(_ path: String, count: Int, below bound: Int, _ make: () -> [Int]) throws
    -> [Int]
  {
    if let data = FileManager.default.contents(atPath: path) {
      let numbers = String(decoding: data, as: UTF8.self).split(whereSeparator: \.isWhitespace).map {
        Int($0) ?? -1
      }
      guard numbers.count == count, numbers.allSatisfy({ (0..<bound).contains($0) }) else {
        throw RecommendError(
          .badTable, "\(path) does not have a number below \(bound) for each of \(count) ratings")
      }
      return numbers
    }
    let numbers = make()
    let text = numbers.map(String.init).joined(separator: "\n") + "\n"
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
      throw RecommendError(.unavailable, "\(path) can't be written: \(error.localizedDescription)")
    }
    return numbers
  }
}
