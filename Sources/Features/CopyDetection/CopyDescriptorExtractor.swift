package import Imaging
package import Model

/// Measures what tells copies of a picture apart from other pictures. Make one for each thread and keep it: it owns its
/// buffers.
package struct CopyDescriptorExtractor: ~Copyable {
  private var sampler = ThumbnailSampler()
  private let border = PlainBorder()
  private let dctHash = DCTHash()
  private let gradientHash = GradientHash()
  private let conversion = CIELABConversion()

  package init() {}

  /// The descriptor of a picture of any size.
  package mutating func extract(_ image: WorkingImage) -> CopyDescriptor {
    let whole = PixelBox(left: 0, top: 0, right: image.width, bottom: image.height)
    var views = [view(of: image, whole)]
    if let content = border.content(of: image) { views.append(view(of: image, content)) }
    return CopyDescriptor(views: views)
  }

  private mutating func view(of image: WorkingImage, _ box: PixelBox) -> CopyDescriptor.View {
    sampler.sample(image, box)
    let means = sampler.means
    let cells = CopyDescriptor.View.side * CopyDescriptor.View.side
    // ITU-R BT.601 luma of the values as they are coded, as every library's "grey" has it.
    let luma = (0..<cells).map { cell -> UInt8 in
      let value = 0.299 * means[cell] + 0.587 * means[cells + cell] + 0.114 * means[2 * cells + cell]
      return UInt8(min(255, max(0, value.rounded())))
    }
    return CopyDescriptor.View(hashes: hashes(luma), thumbnail: luma + chroma(means))
  }

  private func hashes(_ luma: [UInt8]) -> PerceptualHashes? {
    guard Flatness.deviation(luma.span) >= Flatness.limit else { return nil }
    let hashes = dctHash(luma.span)
    return PerceptualHashes(
      windows: hashes.windows, mirrored: hashes.mirrored, gradient: gradientHash(luma.span))
  }

  /// a* + 128, then b* + 128 of 8 × 8 cells, each the mean of 4 × 4 cells of `means`.
  private func chroma(_ means: [Float]) -> [UInt8] {
    let side = CopyDescriptor.View.side
    let cells = CopyDescriptor.View.chromaSide
    let span = side / cells
    var colours: [UInt8] = []
    for row in 0..<cells {
      for column in 0..<cells {
        for channel in 0..<3 {
          var sum: Float = 0
          for y in 0..<span {
            for x in 0..<span { sum += means[(channel * side + row * span + y) * side + column * span + x] }
          }
          colours.append(UInt8(min(255, max(0, (sum / Float(span * span)).rounded()))))
        }
      }
    }
    var lab = [Float](repeating: 0, count: 3 * cells * cells)
    var planes = lab.mutableSpan
    conversion.convert(colours.span, count: cells * cells, into: &planes)
    return lab[(cells * cells)...].map { UInt8(min(255, max(0, ($0 + 128).rounded()))) }
  }
}
