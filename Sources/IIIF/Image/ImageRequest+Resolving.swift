package import Model

/// An image request that has been held against a picture.
package struct ResolvedImageRequest: Hashable, Sendable {
  /// What is to be made.
  package let rendering: Rendering
  /// The canonical form of the request (4.8), such as `full/400,300/0/default.jpg`: equal for all requests of the same image of
  /// the picture, so it serves as key of a cache and in the `Link` header.
  package let canonicalPath: String
}

extension ImageRequest {
  /// What the request means for a picture.
  ///
  /// Where a side follows from the other it is rounded to the nearest pixel. For `!w,h` and `max`, where the service chooses the
  /// size, a side that would be less than one pixel becomes one; for the other forms that is an error, as the specification
  /// says.
  ///
  /// - Parameters:
  ///   - width, height: of the upright picture in pixels, 1 or more.
  /// - Throws: `.outside`, `.tooSmall`, `.tooLarge`, `.enlarges`, `.enlargingUnsupported`.
  package func resolved(
    width: Int, height: Int, limits: ImageLimits
  ) throws(ImageRequestError) -> ResolvedImageRequest {
    precondition(width > 0 && height > 0)
    let crop = try crop(width, height)
    let size = try size(of: crop, limits)
    let quality: Rendering.Quality =
      switch self.quality {
      case .default, .color: .colour
      case .gray: .grey
      case .bitonal: .bitonal
      }
    guard
      let rendering = Rendering(
        crop: crop, width: size.width, height: size.height, mirrored: mirrored, degrees: degrees,
        quality: quality,
        format: format)
    else { throw tooLarge(limits) }
    let canonicalPath = [
      crop.width == width && crop.height == height
        ? "full" : "\(crop.x),\(crop.y),\(crop.width),\(crop.height)",
      canonicalSize(size, of: crop, limits),
      (mirrored ? "!" : "") + (degrees == degrees.rounded() ? String(Int(degrees)) : String(degrees)),
      (quality == .colour ? "default" : quality.rawValue) + "." + format.rawValue,
    ].joined(separator: "/")
    return ResolvedImageRequest(rendering: rendering, canonicalPath: canonicalPath)
  }

  private func crop(_ width: Int, _ height: Int) throws(ImageRequestError) -> PictureRegion.Box {
    switch region {
    case .full: return .init(x: 0, y: 0, width: width, height: height)
    case .square:
      let side = min(width, height)
      return .init(x: (width - side) / 2, y: (height - side) / 2, width: side, height: side)
    case .part(let part):
      if let box = part.box(width: width, height: height) { return box }
      // Rounding may put a corner that lies within the last pixel behind it.
      if part.unit == .percent, part.x < 100, part.y < 100 {
        let (left, top) = (part.x * Double(width) / 100, part.y * Double(height) / 100)
        let corner = PictureRegion(
          unit: .pixels, x: min(left.rounded(), Double(width - 1)), y: min(top.rounded(), Double(height - 1)),
          width: max(1, part.width * Double(width) / 100), height: max(1, part.height * Double(height) / 100))
        if let box = corner?.box(width: width, height: height) { return box }
      }
      throw ImageRequestError(
        .outside, "the region \(part.text) lies outside the picture, which has \(width) x \(height) pixels")
    }
  }

  private func size(
    of crop: PictureRegion.Box, _ limits: ImageLimits
  ) throws(ImageRequestError) -> (width: Int, height: Int) {
    let wanted = try wantedSize(of: crop, limits)
    guard wanted.width >= 0.5, wanted.height >= 0.5 else {
      throw ImageRequestError(.tooSmall, "the picture would be less than one pixel wide or high")
    }
    let (width, height) = (wanted.width.rounded(), wanted.height.rounded())
    if width > Double(crop.width) || height > Double(crop.height) {
      guard enlarges else {
        throw ImageRequestError(
          .enlarges,
          "the region has \(crop.width) x \(crop.height) pixels: more are given only for sizes with ^")
      }
      guard limits.enlarges else {
        throw ImageRequestError(.enlargingUnsupported, "this service does not enlarge pictures")
      }
    }
    guard max(width, height) <= Double(Rendering.maximumSide), limits.allow(Int(width), Int(height)) else {
      throw tooLarge(limits)
    }
    return (Int(width), Int(height))
  }

  /// In pixels, not yet rounded where the specification leaves that open.
  private func wantedSize(
    of crop: PictureRegion.Box, _ limits: ImageLimits
  ) throws(ImageRequestError) -> (width: Double, height: Double) {
    let (width, height) = (Double(crop.width), Double(crop.height))
    let chosen: (width: Int, height: Int)
    switch size {
    case .width(let wanted): return (Double(wanted), height * Double(wanted) / width)
    case .height(let wanted): return (width * Double(wanted) / height, Double(wanted))
    case .percent(let percent): return (width * percent / 100, height * percent / 100)
    case .exactly(let wantedWidth, let wantedHeight): return (Double(wantedWidth), Double(wantedHeight))
    case .max: chosen = limits.fit(crop.width, crop.height, scale: enlarges ? .infinity : 1)
    case .within(let wantedWidth, let wantedHeight):
      chosen = limits.fit(
        crop.width, crop.height, box: (wantedWidth, wantedHeight), scale: enlarges ? .infinity : 1)
    }
    return (Double(chosen.width), Double(chosen.height))
  }

  private func canonicalSize(
    _ size: (width: Int, height: Int), of crop: PictureRegion.Box, _ limits: ImageLimits
  ) -> String {
    if size == limits.fit(crop.width, crop.height, scale: 1) { return "max" }
    let written = "\(size.width),\(size.height)"
    if size.width <= crop.width && size.height <= crop.height { return written }
    return size == limits.fit(crop.width, crop.height) ? "^max" : "^" + written
  }

  private func tooLarge(_ limits: ImageLimits) -> ImageRequestError {
    ImageRequestError(
      .tooLarge,
      "the picture would be over the limits of \(limits.maxWidth) x \(limits.maxHeight) and \(limits.maxArea) pixels"
    )
  }
}
