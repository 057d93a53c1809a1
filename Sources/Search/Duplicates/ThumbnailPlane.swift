import Model

/// A thumbnail as numbers to calculate with.
struct ThumbnailPlane: Sendable {
  static let side = CopyDescriptor.View.side
  static let chromaSide = CopyDescriptor.View.chromaSide

  /// 32 × 32, row by row, 0…255.
  let luma: [Float]
  /// 8 × 8 of a* + 128, then of b* + 128.
  let chroma: [Float]
  /// 32 × 32 of luma, its slope across, its slope down (central differences, per unit of a coordinate from -1 to 1), 0.
  let samples: [SIMD4<Float>]

  init(_ thumbnail: [UInt8], mirrored: Bool) {
    precondition(thumbnail.count == CopyDescriptor.View.thumbnailCount)
    luma = Self.rows(thumbnail.prefix(Self.side * Self.side), width: Self.side, mirrored)
    samples = Self.samples(luma)
    chroma = Self.rows(thumbnail.dropFirst(Self.side * Self.side), width: Self.chromaSide, mirrored)
  }

  private static func rows(_ bytes: ArraySlice<UInt8>, width: Int, _ mirrored: Bool) -> [Float] {
    let start = bytes.startIndex
    return bytes.indices.map { index in
      let (row, column) = (index - start).quotientAndRemainder(dividingBy: width)
      return Float(bytes[start + row * width + (mirrored ? width - 1 - column : column)])
    }
  }

  private static func samples(_ luma: [Float]) -> [SIMD4<Float>] {
    let perUnit = Float(side) / 2
    return luma.indices.map { i in
      let (row, column) = i.quotientAndRemainder(dividingBy: side)
      let across = luma[column < side - 1 ? i + 1 : i] - luma[column > 0 ? i - 1 : i]
      let down = luma[row < side - 1 ? i + side : i] - luma[row > 0 ? i - side : i]
      return SIMD4(luma[i], perUnit * across / 2, perUnit * down / 2, 0)
    }
  }

  /// Where a point from -1 to 1 lies between the cells of `side` a row: the cell before it and the share of the next.
  @inline(__always)
  static func place(_ point: Float, side: Int) -> (cell: Int, share: Float) {
    let half = Float(side) / 2
    let position = min(max((point + 1) * half - 0.5, 0), Float(side - 1))
    let cell = min(Int(position), side - 2)
    return (cell, position - Float(cell))
  }

  /// The middle of a cell, from -1 to 1.
  @inline(__always)
  static func middle(_ cell: Int, side: Int) -> Float { (Float(cell) + 0.5) / (Float(side) / 2) - 1 }
}
