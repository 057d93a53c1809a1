import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import SystemPackage

/// What a request carries, read within bounds of size and time.
struct RequestContent: Sendable {
  private(set) var body = Data()
  private(set) var image: TemporaryFile?

  /// A body has so long to arrive.
  private static let seconds = 60

  /// - Throws: `Problem` for what is too long, too slow, or of another kind.
  init(_ request: Request, _ content: Endpoint.Content, _ folder: FilePath) async throws {
    let type = (request.headers[.contentType] ?? "").split(separator: ";").first
      .map { $0.trimmingCharacters(in: .whitespaces).lowercased() }
    let isDocument = type == "application/json"
    let isImage = type.map { $0.hasPrefix("image/") || $0 == "application/octet-stream" } ?? false
    if case .nothing = content {
    } else if let coding = request.headers[.contentEncoding], coding != "identity" {
      throw Problem(
        415, "Other kind of content", "bodies are taken as they are, not as '\(coding.prefix(40))'")
    }
    switch content {
    case .nothing: break
    case .document(let limit):
      guard isDocument else { throw Self.otherKind("application/json") }
      body = try await Self.collect(request, limit)
    case .image(let limit):
      guard isImage else { throw Self.otherKind("image/* or application/octet-stream") }
      image = try await Self.spool(request, limit(), in: folder)
    case .documentOrImage(let limit):
      guard isDocument || isImage else {
        throw Self.otherKind("application/json, image/* or application/octet-stream")
      }
      if isDocument {
        body = try await Self.collect(request, 1 << 20)
      } else {
        image = try await Self.spool(request, limit(), in: folder)
      }
    }
  }

  private static func otherKind(_ wanted: String) -> Problem {
    Problem(415, "Other kind of content", "\(wanted) is expected, said by the header Content-Type")
  }

  private static func tooLong(_ limit: Int) -> Problem {
    Problem(413, "Too long", "a body has at most \(limit) bytes here")
  }

  private static func collect(_ request: Request, _ limit: Int) async throws -> Data {
    try checkLength(request, limit)
    return try await within(seconds) {
      var data = Data()
      for try await buffer in request.body {
        data.append(contentsOf: buffer.readableBytesView)
        guard data.count <= limit else { throw tooLong(limit) }
      }
      return data
    }
  }

  private static func spool(_ request: Request, _ limit: Int, in folder: FilePath) async throws
    -> TemporaryFile
  {
    try checkLength(request, limit)
    let length = request.headers[.contentLength].flatMap { Int($0) }
    return try await within(seconds) {
      let spool: TemporarySpool
      do { spool = try TemporarySpool(in: folder) } catch {
        throw Problem(503, "No room", "the picture can't be kept while it is read: \(error)")
      }
      var count = 0
      for try await buffer in request.body {
        count += buffer.readableBytes
        guard count <= limit else { throw tooLong(limit) }
        do { try spool.append(Array(buffer.readableBytesView)) } catch {
          throw Problem(503, "No room", "the picture can't be kept while it is read: \(error)")
        }
      }
      guard count > 0 else { throw Problem.unclear("an image is expected as the body") }
      guard length.map({ $0 == count }) ?? true else { throw Problem.unclear("the body was cut short") }
      return try spool.finish()
    }
  }

  private static func checkLength(_ request: Request, _ limit: Int) throws(Problem) {
    guard let text = request.headers[.contentLength] else { return }
    guard let length = Int(text) else { throw .unclear("the header Content-Length is no number") }
    guard length <= limit else { throw tooLong(limit) }
  }

  private static func within<R: Sendable>(
    _ seconds: Int, _ body: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    try await withThrowingTaskGroup(of: R.self) { tasks in
      tasks.addTask { try await body() }
      tasks.addTask {
        try await Task.sleep(for: .seconds(seconds))
        throw Problem(408, "Too slow", "the body did not arrive within \(seconds) seconds")
      }
      defer { tasks.cancelAll() }
      guard let first = try await tasks.next() else { throw CancellationError() }
      return first
    }
  }
}
