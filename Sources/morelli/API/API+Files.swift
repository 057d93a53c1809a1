import Catalog
import Foundation
import Ingest
import Model
import Platform
import Server
import SystemPackage

// MARK: Files, and pictures made of them

extension API {
  var fileEndpoints: [Endpoint] { [thumbnailOfWork, thumbnailOfFile, original] }

  /// Long sides of thumbnails, in pixels: whatever is asked for, the next of them is given.
  private static let sides = [128, 256, 512, 1024]
  private static let usualSide = 256
  /// Changes whenever thumbnails are made otherwise.
  private static let method = 1
  private static let keptSeconds = 86_400

  private var thumbnailOfWork: Endpoint {
    Endpoint(.get, "/v1/artworks/{id}/thumbnail", query: ["size"]) { call in
      let record = try work(call.part("id"))
      guard !record.artwork.removed, let file = record.files.first(where: { $0.missingSince == nil }) else {
        throw Problem.missing("the work has no image")
      }
      return try thumbnail(of: file, call)
    }
  }

  private var thumbnailOfFile: Endpoint {
    Endpoint(.get, "/v1/files/{file}/thumbnail", query: ["size"]) { call in
      try thumbnail(of: file(call.part("file")), call)
    }
  }

  /// - Throws: `Problem` (404).
  func file(_ text: String) throws -> ArtworkFile {
    guard let number = Int64(text), String(number) == text, let file = try catalog.shownFile(number) else {
      throw Problem.missing("there is no file '\(text.prefix(40))'")
    }
    return file
  }

  private func thumbnail(of file: ArtworkFile, _ call: Endpoint.Call) throws -> Reply {
    let asked = try call.query.integer("size", in: 1...1024) ?? Self.usualSide
    let side = Self.sides.first { $0 >= asked } ?? 1024
    let rendering = Rendering(thumbnailOf: file.width, file.height, side: side)
    return try derived(rendering, of: file, name: "\(side)-v\(Self.method)", seconds: Self.keptSeconds)
  }

  /// A picture made of a file: from the cache, else by a worker.
  ///
  /// - Parameter name: tells it from others of the same file.
  func derived(_ rendering: Rendering, of file: ArtworkFile, name: String, seconds: Int) throws -> Reply {
    let name = "\(file.contentHash.hexadecimal.prefix(32))-\(name).\(rendering.format.rawValue)"
    @Sendable func reply(_ data: Data) -> Reply {
      Reply(data, contentType: rendering.format.mediaType).cached(tag: name, seconds: seconds)
    }
    if let known = derivatives.data(name) { return reply(known) }
    return .later(.decoding) {
      // Another request may have had it made meanwhile.
      if let known = derivatives.data(name) { return reply(known) }
      try isAsRead(file)
      switch workers.render(rendering, of: file.path, collection.settings.workerSettings) {
      case .failure(let refusal) where refusal.code == .vanished: throw Self.gone
      case .failure(let refusal): throw Problem(422, refusal.code.rawValue, refusal.reason)
      case .success(let data):
        derivatives.keep(data, name)
        return reply(data)
      }
    }
  }

  private static let gone = Problem(
    410, "Gone", "the file is not there any more, or was written to and is being read again")

  /// - Throws: `Problem` (410) where the file is not what the catalogue knows.
  private func isAsRead(_ file: ArtworkFile) throws {
    guard case .regular(let stamp)? = try? FileKind(at: file.path), stamp.size == file.seen.size,
      stamp.modified == file.seen.modified
    else { throw Self.gone }
  }

  private var original: Endpoint {
    Endpoint(.get, "/v1/files/{file}") { call in
      let file = try file(call.part("file"))
      try isAsRead(file)
      let (type, isShown) = Self.mediaTypes[file.format] ?? ("application/octet-stream", false)
      var reply = Reply(.file(file.path, size: file.seen.size), contentType: type)
        .cached(tag: String(file.contentHash.hexadecimal.prefix(32)), seconds: 0)
      // What browsers might run, or can't show, is for keeping.
      reply.headers["Content-Disposition"] =
        "\(isShown ? "inline" : "attachment"); filename*=UTF-8''\(Self.encoded(file.path.lastComponent?.string ?? "file"))"
      return reply
    }
  }

  private static func encoded(_ name: String) -> String {
    name.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: "\u{0}"..."\u{7F}")))
      ?? "file"
  }

  /// By format: the media type, and whether browsers show it.
  private static let mediaTypes: [String: (String, Bool)] = [
    "jpeg": ("image/jpeg", true), "png": ("image/png", true), "webp": ("image/webp", true),
    "gif": ("image/gif", true),
    "tiff": ("image/tiff", false), "heif": ("image/heif", false), "avif": ("image/avif", true),
    "jp2": ("image/jp2", false), "jxl": ("image/jxl", false), "psd": ("image/vnd.adobe.photoshop", false),
    "svg": ("image/svg+xml", false),
  ]
}
