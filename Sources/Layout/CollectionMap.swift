internal import Kernels

/// A map of a collection: works that look alike lie near one another, by UMAP (McInnes, Healy and Melville 2018, arXiv:1802.03426).
///
/// It departs from the paper where that was measured to be better or is needed. Each point moves by what the others were when an epoch
/// began, so that the map is the same on any number of threads; an edge moves the end whose turn it is, not both, and 8
/// points push for each that pulls, so that pushing weighs more than in `umap-learn`: near works are kept better apart and the
/// neighbours on the map are more often neighbours indeed (Böhm, Berens and Kobak 2022, arXiv:2007.08902, tell why).
package enum CollectionMap {
  /// What may be chosen.
  package struct Settings: Hashable, Sendable {
    /// UMAP's `min_dist`: how near works that belong together may come, 0…`spread`.
    package var nearest = 0.1
    /// UMAP's `spread`, above 0.
    package var spread = 1.0
    /// Times that every point is moved; nil for 500 up to 100,000 points, 200 beyond (UMAP takes 200 from 10,000 on, too few here).
    package var epochs: Int?
    /// Threads, 1 or more. They change the time alone.
    package var threads = 1

    package init() {}
  }

  /// Where the points begin.
  package enum Start: Sendable {
    /// By the two slowest eigenvectors of each connected piece of the graph.
    case spectral
    /// As an earlier map has it, one place a point, nil for those it does not have: works stay about where they were.
    case places([MapPlace?])
  }

  /// Lays a collection out. The same input, seed and kind of processor give the same map. It works until it is done: call it on a thread
  /// of its own.
  ///
  /// Memory: about 50 bytes for each neighbour of each point at its peak, 0.8 GB for a million points with 15.
  ///
  /// - Parameters:
  ///   - neighbours: any graph: empty, with pieces apart, with points that have no neighbour.
  ///   - start: where the points begin.
  ///   - seed: of all that is drawn at random.
  ///   - isStopped: asked before each epoch and each round of the start; of a million points these take a second or some, the graph ten.
  ///   - progress: told the share of the work that is done, 0…1, never falling.
  /// - Returns: one place a point; the whole fits 0…65535 with its aspect kept (`MapFrame`).
  /// - Throws: `CollectionMapError.stopped`.
  /// - Precondition: as many places to start from as there are points, settings within their bounds.
  package static func layout(
    neighbours: NeighbourGraph, settings: Settings = Settings(), start: Start = .spectral, seed: UInt64 = 1,
    isStopped: () -> Bool = { false }, progress: (Double) -> Void = { _ in }
  ) throws(CollectionMapError) -> [MapPlace] {
    precondition(settings.threads > 0 && settings.epochs ?? 1 > 0)
    progress(0)
    if isStopped() { throw .stopped }
    let graph = WeightedGraph(union: neighbours)
    progress(Share.graph)
    if isStopped() { throw .stopped }
    var places: [Float]
    var isAnew = true
    switch start {
    case .spectral:
      places = try InitialPlaces(
        spectral: graph, seed: seed, threads: settings.threads, isStopped: isStopped
      ).coordinates
    case .places(let given):
      precondition(given.count == graph.pointCount, "\(given.count) places for \(graph.pointCount) points")
      places = InitialPlaces(given, graph: graph, seed: seed).coordinates
      isAnew = false
    }
    progress(Share.start)
    let curve = LayoutCurve(nearest: settings.nearest, spread: settings.spread)
    let epochs = settings.epochs ?? Self.epochs(graph.pointCount)
    var moved = places
    for number in 1...epochs {
      if isStopped() { throw .stopped }
      let epoch = WeightedGraph.Epoch(
        a: Float(curve.a), b: Float(curve.b),
        rate: (isAnew ? 1 : Self.laterRate) * (1 - Float(number) / Float(epochs)), number: number, seed: seed)
      var target = moved.mutableSpan
      graph.descend(epoch, from: places.span, threads: settings.threads, into: &target)
      swap(&places, &moved)
      progress(Share.start + (1 - Share.start) * Double(number) / Double(epochs))
    }
    return MapFrame.places(places, isTurned: isAnew)
  }

  /// So many that more make small maps no truer, and large ones little (docs/map.md); beyond, what a night allows.
  private static func epochs(_ pointCount: Int) -> Int {
    switch pointCount {
    case ...30_000: 500
    case ...100_000: 1000
    default: 200
    }
  }

  /// The rate at which the descent begins where there was a map already.
  private static let laterRate: Float = 0.25

  /// How far the work is after its steps.
  private enum Share {
    static let graph = 0.1
    static let start = 0.2
  }
}

/// Why there is no map.
package enum CollectionMapError: Error, Equatable, Sendable {
  /// It was asked to stop.
  case stopped
}
