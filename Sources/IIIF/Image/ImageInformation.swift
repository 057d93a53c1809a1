package import Model

/// The information document of one picture (`info.json`; IIIF Image API 3.0, section 5).
package struct ImageInformation: Equatable, Sendable {
  /// The service's base URI: `{scheme}://{server}{/prefix}/{identifier}`.
  package let id: String
  /// Of the upright picture, in pixels.
  package let width, height: Int
  package let limits: ImageLimits
  /// What the server does with its answers' headers: these decide the level, together with what requests may ask for.
  package let serverFeatures: Set<ImageFeature>
  /// See `RightsStatement`.
  package let rights: String?

  /// The header features that need nothing but their headers. `cors` is for the server to add where it sends
  /// `Access-Control-Allow-Origin`: without it the specification grants level 0 only, and the rest is listed one by one.
  package static let usualFeatures: Set<ImageFeature> = [
    .baseUriRedirect, .canonicalLinkHeader, .jsonldMediaType, .profileLinkHeader,
  ]

  /// - Precondition: width and height are 1 or more.
  package init(
    id: String, width: Int, height: Int, limits: ImageLimits,
    serverFeatures: Set<ImageFeature> = usualFeatures.union([.cors]), rights: String? = nil
  ) {
    precondition(width > 0 && height > 0)
    self.id = id
    self.width = width
    self.height = height
    self.limits = limits
    self.serverFeatures = serverFeatures
    self.rights = rights
  }

  package static let context = "http://iiif.io/api/image/3/context.json"
  /// What the document is sent as, where the client does not ask for plain JSON.
  package static let mediaType = "application/ld+json;profile=\"http://iiif.io/api/image/3/context.json\""

  /// All that is supported.
  package var features: Set<ImageFeature> {
    ImageFeature.ofRequests.union(serverFeatures).union(limits.enlarges ? [.sizeUpscaling] : [])
  }

  /// The highest level that is kept to.
  package var level: ComplianceLevel { ComplianceLevel(of: features) }

  /// The URI of the level, for the `Link` header with `rel="profile"`.
  package var profileLink: String { "http://iiif.io/api/image/3/\(level.rawValue).json" }

  /// The document.
  package var document: JSONNode {
    let formats = Rendering.Format.allCases.map(\.rawValue).filter { !level.formats.contains($0) }
    return
      ([
        "@context": .text(Self.context),
        "id": .text(id),
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": .text(level.rawValue),
        "width": .integer(width),
        "height": .integer(height),
        "maxWidth": .integer(limits.maxWidth),
        "maxHeight": .integer(limits.maxHeight),
        "maxArea": .integer(limits.maxArea),
        "sizes": .list(sizes.map(Self.size)),
        "tiles": [["width": .integer(tileSide), "scaleFactors": .list(scaleFactors.map { .integer($0) })]],
      ] as JSONNode)
      .with("rights", rights.map { .text($0) })
      .with("extraQualities", ["color", "gray", "bitonal"])
      .with("extraFormats", all: formats.map { .text($0) })
      .with(
        "extraFeatures", all: features.subtracting(level.features).map(\.rawValue).sorted().map { .text($0) })
  }

  private static func size(_ size: (width: Int, height: Int)) -> JSONNode {
    ["width": .integer(size.width), "height": .integer(size.height)]
  }

  /// The whole picture in halves of halves, the smallest first, down to about a thumbnail; each is within the limits.
  package var sizes: [(width: Int, height: Int)] {
    var sizes = [limits.fit(width, height, scale: 1)]
    while let last = sizes.last, max(last.width, last.height) > 192 {
      sizes.append((max(1, (last.width + 1) / 2), max(1, (last.height + 1) / 2)))
    }
    return sizes.reversed()
  }

  /// In pixels; a square of it is within the limits.
  package var tileSide: Int {
    var side = min(512, limits.maxWidth, limits.maxHeight)
    while side * side > limits.maxArea { side /= 2 }
    return side
  }

  /// Powers of two, up to the first at which the whole picture is one tile.
  package var scaleFactors: [Int] {
    var factors = [1]
    while let last = factors.last, max(width, height) > tileSide * last { factors.append(2 * last) }
    return factors
  }
}
