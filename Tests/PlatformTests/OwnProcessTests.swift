import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct OwnProcessTests {
  /// The program's name is made to mislead.
  @Test func readsTheFields() throws {
    let text =
      "4711 (a) S 9 (b) R 1 4711 4711 0 -1 4194560 100 0 0 0 250 50 1 2 20 0 7 0 12345 99999744 321 18446744073709551615 1 1\n"
    let figures = try #require(OwnProcess.figures(stat: text, descriptors: 12))
    #expect(figures.residentBytes == 321 * Int(getpagesize()))
    #expect(figures.threads == 7)
    #expect(figures.openDescriptors == 12)
    #expect(figures.processorSeconds == 300 / Double(sysconf(Int32(_SC_CLK_TCK))))
    #expect(OwnProcess.figures(stat: "4711 (a) R 1 2", descriptors: 1) == nil)
    #expect(OwnProcess.figures(stat: "", descriptors: 1) == nil)
  }

  /// In a process of its own, where no other test opens files and starts threads.
  @Test func followsThisProcess() async {
    await #expect(processExitsWith: .success) {
      let before = try #require(OwnProcess.figures)
      #expect(before.residentBytes > 1 << 20 && before.threads >= 1)
      let files = try (0..<10).map { _ in try FileDescriptor.open(FilePath("/dev/null"), .readOnly) }
      let block = [UInt8](repeating: 1, count: 64 << 20)
      let end = DispatchSemaphore(value: 0)
      for _ in 0..<5 { Thread { end.wait() }.start() }
      let start = clock()
      while clock() - start < CLOCKS_PER_SEC / 5 {}
      let after = try #require(OwnProcess.figures)
      #expect(after.openDescriptors - before.openDescriptors == 10)
      #expect(after.threads - before.threads >= 5)
      #expect(after.residentBytes - before.residentBytes > 60 << 20)
      #expect((0.15...5).contains(after.processorSeconds - before.processorSeconds))
      for file in files { try file.close() }
      for _ in 0..<5 { end.signal() }
      withExtendedLifetime(block) {}
    }
  }

  @Test func readsAnotherProcess() throws {
    let child = try ChildProcess(["/bin/cat"])
    try child.stream.write([1])
    _ = try child.stream.read()
    let figures = try #require(OwnProcess.figures(of: child.identifier))
    let listed = try FileManager.default.contentsOfDirectory(atPath: "/proc/\(child.identifier)/fd")
    #expect(figures.openDescriptors == listed.count && listed.count >= 3)
    #expect(figures.threads == 1 && figures.residentBytes > 0)
    _ = child.kill()
    #expect(OwnProcess.figures(of: child.identifier) == nil)
  }
}
