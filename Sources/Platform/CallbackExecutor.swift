/// Runs tasks wherever a callback puts them, such as on a server's event loop: between tasks and callbacks of the same thread nothing
/// has to be woken then.
package final class CallbackExecutor: TaskExecutor {
  private let schedule: @Sendable (@escaping @Sendable () -> Void) -> Void

  /// - Parameter schedule: has what it is given run soon, once, in the order in which it was given.
  package init(_ schedule: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void) {
    self.schedule = schedule
  }

  package func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    // Each job comes here once, and is run once.
    schedule { [self] in unsafe job.runSynchronously(on: asUnownedTaskExecutor()) }
  }
}
