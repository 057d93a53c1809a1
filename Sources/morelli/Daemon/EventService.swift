import Catalog
import Foundation
import Model
import Server
import ServiceLifecycle

/// Tells listeners what happens: the daemon's state when it has changed, at most twice a second; works that are new; generations.
struct EventService: Service {
  private static let interval: Duration = .milliseconds(500)
  /// Intervals after which a comment keeps silent connections open.
  private static let beats = 30
  /// New works that are named at once.
  private static let named = 200

  let api: API

  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      var last = Data()
      var generation = api.collection.state.generation
      var change = (try? api.catalog.changeNumber()) ?? 0
      var beat = 0
      while true {
        try await Task.sleep(for: Self.interval)
        beat += 1
        guard api.events.hasListeners else {
          change = (try? api.catalog.changeNumber()) ?? change
          continue
        }
        if beat.isMultiple(of: Self.beats) { api.events.send(EventBroadcaster.comment) }
        if let status = try? Data(JSONOutput.text(api.statusDocument(isFull: false), pretty: false).utf8),
          status != last
        {
          last = status
          api.events.send(EventBroadcaster.event("status", status))
        }
        tellWorks(&change)
        let now = api.collection.state.generation
        if now != generation {
          generation = now
          api.events.send(
            EventBroadcaster.event(
              "generation", Data("{\"generation\":\(now.map(String.init) ?? "null")}".utf8)))
        }
      }
    }
    api.events.finish()
  }

  private func tellWorks(_ change: inout Int64) {
    guard let now = try? api.catalog.changeNumber(), now != change,
      let owners = try? api.catalog.signatureOwners(changedAfter: change)
    else { return }
    change = now
    let ids = Set(owners.values.map(\.rawValue)).sorted().prefix(Self.named)
    guard !ids.isEmpty, let data = try? JSONEncoder().encode(["ids": Array(ids)]) else { return }
    api.events.send(EventBroadcaster.event("works", data))
  }
}
