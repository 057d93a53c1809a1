import Foundation
import Testing

extension EndToEnd {
  /// What stands under packaging/.
  @Suite("packaging") struct PackagingTests {
    @Test func `The units are understood, and leave little open`() throws {
      let check = Process()
      check.executableURL = Repository.root.appendingPathComponent("tools/check-service")
      let pipe = Pipe()
      check.standardOutput = pipe
      check.standardError = pipe
      check.standardInput = FileHandle.nullDevice
      try check.run()
      let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      check.waitUntilExit()
      #expect(check.terminationStatus == 0, "\(said)")
      #expect(said.contains("exposure") || said.contains("No systemd-analyze"), "\(said)")
    }
  }
}
