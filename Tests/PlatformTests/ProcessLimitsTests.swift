import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

/// Each test is a process of its own: a limit doesn't come back.
@Suite struct ProcessLimitsTests {
  @Test func processorTimeEndsTheProcess() async {
    await #expect(processExitsWith: .signal(SIGXCPU)) {
      signal(SIGXCPU, SIG_IGN)  // as a careless parent may leave it
      ProcessLimits.disableCoreDumps()
      ProcessLimits.endAfter(processorSeconds: 0)
      let deadline = ContinuousClock.now.advanced(by: .seconds(60))
      while ContinuousClock.now < deadline {}
    }
  }

  @Test func processorTimeIsSetAnew() async {
    await #expect(processExitsWith: .success) {
      ProcessLimits.endAfter(processorSeconds: 0)
      ProcessLimits.endAfter(processorSeconds: 1000)
      var limit = rlimit()
      unsafe getrlimit(__rlimit_resource_t(RLIMIT_CPU.rawValue), &limit)
      #expect((1000...1100).contains(limit.rlim_cur))
    }
  }

  @Test func noByteGoesIntoAFile() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "f").string
    await #expect(processExitsWith: .success) { [path = path as String] in
      let file = try FileDescriptor.open(FilePath(path), .writeOnly)
      let pipe = try FileDescriptor.pipe()
      signal(SIGXFSZ, SIG_DFL)
      ProcessLimits.forbidFileWriting()
      #expect(throws: Errno.fileTooLarge) { try file.writeAll("x".utf8) }
      #expect(try pipe.writeEnd.writeAll("x".utf8) == 1)
    }
    #expect(try FilePath(path).leadingBytes(1) == [])
  }

  @Test func descriptorsAreCounted() async {
    await #expect(processExitsWith: .success) {
      ProcessLimits.limitOpenFiles(32)
      var opened = 0
      #expect(throws: Errno.tooManyOpenFiles) {
        while opened < 100 {
          _ = try FileDescriptor.open(FilePath("/dev/null"), .readOnly)
          opened += 1
        }
      }
      #expect(opened < 32)
      // A limit doesn't grow.
      ProcessLimits.limitOpenFiles(64)
      #expect(throws: Errno.tooManyOpenFiles) { try FileDescriptor.open(FilePath("/dev/null"), .readOnly) }
    }
  }

  @Test func memoryIsRefused() async {
    await #expect(processExitsWith: .success) {
      ProcessLimits.limitAddressSpace(bytes: 1 << 40)
      let memory = unsafe mmap(nil, 1 << 41, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
      #expect(unsafe memory == MAP_FAILED)
    }
  }
}
