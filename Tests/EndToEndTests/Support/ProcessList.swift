import Foundation

/// The processes of this machine, as `/proc` has them.
enum ProcessList {
  /// Worker processes that run this very program file. Give every test a file of its own to tell them apart.
  static func workers(of program: URL) -> [Int32] {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return entries.compactMap(Int32.init).filter { isWorker($0, of: program) }.sorted()
  }

  /// The worker has answered at least one request: it only ever writes answers, and none is shorter than this.
  static func hasAnswered(_ worker: Int32) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(worker)/io", encoding: .utf8),
      let line = text.split(separator: "\n").first(where: { $0.hasPrefix("wchar:") }),
      let written = Int(line.dropFirst("wchar: ".count))
    else { return false }
    return written > 200
  }

  private static func isWorker(_ process: Int32, of program: URL) -> Bool {
    guard let file = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(process)/exe"),
      file == program.path, let line = FileManager.default.contents(atPath: "/proc/\(process)/cmdline")
    else { return false }
    return line.split(separator: 0).dropFirst().first.map { String(decoding: $0, as: UTF8.self) } == "worker"
  }
}

/// Asks again and again, until it is so or the time is over.
func eventually(within seconds: Double, _ isSo: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(seconds)
  while Date() < deadline {
    if try isSo() { return true }
    usleep(5_000)
  }
  return try isSo()
}
