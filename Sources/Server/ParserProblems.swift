import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Says in a problem document why a request is none: what the parser refuses is answered before there is a request to answer.
///
/// Hummingbird answers such with a bare 400, whose head is taken for a better one here.
final class ParserProblems: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var error: HTTPParserError?

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    self.error = error as? HTTPParserError ?? self.error
    context.fireErrorCaught(error)
  }

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    // An answer to an earlier request may still be on its way.
    guard let error, case .head(let head) = Self.unwrapOutboundIn(data), head.status == .badRequest,
      head.headerFields[.contentLength] == "0", head.headerFields[.contentType] == nil
    else {
      context.write(data, promise: promise)
      return
    }
    let problem = Self.problem(error).reply
    guard case .data(let bytes) = problem.body else { return }
    var fields = Doorstep.headers
    for (name, value) in problem.headers { if let name = HTTPField.Name(name) { fields[name] = value } }
    fields[.connection] = "close"
    fields[.contentLength] = String(bytes.count)
    let status = HTTPResponse.Status(code: problem.status)
    context.write(
      Self.wrapOutboundOut(.head(HTTPResponse(status: status, headerFields: fields))), promise: nil)
    context.write(Self.wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: promise)
  }

  /// - Parameter error: why the parser gave up.
  private static func problem(_ error: HTTPParserError) -> Problem {
    switch error {
    case .headerOverflow:
      Problem(
        431, "Too much in the head",
        "the address and the headers of a request are at most 32 KiB and 100 headers")
    case .invalidVersion: .unclear("this is no version of HTTP that is spoken here: 1.0 and 1.1 are")
    case .invalidMethod: .unclear("the request begins with no method of HTTP")
    case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
      .unclear("the request's address is none")
    case .invalidContentLength, .unexpectedContentLength, .invalidChunkSize:
      .unclear("what the request says of its body's length is no length, or not the only one")
    case .invalidHeaderToken, .invalidCharactersUsed, .lfExpected:
      .unclear("the head of the request has a character where none may be")
    default: .unclear("this is no request of HTTP: \(error)")
    }
  }
}
