import Metrics
import Telemetry

/// What `/metrics` says of a daemon beside what is counted where it happens.
enum DaemonMetrics {
  static let help = [
    "morelli_stored_total": "Files whose signatures were stored.",
    "morelli_refused_total": "Files that are not in, by the reason's code.",
    "morelli_answer_seconds": "Time that questions take.",
    "morelli_recommend_seconds": "Time that lists for people take.",
    "morelli_recommended_works": "Works that a strategy has shown in the last four weeks.",
    "morelli_recommended_rate":
      "Of those the share with which something was done that names the list: view, like, purchase.",
    "morelli_feedback_total": "Events of people that were kept, by kind.",
    "morelli_measure_seconds": "Time that a file takes in its worker.",
    "morelli_store_seconds": "Time that storing a batch takes, to the disk.",
    "morelli_queue_oldest_seconds": "How long the file has been waiting that waits the longest.",
    "morelli_queue_files": "Files by how far they are: waiting, measuring, measured.",
    "morelli_pending_signatures": "Signatures newer than the generation in use.",
    "morelli_generation": "The number of the generation in use; 0 for none.",
    "morelli_building": "1 while another generation is built.",
    "morelli_paused": "1 while nothing can be stored.",
    "morelli_resident_bytes": "Memory of the daemon, without its workers.",
    "morelli_missing_total": "Files that were found to be gone.",
    "morelli_roots_lost": "Watched folders that are not there.",
  ]

  /// Has gauges set whenever they are read.
  static func register(_ registry: PrometheusRegistry, _ state: @escaping @Sendable () -> DaemonState) {
    registry.collect {
      let now = state()
      func set(_ name: String, _ value: Double, _ labels: [(String, String)] = []) {
        Gauge(label: name, dimensions: labels).record(value)
      }
      set("morelli_queue_files", Double(now.queue.waiting), [("state", "waiting")])
      set("morelli_queue_files", Double(now.queue.measuring), [("state", "measuring")])
      set("morelli_queue_files", Double(now.queue.measured), [("state", "measured")])
      set("morelli_queue_oldest_seconds", now.queue.oldestSeconds)
      set("morelli_pending_signatures", Double(now.pending))
      set("morelli_generation", Double(now.generation ?? 0))
      set("morelli_building", now.isBuilding ? 1 : 0)
      set("morelli_paused", now.paused == nil ? 0 : 1)
      set("morelli_resident_bytes", Double(now.residentBytes))
      set("morelli_missing_total", Double(now.counts.missing))
      set("morelli_roots_lost", Double(now.roots.count { $0.state != "watched" }))
    }
  }

  /// For the service manager.
  static func sentence(_ state: DaemonState) -> String {
    if let paused = state.paused { return "paused: \(paused)" }
    let left = state.queue.waiting + state.queue.measuring + state.queue.measured
    return left > 0 ? "\(left) files to go" : "up to date"
  }
}
