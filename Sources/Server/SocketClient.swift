package import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
package import SystemPackage

/// Asks a daemon on its Unix socket.
package struct SocketClient: Sendable {
  /// Bytes of an answer.
  private static let answerLimit = 1 << 30

  /// Nobody answers on the socket.
  package struct Unreachable: Error {}

  private let socket: FilePath

  /// nil where there is no socket.
  package init?(socket: FilePath) {
    guard FileManager.default.fileExists(atPath: socket.string) else { return nil }
    self.socket = socket
  }

  /// Sends a request and waits for the answer.
  ///
  /// - Throws: `Unreachable` where there is no daemon, or it goes away before it answers; the `Problem` that it answers.
  package func send(_ method: Endpoint.Method, _ path: String, _ body: Data = Data()) throws -> Data {
    let group = MultiThreadedEventLoopGroup.singleton
    let answer = group.next().makePromise(of: NIOHTTPClientResponseFull.self)
    let channel: any Channel
    do {
      channel = try ClientBootstrap(group: group).connectTimeout(.seconds(5))
        .channelInitializer { channel in
          channel.eventLoop.makeCompletedFuture {
            try channel.pipeline.syncOperations.addHTTPClientHandlers()
            try channel.pipeline.syncOperations.addHandler(
              NIOHTTPClientResponseAggregator(maxContentLength: Self.answerLimit))
            try channel.pipeline.syncOperations.addHandler(Receiver(answer))
          }
        }.connect(unixDomainSocketPath: socket.string).wait()
    } catch {
      answer.fail(Unreachable())
      throw Unreachable()
    }
    defer { channel.close(promise: nil) }
    let head = HTTPRequestHead(
      version: .http1_1, method: HTTPMethod(rawValue: method.rawValue), uri: path,
      headers: [
        "Host": "morelli", "Content-Type": "application/json", "Content-Length": String(body.count),
        "Connection": "close",
      ])
    channel.write(HTTPClientRequestPart.head(head), promise: nil)
    channel.write(HTTPClientRequestPart.body(.byteBuffer(ByteBuffer(bytes: body))), promise: nil)
    channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
    let response: NIOHTTPClientResponseFull
    do { response = try answer.futureResult.wait() } catch { throw Unreachable() }
    let data = response.body.map { Data($0.readableBytesView) } ?? Data()
    guard response.head.status.code < 400 else {
      throw (try? JSONDecoder().decode(Problem.self, from: data))
        ?? Problem(Int(response.head.status.code), "Failed", String(decoding: data, as: UTF8.self))
    }
    return data
  }

  private final class Receiver: ChannelInboundHandler {
    typealias InboundIn = NIOHTTPClientResponseFull

    private let answer: EventLoopPromise<NIOHTTPClientResponseFull>
    init(_ answer: EventLoopPromise<NIOHTTPClientResponseFull>) { self.answer = answer }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) { answer.succeed(unwrapInboundIn(data)) }
    func channelInactive(context: ChannelHandlerContext) { answer.fail(Unreachable()) }
    func errorCaught(context: ChannelHandlerContext, error: any Error) { answer.fail(error) }
  }
}
