import Catalog
import Model
import Search

// What commands ask of a catalogue in a person's words, with errors that a person can act on.

extension BlockWeights {
  /// The default weights with some replaced.
  ///
  /// - Throws: `CommandFailure` for names and numbers that make no sense.
  init(named: [String: Double]) throws {
    do throws(BlockWeights.Fault) {
      self = try BlockWeights.standard.replacing(
        named.reduce(into: [:]) { $0[BlockName(rawValue: $1.key)] = Float($1.value) })
    } catch {
      switch error {
      case .unknownBlock(let name, let known):
        throw CommandFailure(
          "there is no block '\(name.rawValue)' to weigh; the blocks are \(known.map(\.rawValue).joined(separator: ", "))"
        )
      case .negative(let name): throw CommandFailure("the weight of \(name.rawValue) must be 0 or more")
      case .allZero: throw CommandFailure("at least one block needs a weight over 0")
      }
    }
  }
}

extension Catalog {
  /// What a column says of each work.
  func labels(of column: String) throws -> [ArtworkID: String] {
    do {
      return try labels(in: column)
    } catch let error as FilterError {
      throw CommandFailure("\(error)")
    }
  }

  /// The works that a filter, as it was typed, lets pass.
  func artworks(passing text: String) throws -> Set<ArtworkID> {
    do {
      return try artworks(passing: FilterParser.parse(text))
    } catch let error as FilterError {
      throw CommandFailure("the filter can't be understood:\n\(error)")
    }
  }

  /// Brings the words of changed works into the index of words, with a bar where that takes long.
  func refreshWordsWithBar() throws {
    let total = try staleWords()
    guard total > 0 else { return }
    var bar = ProgressBar("works indexed")
    defer { bar.finish() }
    try refreshWords { bar.show($0, of: total) }
  }
}
