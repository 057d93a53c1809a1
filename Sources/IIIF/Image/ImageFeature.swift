/// What an image service may support, by the names that IIIF's Image API 3.0 gives (5.7).
package enum ImageFeature: String, Hashable, Sendable, CaseIterable {
  case baseUriRedirect, canonicalLinkHeader, cors, jsonldMediaType, mirroring, profileLinkHeader, regionByPct,
    regionByPx, regionSquare, rotationArbitrary, rotationBy90s, sizeByConfinedWh, sizeByH, sizeByPct, sizeByW,
    sizeByWh, sizeUpscaling

  /// What `ImageRequest` and its renderer do, whatever the server does with them.
  static let ofRequests: Set<ImageFeature> = [
    .mirroring, .regionByPct, .regionByPx, .regionSquare, .rotationArbitrary, .rotationBy90s,
    .sizeByConfinedWh, .sizeByH, .sizeByPct, .sizeByW, .sizeByWh,
  ]
}

/// How much of the specification a service keeps to (Image API 3.0, compliance).
package enum ComplianceLevel: String, Sendable, CaseIterable {
  case level0, level1, level2

  /// All that the level asks for.
  package var features: Set<ImageFeature> {
    switch self {
    case .level0: []
    case .level1:
      [
        .regionByPx, .regionSquare, .sizeByW, .sizeByH, .sizeByWh, .baseUriRedirect, .cors, .jsonldMediaType,
      ]
    case .level2:
      ComplianceLevel.level1.features.union([.regionByPct, .sizeByPct, .sizeByConfinedWh, .rotationBy90s])
    }
  }

  /// Formats beside which others are extra.
  package var formats: Set<String> { self == .level2 ? ["jpg", "png"] : ["jpg"] }

  /// The highest whose features are all there.
  package init(of features: Set<ImageFeature>) {
    self = Self.allCases.last { $0.features.isSubset(of: features) } ?? .level0
  }
}
