import Foundation
import Kernels
import Recommend
import Testing

/// A table of a few triples.
func interactions(
  _ triples: [(person: Int, work: Int, value: Float)], people: Int, works: Int,
  duplicates: Interactions.Duplicates = .last
) throws -> Interactions {
  try Interactions(
    people: triples.map { Int32($0.person) }, works: triples.map { Int32($0.work) },
    values: triples.map(\.value),
    personCount: people, workCount: works, duplicates: duplicates)
}

/// People of two tastes, each with half of the works: those of their own half come often, those of the other seldom.
func twoTastes(people: Int, works: Int, seed: UInt64) throws -> Interactions {
  var random = SplitMix(state: seed)
  var triples: [(person: Int, work: Int, value: Float)] = []
  for person in 0..<people {
    for work in 0..<works {
      let isOwn = person % 2 == work % 2
      if random.next() % 100 < (isOwn ? 40 : 4) { triples.append((person, work, 1)) }
    }
  }
  return try interactions(triples, people: people, works: works)
}

/// A file's path that nobody else has; it is removed after `body`.
func withFile<R>(_ body: (String) throws -> R) throws -> R {
  let path = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
  defer { try? FileManager.default.removeItem(atPath: path) }
  return try body(path)
}

func expectClose(
  _ a: [Float], _ b: [Float], within tolerance: Float, sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(a.count == b.count, sourceLocation: sourceLocation)
  let apart = zip(a, b).map { abs($0 - $1) }.max() ?? 0
  #expect(apart <= tolerance, "\(apart) apart", sourceLocation: sourceLocation)
}
