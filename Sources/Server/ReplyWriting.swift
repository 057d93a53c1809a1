import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Platform
import SystemPackage

/// Makes responses of replies: of those that the caller has already, that may be kept, or of which a part is asked for, too.
package struct ReplyWriting {
  /// Bytes of a file that are in memory at once.
  private static let portion = 256 << 10
  /// Whoever has not read an answer after so long is not waited for.
  private static let patience: Int64 = 300

  private let request: Request
  private let channel: any Channel

  init(_ request: Request, _ channel: any Channel) {
    self.request = request
    self.channel = channel
  }

  func response(_ reply: Reply) -> Response {
    var fields = HTTPFields()
    for (name, value) in reply.headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    if let tag = fields[.eTag], request.method == .get || request.method == .head, reply.status == 200,
      hasAlready(tag)
    {
      fields[.contentType] = nil
      return Response(status: .notModified, headers: fields)
    }
    if fields[.cacheControl] == nil { fields[.cacheControl] = "no-store" }
    let status = HTTPResponse.Status(code: reply.status)
    switch reply.body {
    case .later: preconditionFailure("a reply is made before it is written")
    case .nothing: return Response(status: status, headers: fields)
    case .data(let data):
      fields[.contentLength] = String(data.count)
      return Response(
        status: status, headers: fields,
        body: patient(length: data.count) { writer in try await writer.write(ByteBuffer(bytes: data)) })
    case .events(let stream):
      return Response(
        status: status, headers: fields,
        body: ResponseBody { writer in
          for await event in stream { try await writer.write(ByteBuffer(bytes: event)) }
          try await writer.finish(nil)
        })
    case .file(let path, let size): return file(path, size, status, fields)
    case .spooled(let file, let size): return self.file(file.path, size, status, fields, owner: file)
    }
  }

  private func hasAlready(_ tag: String) -> Bool {
    guard let known = request.headers[.ifNoneMatch] else { return false }
    return known == "*"
      || known.split(separator: ",").contains {
        $0.trimmingCharacters(in: .whitespaces).replacing("W/", with: "") == tag
      }
  }

  /// - Parameter owner: kept until it is sent.
  private func file(
    _ path: FilePath, _ size: Int, _ status: HTTPResponse.Status, _ fields: HTTPFields,
    owner: TemporaryFile? = nil
  ) -> Response {
    var fields = fields
    fields[.acceptRanges] = "bytes"
    var range = 0..<size
    var status = status
    if let asked = request.headers[.range] {
      switch Self.part(asked, of: size) {
      case .some(let part) where part.isEmpty:
        let problem = Problem(
          416, "No such part", "the file has \(size) bytes", headers: ["Content-Range": "bytes */\(size)"])
        return response(problem.reply)
      case .some(let part):
        range = part
        status = .partialContent
        fields[.contentRange] = "bytes \(part.lowerBound)-\(part.upperBound - 1)/\(size)"
      case nil: break
      }
    }
    fields[.contentLength] = String(range.count)
    let part = range
    return Response(
      status: status, headers: fields,
      body: patient(length: part.count) { writer in
        let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
        defer { withExtendedLifetime(owner) { try? file.close() } }
        var place = part.lowerBound
        while place < part.upperBound {
          let bytes = try unsafe [UInt8](
            unsafeUninitializedCapacity: min(Self.portion, part.upperBound - place)
          ) { buffer, count in
            count = try unsafe file.read(
              fromAbsoluteOffset: Int64(place), into: UnsafeMutableRawBufferPointer(buffer))
          }
          guard !bytes.isEmpty else { throw Errno.ioError }
          try await writer.write(ByteBuffer(bytes: bytes))
          place += bytes.count
        }
      })
  }

  /// The part that a `Range` header asks for; empty where there is none such, nil where the whole is to be sent.
  package static func part(_ header: String, of size: Int) -> Range<Int>? {
    guard header.hasPrefix("bytes="), !header.contains(",") else { return nil }
    let ends = header.dropFirst(6).split(separator: "-", omittingEmptySubsequences: false)
    guard ends.count == 2 else { return nil }
    switch (Int(ends[0]), Int(ends[1])) {
    case (let from?, let to?): return from <= to && from < size ? from..<min(size, to + 1) : 0..<0
    case (let from?, nil) where ends[1].isEmpty: return from < size ? from..<size : 0..<0
    case (nil, let last?) where ends[0].isEmpty:
      return last > 0 && size > 0 ? max(0, size - last)..<size : 0..<0
    default: return nil
    }
  }

  /// A body whose connection is closed where nobody reads it.
  private func patient(
    length: Int, _ write: @escaping @Sendable (inout any ResponseBodyWriter) async throws -> Void
  ) -> ResponseBody {
    let channel = channel
    return ResponseBody(contentLength: length) { writer in
      let end = channel.eventLoop.scheduleTask(in: .seconds(Self.patience)) { channel.close(promise: nil) }
      defer { end.cancel() }
      try await write(&writer)
      try await writer.finish(nil)
    }
  }
}
