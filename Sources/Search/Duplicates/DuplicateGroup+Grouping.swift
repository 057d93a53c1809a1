package import Model

extension DuplicateGroup {
  /// Groups of works that pairs connect, the surest and largest first; within a tier in the order of the file numbers.
  ///
  /// - Parameter artworkIDs: whose each file is: files of one work are always in one group.
  package static func groups(
    of pairs: [DuplicatePair], artworkIDs: [Int64: ArtworkID]
  ) -> [DuplicateGroup] {
    let order = pairs.sorted(by: isSurer)
    var forest = Forest()
    var weakest: [ArtworkID: DuplicateTier] = [:]
    // The surest first, as Kruskal joins a tree: the pair that joins two parts last is the weakest one needed.
    for pair in order {
      guard let a = artworkIDs[pair.first], let b = artworkIDs[pair.second] else { continue }
      let (one, other) = (forest.root(a), forest.root(b))
      let tiers = [weakest[one], weakest[other]].compactMap { $0 }
      guard one != other else {
        if tiers.isEmpty { weakest[one] = pair.tier }
        continue
      }
      let joined = forest.join(one, other)
      weakest[joined] = max(tiers.max() ?? pair.tier, pair.tier)
    }
    var members: [ArtworkID: [DuplicatePair]] = [:]
    for pair in order {
      guard let id = artworkIDs[pair.first], artworkIDs[pair.second] != nil else { continue }
      members[forest.root(id), default: []].append(pair)
    }
    return members.map { root, pairs in
      DuplicateGroup(
        tier: weakest[root] ?? .sameWork,
        fileIDs: Set(pairs.flatMap { [$0.first, $0.second] }).sorted(), pairs: pairs)
    }.sorted { ($0.tier, $0.fileIDs[0]) < ($1.tier, $1.fileIDs[0]) }
  }

  private static func isSurer(_ a: DuplicatePair, _ b: DuplicatePair) -> Bool {
    (a.tier, -a.similarity, a.first, a.second) < (b.tier, -b.similarity, b.first, b.second)
  }

  /// Disjoint sets of works.
  private struct Forest {
    private var parents: [ArtworkID: ArtworkID] = [:]

    mutating func root(_ id: ArtworkID) -> ArtworkID {
      var top = id
      while let parent = parents[top] { top = parent }
      var below = id
      while let parent = parents[below], parent != top {
        parents[below] = top
        below = parent
      }
      return top
    }

    /// Joins two roots; the smaller id is the root of both.
    mutating func join(_ a: ArtworkID, _ b: ArtworkID) -> ArtworkID {
      parents[max(a, b)] = min(a, b)
      return min(a, b)
    }
  }
}
