import Foundation

/// A program that was started, its output going to files, so that no pipe can fill up and no terminal is there.
final class RunningProgram {
  /// It was still running when its time was over, and has been killed.
  struct TookTooLong: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let output: URL
  private let errors: URL

  /// - Parameters:
  ///   - scratch: an existing folder for the output.
  ///   - input: what standard input gives, through a pipe; at most 64 KiB, for nobody waits for its reader.
  init(_ arguments: [String], environment: [String: String], directory: URL, scratch: URL, input: Data? = nil)
    throws
  {
    let name = UUID().uuidString
    output = scratch.appendingPathComponent("\(name).out")
    errors = scratch.appendingPathComponent("\(name).err")
    for file in [output, errors] { try Data().write(to: file) }
    // `env` unblocks signals: they are blocked on the threads on which tests run, and children inherit that.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["--default-signal", "--"] + arguments
    process.environment = environment
    process.currentDirectoryURL = directory
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    let pipe = input.map { _ in Pipe() }
    process.standardInput = pipe ?? FileHandle.nullDevice
    process.terminationHandler = { [ended] _ in ended.signal() }
    try process.run()
    if let pipe, let input {
      precondition(input.count <= 1 << 16, "a pipe takes 64 KiB")
      try pipe.fileHandleForWriting.write(contentsOf: input)
      try pipe.fileHandleForWriting.close()
    }
  }

  deinit {
    if process.isRunning { signal(SIGKILL) }
    for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
  }

  var identifier: Int32 { process.processIdentifier }

  var isRunning: Bool { process.isRunning }

  func signal(_ number: Int32) { kill(process.processIdentifier, number) }

  /// Waits for its end.
  ///
  /// - Throws: `TookTooLong` after so many seconds.
  func wait(seconds: Double) throws -> Outcome {
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      signal(SIGKILL)
      let call = process.arguments?.dropFirst(2).joined(separator: " ") ?? ""
      throw TookTooLong(description: "not done after \(seconds) s: \(call)")
    }
    ended.signal()  // whoever asks again need not wait
    return Outcome(
      status: process.terminationStatus, wasKilled: process.terminationReason == .uncaughtSignal,
      outputBytes: try Data(contentsOf: output),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }
}

/// How a program ended, and what it said.
struct Outcome: Sendable {
  /// The exit status, or the signal.
  let status: Int32
  let wasKilled: Bool
  let outputBytes: Data
  let errors: String

  var output: String { String(decoding: outputBytes, as: UTF8.self) }

  /// Standard output as one JSON document.
  func json() throws -> JSONValue { try JSONValue(outputBytes) }

  /// Standard output as one JSON document a line.
  func jsonLines() throws -> [JSONValue] {
    try output.split(separator: "\n").map { try JSONValue(Data($0.utf8)) }
  }
}
