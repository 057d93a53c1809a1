package import Model

/// The dominant colours of a picture: k-means in CIELAB (Lloyd 1982, doi:10.1109/TIT.1982.1056489) over the means of
/// the occupied cells of a fine colour grid, with the number of swatches left to the picture.
///
/// Seeds are chosen without chance: the fullest cell first, then each time the cell with the most weight times squared
/// distance to the seeds so far (the greedy twin of k-means++; after Celebi 2011, doi:10.1016/j.imavis.2010.10.002).
/// Clusters closer than a visible difference are then merged, and specks joined to their neighbours.
package struct DominantPalette: Sendable {
  /// At most so many swatches.
  package static let maximumSwatches = 8
  /// Clusters closer than this in CIELAB (CIE76 ΔE) are one.
  package static let mergeDistance: Float = 10
  /// Clusters with a smaller share go to their nearest neighbour.
  package static let leastShare: Float = 0.01

  /// Colours (L, a, b) with their weights.
  private var points: [SIMD4<Float>] = []
  private var nearest: [Float] = []
  private var centres: [SIMD4<Float>] = []
  private var sums: [SIMD4<Float>] = []

  package init() {}

  /// The palette of colours with weights (L*, a*, b*, weight > 0); empty where there are none.
  package mutating func palette(of points: [SIMD4<Float>]) -> Palette {
    self.points = points
    guard !points.isEmpty else { return Palette(swatches: []) }
    seed()
    for _ in 0..<Self.maximumRounds where refine() > 0.01 {}
    merge()
    let total = points.reduce(Float(0)) { $0 + $1.w }
    var swatches = centres.map { Palette.Swatch(l: $0.x, a: $0.y, b: $0.z, share: $0.w / total) }
    swatches.sort { ($0.share, $0.l, $0.a, $0.b) > ($1.share, $1.l, $1.a, $1.b) }
    return Palette(swatches: swatches)
  }

  private static let maximumRounds = 20

  /// Squared distance of two colours; the fourth lane is no coordinate.
  private static func squaredDistance(_ p: SIMD4<Float>, _ q: SIMD4<Float>) -> Float {
    var d = p - q
    d.w = 0
    return (d * d).sum()
  }

  private mutating func seed() {
    centres.removeAll(keepingCapacity: true)
    nearest.removeAll(keepingCapacity: true)
    for _ in points { nearest.append(.infinity) }
    var next = 0
    for i in points.indices where points[i].w > points[next].w { next = i }
    while centres.count < Self.maximumSwatches {
      let centre = points[next]
      centres.append(centre)
      var best: Float = 0
      for i in points.indices {
        nearest[i] = min(nearest[i], Self.squaredDistance(points[i], centre))
        if nearest[i] * points[i].w > best {
          best = nearest[i] * points[i].w
          next = i
        }
      }
      // No cell lies off the seeds.
      if best == 0 { break }
    }
  }

  /// One of Lloyd's rounds; returns the largest squared shift of a centre. Centres carry their weight in `w`.
  private mutating func refine() -> Float {
    sums.removeAll(keepingCapacity: true)
    for _ in centres { sums.append(.zero) }
    for point in points {
      var best = 0
      var least = Float.infinity
      for k in centres.indices {
        let d = Self.squaredDistance(point, centres[k])
        if d < least {
          least = d
          best = k
        }
      }
      var weighted = point * point.w
      weighted.w = point.w
      sums[best] += weighted
    }
    var shift: Float = 0
    for k in centres.indices where sums[k].w > 0 {
      var centre = sums[k] / sums[k].w
      shift = max(shift, Self.squaredDistance(centre, centres[k]))
      centre.w = sums[k].w
      centres[k] = centre
    }
    // A centre without points would be merged as if it had weight.
    for k in centres.indices.reversed() where sums[k].w == 0 { centres.remove(at: k) }
    return shift
  }

  /// Joins the closest pair while it is closer than `mergeDistance`, then specks with their neighbours.
  private mutating func merge() {
    while centres.count > 1 {
      var pair = (0, 1)
      var least = Float.infinity
      for i in centres.indices {
        for j in i + 1..<centres.count {
          let d = Self.squaredDistance(centres[i], centres[j])
          if d < least {
            least = d
            pair = (i, j)
          }
        }
      }
      if least >= Self.mergeDistance * Self.mergeDistance { break }
      join(pair.0, pair.1)
    }
    let total = points.reduce(Float(0)) { $0 + $1.w }
    while centres.count > 1, let speck = centres.indices.min(by: { centres[$0].w < centres[$1].w }),
      centres[speck].w < Self.leastShare * total
    {
      let neighbour = nearestCentre(to: speck)
      join(min(speck, neighbour), max(speck, neighbour))
    }
  }

  /// The centre closest to centre `k`, which is not alone.
  private func nearestCentre(to k: Int) -> Int {
    var nearest = k == 0 ? 1 : 0
    for i in centres.indices where i != k {
      let isCloser =
        Self.squaredDistance(centres[i], centres[k]) < Self.squaredDistance(centres[nearest], centres[k])
      if isCloser { nearest = i }
    }
    return nearest
  }

  private mutating func join(_ i: Int, _ j: Int) {
    let weight = centres[i].w + centres[j].w
    var centre = (centres[i] * centres[i].w + centres[j] * centres[j].w) / weight
    centre.w = weight
    centres[i] = centre
    centres.remove(at: j)
  }
}
