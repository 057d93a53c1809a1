import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Sends the head of an answer along with the beginning of its body: each write of its own wakes whoever waits for it, and costs as much
/// as a small body.
///
/// A head is sent at once where no length is told (events), or where it has no body.
final class HeadsWithBodies: ChannelOutboundHandler, RemovableChannelHandler {
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private var waitsForBody = false

  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    if case .head(let head) = Self.unwrapOutboundIn(data) {
      waitsForBody = head.headerFields[.contentLength].flatMap { Int($0) } ?? 0 > 0
    } else {
      waitsForBody = false
    }
    context.write(data, promise: promise)
  }

  func flush(context: ChannelHandlerContext) {
    if !waitsForBody { context.flush() }
  }
}
