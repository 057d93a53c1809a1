import Catalog
import Foundation
import IIIF
import Model
import Platform
import Server

// MARK: IIIF Image API 3.0, Presentation API 3.0, Linked Art

extension API {
  var iiifEndpoints: [Endpoint] {
    [imageService, imageInformation, image, workManifest, resultManifest, linkedArtOfWork]
  }

  private static let limits = ImageLimits()
  private static let keptSeconds = 86_400

  /// CORS is part of the compliance levels: without it what is supported is listed one by one.
  private var features: Set<ImageFeature> {
    // The levels mean it for everybody.
    collection.settings.server.origins.contains("*")
      ? ImageInformation.usualFeatures.union([.cors]) : ImageInformation.usualFeatures
  }

  private var imageService: Endpoint {
    Endpoint(.get, "/iiif/image/3/{file}") { call in
      let number = try file(call.part("file")).id ?? 0
      return Reply(
        .nothing, status: 303,
        headers: ["Location": addresses(call).imageService(number) + "/info.json"])
    }
  }

  private var imageInformation: Endpoint {
    Endpoint(.get, "/iiif/image/3/{file}/info.json") { call in
      let file = try file(call.part("file"))
      let information = ImageInformation(
        id: addresses(call).imageService(file.id ?? 0), width: file.width, height: file.height,
        limits: Self.limits, serverFeatures: features)
      var reply = Self.json(information.document, ImageInformation.mediaType, call)
      reply.headers["Link"] = "<\(information.profileLink)>;rel=\"profile\""
      return reply.cached(
        tag:
          "info-\(file.contentHash.hexadecimal.prefix(16))-\(information.id.utf8.reduce(5381) { ($0 &* 33) ^ Int($1) })",
        seconds: 0)
    }
  }

  private var image: Endpoint {
    Endpoint(.get, "/iiif/image/3/{file}/{region}/{size}/{rotation}/{quality}") { call in
      let file = try file(call.part("file"))
      let resolved: ResolvedImageRequest
      do throws(ImageRequestError) {
        let request = try ImageRequest(
          region: call.part("region"), size: call.part("size"), rotation: call.part("rotation"),
          qualityAndFormat: call.part("quality"))
        resolved = try request.resolved(width: file.width, height: file.height, limits: Self.limits)
      } catch {
        throw Problem(error.status, error.code.rawValue, error.detail)
      }
      let addresses = addresses(call)
      let number = file.id ?? 0
      let links =
        "<\(addresses.image(number, resolved.canonicalPath))>;rel=\"canonical\", "
        + "<\(ImageInformation(id: "", width: file.width, height: file.height, limits: Self.limits, serverFeatures: features).profileLink)>;rel=\"profile\""
      // Named by the very pixels that are made, whatever they were asked for as.
      let name =
        "iiif-"
        + resolved.rendering.text.utf8.reduce(into: "") { text, byte in
          text += (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }
      return try with(links, derived(resolved.rendering, of: file, name: name, seconds: Self.keptSeconds))
    }
  }

  private func with(_ links: String, _ reply: Reply) -> Reply {
    if case .later(let pace, let body) = reply.body {
      return .later(pace) { with(links, try body()) }
    }
    var reply = reply
    reply.headers["Link"] = links
    return reply
  }

  private var workManifest: Endpoint {
    Endpoint(.get, "/iiif/presentation/3/artworks/{id}/manifest.json") { call in
      let record = try work(call.part("id"))
      guard !record.artwork.removed,
        let manifest = Manifest(
          of: described(record, call), at: addresses(call), limits: Self.limits, serverFeatures: features)
      else { throw Problem.missing("the work has no image, and so no manifest") }
      return Self.json(manifest.document, Manifest.mediaType, call)
    }
  }

  private var resultManifest: Endpoint {
    Endpoint(
      .get, "/iiif/presentation/3/results/manifest.json",
      query: Self.askedBy.subtracting(["format", "region"])
    ) {
      call in
      var question = try question(call.query)
      question.like = try call.query.texts("like").map(subject)
      question.unlike = try call.query.texts("unlike").map(subject)
      guard !question.like.isEmpty || question.terms.text != nil || question.terms.palette != nil else {
        throw Problem.unclear("nothing is asked: say 'like', 'text' or 'palette'")
      }
      return try manifest(of: found(question), call)
    }
  }

  /// The works that were found, a canvas each.
  func manifest(of findings: Findings, _ call: Endpoint.Call) throws -> Reply {
    let hits = try findings.works.compactMap { work -> Manifest.Hit? in
      guard let record = try catalog.artwork(work.id), let file = work.card?.file.flatMap(Self.described)
      else { return nil }
      return Manifest.Hit(
        rank: work.rank, score: work.score.rounded6, percentile: work.percentile,
        work: described(record, call),
        file: file)
    }
    let query = call.rawQuery.split(separator: "&").filter { !$0.hasPrefix("format=") }.joined(separator: "&")
    guard
      let manifest = Manifest(
        of: hits, query: query, at: addresses(call), limits: Self.limits, serverFeatures: features)
    else { throw Problem.missing("nothing with an image was found, and so there is no manifest") }
    return Self.json(manifest.document, Manifest.mediaType, call)
  }

  private var linkedArtOfWork: Endpoint {
    Endpoint(.get, "/v1/artworks/{id}/linked-art") { call in
      let record = try work(call.part("id"))
      return Self.json(
        LinkedArt(of: described(record, call), at: addresses(call)).document, LinkedArt.mediaType, call)
    }
  }

  /// A work in Linked Art, as one line.
  func linkedArt(of record: ArtworkRecord, _ origin: String) throws -> Data {
    Data(LinkedArt(of: DescribedWork(record), at: Addresses(base: origin)).document.bytes)
  }

  private func addresses(_ call: Endpoint.Call) -> Addresses {
    Addresses(base: collection.settings.server.url.isEmpty ? call.origin : collection.settings.server.url)
  }

  private func described(_ record: ArtworkRecord, _ call: Endpoint.Call) -> DescribedWork {
    var work = DescribedWork(record)
    work.homepage = addresses(call).base + "/?work=" + Addresses.segment(record.artwork.id.rawValue)
    return work
  }

  private static func described(_ file: ArtworkFile) -> DescribedFile? { DescribedFile(file) }

  /// Plain JSON for whoever asks for that.
  private static func json(_ document: JSONNode, _ mediaType: String, _ call: Endpoint.Call) -> Reply {
    let accepted = call.headers["accept"] ?? ""
    let isPlain = accepted.contains("application/json") && !accepted.contains("application/ld+json")
    var reply = Reply(Data(document.bytes), contentType: isPlain ? "application/json" : mediaType)
    reply.headers["Vary"] = "Accept"
    return reply
  }
}
