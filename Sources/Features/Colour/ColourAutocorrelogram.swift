import Kernels

/// How often pixels at a distance have the same colour (the autocorrelogram of Huang, Kumar, Mitra, Zhu & Zabih 1997,
/// "Image indexing using color correlograms", doi:10.1109/CVPR.1997.609412): near 1 for flat areas, low for broken
/// colour.
///
/// Colours are the 80 cells of a grid over CIELAB (`labels`). Where the paper looks at all pixels of the square ring at
/// a distance, here are the four along the axes, which tell as much at a fraction of the time.
package struct ColourAutocorrelogram: Sendable {
  /// In pixels.
  package static let distances = [1, 3, 5, 9]
  /// 5 × L* in 0…100, 4 × a* in -40…40, 4 × b* in -40…56; colours beyond count for the outermost cells.
  package static let colours = 80

  private var labels = [UInt8](repeating: 0, count: AnalysisImage.fullSide * AnalysisImage.fullSide)
  private var count = 0

  package init() {}

  /// Begins a picture.
  package mutating func reset() { count = 0 }

  /// Adds the next `width` pixels: planes L*, a*, b*, one after another.
  package mutating func add(_ planes: Span<Float>, width: Int) {
    let range = count..<count + width
    var all = labels.mutableSpan
    var row = all.extracting(range)
    labelColours(planes, count: width, into: &row)
    count += width
  }

  /// The share of the pairs of pixels at each of `distances`, both ways along both axes, that have one colour.
  ///
  /// - Precondition: `width` × `height` pixels were added, more than the largest distance each way.
  package func shares(width: Int, height: Int) -> [Float] {
    precondition(width * height == count)
    let labels = labels.span
    return Self.distances.map { distance in
      var equal = 0
      for y in 0..<height {
        let row = labels.extracting(y * width..<(y + 1) * width)
        equal += countEqual(row.extracting(first: width - distance), row.extracting(last: width - distance))
      }
      let below = count - distance * width
      equal += countEqual(labels.extracting(0..<below), labels.extracting(count - below..<count))
      return Float(equal) / Float((width - distance) * height + below)
    }
  }

  /// The autocorrelogram itself, row-major `distances` × `colours`: the probability that a pixel at that distance from
  /// one of that colour has it too; 0 for colours that the picture lacks.
  ///
  /// - Precondition: as for `shares`.
  package func correlogram(width: Int, height: Int) -> [Float] {
    precondition(width * height == count)
    return Self.distances.flatMap { distance in
      var equal = [Int](repeating: 0, count: Self.colours)
      var all = equal
      for y in 0..<height {
        for x in 0..<width {
          let here = labels[y * width + x]
          for (column, row) in [(x - distance, y), (x + distance, y), (x, y - distance), (x, y + distance)]
          where (0..<width).contains(column) && (0..<height).contains(row) {
            all[Int(here)] += 1
            if labels[row * width + column] == here { equal[Int(here)] += 1 }
          }
        }
      }
      return zip(equal, all).map { $1 > 0 ? Float($0) / Float($1) : 0 }
    }
  }
}
