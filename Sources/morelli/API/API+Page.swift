import Crypto
import CWebFiles
import Foundation
import Server

// MARK: The web page, and the description of the API

extension API {
  var pageEndpoints: [Endpoint] {
    // What the page shows stands behind the question mark: it is the page's to read.
    [Endpoint(.get, "/", query: nil, scope: nil) { _ in try Self.page("index.html") }, description]
      + WebFile.all.values.filter { $0.name != "openapi.json" }.map { file in
        Endpoint(.get, "/page/\(file.name)", scope: nil) { _ in try Self.page(file.name) }
      }
  }

  private var description: Endpoint {
    Endpoint(.get, "/v1/openapi.json", scope: nil) { _ in try Self.page("openapi.json") }
  }

  private static func page(_ name: String) throws -> Reply {
    guard let file = WebFile.all[name] else { throw Problem.missing("there is nothing at this address") }
    var reply = Reply(file.data, contentType: file.mediaType).cached(tag: file.tag, seconds: 0)
    reply.headers["Content-Security-Policy"] = policy
    return reply
  }

  /// Its own scripts and styles, pictures of its own and those that people drop, and nothing else.
  private static let policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
}

/// A file that is built into the program.
private struct WebFile {
  let name: String
  let data: Data
  let tag: String

  var mediaType: String {
    switch name.split(separator: ".").last {
    case "html": "text/html; charset=utf-8"
    case "css": "text/css; charset=utf-8"
    case "js": "text/javascript; charset=utf-8"
    case "svg": "image/svg+xml"
    case "json": "application/json"
    default: "application/octet-stream"
    }
  }

  static let all: [String: WebFile] = {
    var files: [String: WebFile] = [:]
    for number in 0..<cwebfiles_count() {
      let file = WebFile(number)
      files[file.name] = file
    }
    return files
  }()

  private init(_ number: Int) {
    name = String(
      decoding: (0..<cwebfiles_name_count(number)).map { cwebfiles_name_byte(number, $0) }, as: UTF8.self)
    let count = cwebfiles_byte_count(number)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 3)
    for index in 0..<(count + 3) / 4 {
      let word = cwebfiles_word(number, index)
      for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt32(8 * shift))) }
    }
    data = Data(bytes.prefix(count))
    tag = SHA256.hash(data: data).prefix(8).map { String($0, radix: 16) }.joined()
  }
}
