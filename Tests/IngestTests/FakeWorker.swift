import Features
import Foundation
import Imaging
import Ingest
import Model
import Platform
import SystemPackage

/// A folder with files and a worker that does to each what its first line says: no picture is ever decoded.
final class FakeWorker {
  let folder: FilePath
  var scans: FilePath { folder.appending("scans") }
  private var log: FilePath { folder.appending("log") }

  init() throws {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("morelli-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: url.appendingPathComponent("scans"), withIntermediateDirectories: true)
    folder = FilePath(url.resolvingSymlinksInPath().path)
    try Self.script.write(toFile: folder.appending("worker.py").string, atomically: false, encoding: .utf8)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder.string) }

  var program: Worker.Program {
    let block = VisualSchema.standard.measured.map { "\($0.name.rawValue):\($0.version):\($0.dimension)" }
    return Worker.Program(
      arguments: ["/usr/bin/env", "python3", "-S", folder.appending("worker.py").string, log.string] + block)
  }

  /// Short times and little memory.
  static func settings(seconds: Int = 20) -> WorkerSettings {
    var settings = WorkerSettings(seconds: seconds)
    settings.limits.memory = 100 << 20
    return settings
  }

  /// Writes what the worker is to do into a file.
  @discardableResult
  func write(_ order: String, to name: String) throws -> FilePath {
    let path = scans.appending(name)
    try FileManager.default.createDirectory(
      atPath: path.removingLastComponent().string, withIntermediateDirectories: true)
    try Data(order.utf8).write(to: URL(fileURLWithPath: path.string))
    return path
  }

  func remove(_ name: String) throws {
    try FileManager.default.removeItem(atPath: scans.appending(name).string)
  }

  /// What was asked so far: the number of the worker process, and the file's name.
  var requests: [(process: Int, name: String)] {
    guard let text = try? String(contentsOfFile: log.string, encoding: .utf8) else { return [] }
    return text.split(separator: "\n").compactMap { line in
      let parts = line.split(separator: " ", maxSplits: 1)
      guard parts.count == 2, let process = Int(parts[0]) else { return nil }
      return (process, FilePath(String(parts[1])).lastComponent?.string ?? "")
    }
  }

  private static let script = #"""
    import base64, hashlib, json, os, signal, struct, sys, time

    log, blocks = sys.argv[1], [b.split(":") for b in sys.argv[2:]]

    def read(count):
        data = b""
        while len(data) < count:
            part = os.read(0, count - len(data))
            if not part:
                os._exit(0)
            data += part
        return data

    def frame():
        return read(struct.unpack("<I", read(4))[0])

    def send(data):
        os.write(1, struct.pack("<I", len(data)) + data)

    def refuse(code):
        send(json.dumps({"refused": {"_0": {"code": code, "reason": "as asked"}}}).encode())

    def first_time(path):
        try:
            os.close(os.open(path + b".once", os.O_CREAT | os.O_EXCL))
            return True
        except FileExistsError:
            return False

    def measure(data, status):
        vectors = [{"name": n, "version": int(v), "vector": [0x3F800000] + [0] * (int(d) - 1)} for n, v, d in blocks]
        send(json.dumps({"measured": {"_0": {
            "seen": {"size": status.st_size, "modified": status.st_mtime_ns, "changed": status.st_ctime_ns,
                     "inode": status.st_ino},
            "contentHash": {"bytes": list(hashlib.sha256(data).digest())},
            "pictureHash": {"bytes": list(hashlib.sha256(b"picture" + data).digest())},
            "format": "jpeg", "width": 3, "height": 2, "blocks": vectors,
            "palette": {"swatches": [{"l": 1, "a": 2, "b": 3, "share": 1}]},
            "copies": {"views": [{"thumbnail": [0] * 144}]}}}}).encode())

    frame()
    send(b"")
    while True:
        path = base64.b64decode(json.loads(frame())["path"])
        with open(log, "ab") as file:
            file.write(b"%d %s\n" % (os.getpid(), path))
        try:
            data, status = open(path, "rb").read(), os.stat(path)
        except FileNotFoundError:
            refuse("vanished")
            continue
        order, *rest = data.decode("latin-1").split("\n")[0].split() or ["ok"]
        if order == "hang":
            time.sleep(100)
        elif order == "exit":
            os._exit(int(rest[0]))
        elif order == "signal" or (order == "signal-once" and first_time(path)):
            os.kill(os.getpid(), int(rest[0]))
        elif order == "balloon":
            blob = b"x" * (300 << 20)
            time.sleep(100)
        elif order == "garbage":
            os.write(1, b"the decoder says hello\n")
            time.sleep(100)
        elif order == "nonsense":
            send(b"[1, 2")
        elif order == "half":
            os.write(1, struct.pack("<I", 100) + b"{")
            time.sleep(100)
        elif order == "half-then-exit":
            os.write(1, struct.pack("<I", 100) + b"{")
            os._exit(0)
        elif order == "close":
            os.close(1)
            time.sleep(100)
        elif order == "refuse":
            refuse(rest[0])
        elif order == "refuse-once" and first_time(path):
            refuse(rest[0])
        elif order == "refuse-and-rewrite":
            with open(path, "wb") as file:
                file.write(b"ok, now it is whole")
            refuse(rest[0])
        else:
            measure(data, status)
    """#
}
