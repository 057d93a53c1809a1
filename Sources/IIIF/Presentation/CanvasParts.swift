package import Model

/// The pieces that the manifests of works and of result lists share (IIIF Presentation API 3.0).
struct CanvasParts {
  let addresses: Addresses
  let limits: ImageLimits
  /// See `ImageInformation.serverFeatures`.
  let serverFeatures: Set<ImageFeature>

  /// A canvas of the picture's own size, with the picture on all of it.
  func canvas(
    _ id: String, of file: DescribedFile, label: LanguageMap, further members: [(String, JSONNode)] = []
  ) -> JSONNode {
    // A canvas's parts are named below it; a query stays at the end.
    let cut = id.firstIndex(of: "?") ?? id.endIndex
    let (path, query) = (id[..<cut], id[cut...])
    let target = JSONNode.text(id)
    let annotation: JSONNode = [
      "id": .text("\(path)/painting\(query)"), "type": "Annotation", "motivation": "painting",
      "body": image(file, information(of: file).sizes.last ?? (file.width, file.height)), "target": target,
    ]
    var canvas: JSONNode = [
      "id": target, "type": "Canvas", "label": label.node, "width": .integer(file.width),
      "height": .integer(file.height), "thumbnail": [thumbnail(file)],
    ]
    for (name, value) in members { canvas = canvas.with(name, value) }
    return canvas.with(
      "items", [["id": .text("\(path)/page\(query)"), "type": "AnnotationPage", "items": [annotation]]])
  }

  /// A small picture of the file, by way of its image service.
  func thumbnail(_ file: DescribedFile) -> JSONNode {
    let small = Rendering(thumbnailOf: file.width, file.height, side: 256)
    let size = limits.fit(file.width, file.height, box: (small.width, small.height), scale: 1)
    return image(file, size)
  }

  private func image(_ file: DescribedFile, _ size: (width: Int, height: Int)) -> JSONNode {
    let isWhole = size == limits.fit(file.width, file.height, scale: 1)
    let path = "full/\(isWhole ? "max" : "\(size.width),\(size.height)")/0/default.jpg"
    return [
      "id": .text(addresses.image(file.id, path)), "type": "Image", "format": "image/jpeg",
      "width": .integer(size.width), "height": .integer(size.height),
      "service": [
        [
          "id": .text(addresses.imageService(file.id)), "type": "ImageService3",
          "profile": .text(information(of: file).level.rawValue), "width": .integer(file.width),
          "height": .integer(file.height),
        ]
      ],
    ]
  }

  private func information(of file: DescribedFile) -> ImageInformation {
    ImageInformation(
      id: addresses.imageService(file.id), width: file.width, height: file.height, limits: limits,
      serverFeatures: serverFeatures)
  }

  /// `label`, and what it stands before.
  static func pair(_ label: LanguageMap, _ value: LanguageMap) -> JSONNode {
    ["label": label.node, "value": value.node]
  }

  /// What the catalogue says of a work, without what has a place of its own in a manifest.
  func metadata(of work: DescribedWork) -> [JSONNode] {
    var pairs: [JSONNode] = []
    let fields = [
      (Label.artist, work.artist), (Label.date, work.date), (Label.style, work.style),
      (Label.genre, work.genre),
      (Label.medium, work.medium),
    ]
    for (label, value) in fields {
      if let value = work.text(value) { pairs.append(Self.pair(label, LanguageMap(value))) }
    }
    let tags = work.tags.compactMap { work.text($0) }
    if !tags.isEmpty { pairs.append(Self.pair(Label.tags, LanguageMap(tags))) }
    for attribute in work.otherAttributes where work.text(attribute.name) != nil {
      pairs.append(Self.pair(LanguageMap(attribute.name), LanguageMap(attribute.value)))
    }
    pairs.append(Self.pair(Label.identifier, LanguageMap(work.id.rawValue)))
    return pairs
  }

  /// What a manifest says of where else the work is, and of its rights.
  func links(of work: DescribedWork, to node: JSONNode) -> JSONNode {
    node
      .with("rights", work.rights.map { .text($0.uri) })
      .with("requiredStatement", work.credit.map { Self.pair(Label.credit, LanguageMap($0)) })
      .with(
        "homepage",
        work.homepage.map {
          [["id": .text($0), "type": "Text", "label": Label.workPage.node, "format": "text/html"]]
        }
      )
      .with(
        "seeAlso",
        [
          [
            "id": .text(addresses.linkedArt(work.id)), "type": "Dataset", "label": Label.linkedArt.node,
            "format": "application/ld+json", "profile": .text(LinkedArt.context),
          ]
        ])
  }
}
