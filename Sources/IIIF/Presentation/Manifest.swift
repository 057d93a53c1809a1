package import Model

/// Manifests of IIIF's Presentation API 3.0: what a viewer needs to show a work or a list of works.
package struct Manifest: Sendable {
  package let document: JSONNode

  package static let context = "http://iiif.io/api/presentation/3/context.json"
  /// What the document is sent as, where the client does not ask for plain JSON.
  package static let mediaType =
    "application/ld+json;profile=\"http://iiif.io/api/presentation/3/context.json\""

  /// The manifest of a work: one canvas a file.
  ///
  /// - Parameters:
  ///   - limits, serverFeatures: of the image service, as its information documents have them.
  /// - Returns: nil where the work has no file, because a manifest must have a canvas.
  package init?(
    of work: DescribedWork, at addresses: Addresses, limits: ImageLimits,
    serverFeatures: Set<ImageFeature> = ImageInformation.usualFeatures.union([.cors])
  ) {
    guard let first = work.files.first else { return nil }
    let parts = CanvasParts(addresses: addresses, limits: limits, serverFeatures: serverFeatures)
    let canvases = work.files.map { file in
      let label = work.files.count > 1 ? work.text(file.name) ?? work.name : work.name
      return parts.canvas(addresses.canvas(work.id, file.id), of: file, label: LanguageMap(label))
    }
    let head: JSONNode = [
      "@context": .text(Self.context), "id": .text(addresses.manifest(work.id)), "type": "Manifest",
      "label": LanguageMap(work.name).node,
    ]
    let described = head.with("metadata", all: parts.metadata(of: work))
      .with("summary", work.text(work.description).map { LanguageMap($0).node })
    document = parts.links(of: work, to: described)
      .with("thumbnail", [parts.thumbnail(first)])
      .with("items", .list(canvases))
  }

  /// One hit of a search.
  package struct Hit: Equatable, Sendable {
    /// From 1.
    package var rank: Int
    package var score: Double
    /// 0…100, where scores are calibrated.
    package var percentile: Double?
    package var work: DescribedWork
    /// The reproduction that matched.
    package var file: DescribedFile

    package init(
      rank: Int, score: Double, percentile: Double? = nil, work: DescribedWork, file: DescribedFile
    ) {
      self.rank = rank
      self.score = score
      self.percentile = percentile
      self.work = work
      self.file = file
    }
  }

  /// The manifest of a list of hits: one canvas a hit, in their order, with the score in its metadata.
  ///
  /// - Parameters:
  ///   - query: of the search as it was asked for, percent-encoded: with it the manifest's address gives the list again.
  ///   - title: what was asked, for people; nil for "Works of similar style".
  ///   - limits, serverFeatures: of the image service, as its information documents have them.
  /// - Returns: nil without a hit, because a manifest must have a canvas.
  package init?(
    of hits: [Hit], query: String, title: String? = nil, at addresses: Addresses, limits: ImageLimits,
    serverFeatures: Set<ImageFeature> = ImageInformation.usualFeatures.union([.cors])
  ) {
    guard let first = hits.first else { return nil }
    let parts = CanvasParts(addresses: addresses, limits: limits, serverFeatures: serverFeatures)
    let canvases = hits.map { hit in
      var metadata = [
        CanvasParts.pair(Label.rank, LanguageMap(String(hit.rank))),
        CanvasParts.pair(Label.score, LanguageMap(Self.rounded(hit.score, 10_000))),
      ]
      if let percentile = hit.percentile {
        metadata.append(CanvasParts.pair(Label.percentile, LanguageMap(Self.rounded(percentile, 100))))
      }
      metadata += parts.metadata(of: hit.work)
      let canvas = parts.canvas(
        addresses.resultCanvas(hit.rank, query: query), of: hit.file, label: LanguageMap(hit.work.name),
        further: [("metadata", .list(metadata))])
      return parts.links(of: hit.work, to: canvas)
        .with(
          "partOf",
          [["id": .text(addresses.manifest(hit.work.id)), "type": "Manifest"]])
    }
    let label = title.map { LanguageMap($0) } ?? LanguageMap(en: "Works of similar style", zh: "风格相近的作品")
    document = [
      "@context": .text(Self.context), "id": .text(addresses.results(query: query)), "type": "Manifest",
      "label": label.node, "behavior": ["individuals"], "thumbnail": [parts.thumbnail(first.file)],
      "items": .list(canvases),
    ]
  }

  private static func rounded(_ value: Double, _ steps: Double) -> String {
    String((value * steps).rounded() / steps)
  }
}
