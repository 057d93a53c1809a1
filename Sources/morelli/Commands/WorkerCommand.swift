import ArgumentParser
import Ingest

/// Measures the files that another Morelli process asks for. Not for people.
struct WorkerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "worker", abstract: "Measures files for a parent process.", shouldDisplay: false)

  /// How this program starts a worker: the very file that is running, even after it was replaced on disk.
  static let program = Worker.Program(arguments: ["/proc/self/exe", configuration.commandName ?? "worker"])

  func run() throws { try WorkerMain.run() }
}
