/// The nearest neighbours of each point of a collection, with their distances: what a map is made of.
///
/// Whoever fills it may take neighbours from an approximate index. A row may be shorter than the others, or empty.
package struct NeighbourGraph: Sendable {
  package let pointCount: Int
  /// Places in a row.
  package let width: Int
  /// pointCount × width: in each row the neighbours nearest first, then -1 in the places left.
  package let neighbours: [Int32]
  /// pointCount × width: 0 and up, never falling along a row; 0 where there is no neighbour.
  package let distances: [Float]

  /// - Parameters:
  ///   - neighbours: points × width; the number of a point, or a negative number for none. What names the point itself, or names a neighbour
  ///     for the second time, or has a distance that is not finite, is left out.
  ///   - distances: points × width, in any order along a row; below 0 counts as 0.
  ///   - width: neighbours a point, 1 or more. 15 is usual.
  /// - Precondition: as many distances as neighbours, whole rows, and no number of a point that there isn't.
  package init(neighbours: [Int32], distances: [Float], width: Int) {
    precondition(width > 0 && neighbours.count == distances.count && neighbours.count.isMultiple(of: width))
    let points = neighbours.count / width
    precondition(points < 1 << 30, "a map of \(points) points")
    var sorted = [Int32](repeating: -1, count: neighbours.count)
    var lengths = [Float](repeating: 0, count: neighbours.count)
    for point in 0..<points {
      let start = point * width
      var count = 0
      for place in start..<start + width {
        let (neighbour, distance) = (neighbours[place], distances[place])
        precondition(neighbour < Int32(points), "point \(neighbour) of \(points)")
        guard neighbour >= 0, neighbour != Int32(point), distance.isFinite,
          !sorted[start..<start + count].contains(neighbour)
        else { continue }
        // By distance, then by number, so that the order in which they come says nothing.
        var free = start + count
        let length = max(0, distance)
        while free > start, (lengths[free - 1], sorted[free - 1]) > (length, neighbour) {
          sorted[free] = sorted[free - 1]
          lengths[free] = lengths[free - 1]
          free -= 1
        }
        sorted[free] = neighbour
        lengths[free] = length
        count += 1
      }
    }
    pointCount = points
    self.width = width
    self.neighbours = sorted
    self.distances = lengths
  }

  /// From similarities `Σ wᵢ·cosᵢ`, as an index gives them: the distance is 1 − similarity / whole, the cosine's where no block is missing.
  ///
  /// - Parameter whole: `Σ wᵢ`, above 0: what a work has with itself.
  package init(neighbours: [Int32], similarities: [Float], whole: Float, width: Int) {
    precondition(whole > 0)
    self.init(neighbours: neighbours, distances: similarities.map { 1 - $0 / whole }, width: width)
  }

  /// How many neighbours a point has.
  package func count(of point: Int) -> Int {
    let start = point * width
    var count = 0
    while count < width, neighbours[start + count] >= 0 { count += 1 }
    return count
  }
}
