/// Who looks on while a model is trained.
package struct TrainingWatch: Sendable {
  /// Told now and then which part is done, 0…1.
  package var progress: @Sendable (Double) -> Void
  /// Asked now and then; after true, training throws `RecommendError` with the code `stopped`.
  package var isStopped: @Sendable () -> Bool

  package init(
    progress: @escaping @Sendable (Double) -> Void = { _ in },
    isStopped: @escaping @Sendable () -> Bool = { false }
  ) {
    (self.progress, self.isStopped) = (progress, isStopped)
  }

  /// Tells how far it is, and throws where it is to stop.
  func step(_ done: Int, of all: Int) throws {
    if isStopped() { throw Self.stopped }
    progress(all == 0 ? 1 : Double(done) / Double(all))
  }

  static let stopped = RecommendError(.stopped, "the training was stopped")
}
