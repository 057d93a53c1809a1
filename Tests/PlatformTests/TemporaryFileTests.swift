import Foundation
import Glibc
import Platform
import SystemPackage
import Testing

@Suite struct TemporaryFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func copy(_ bytes: [UInt8], limit: Int) throws -> TemporaryFile {
    let source = try FileDescriptor.open(folder.write(bytes, to: Array("source".utf8)), .readOnly)
    return try source.closeAfter { try TemporaryFile.copying(source, limit: limit) }
  }

  @Test(arguments: [0, 1, 65_536, 65_537, 300_000])
  func copiesAllOfIt(count: Int) throws {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let file = try copy(bytes, limit: count)
    #expect(try file.path.leadingBytes(count + 1) == bytes)
  }

  @Test func isPrivateAndGoesAwayWithItsOwner() throws {
    var file: TemporaryFile? = try copy([1, 2, 3], limit: 10)
    let path = try #require(file?.path)
    let attributes = try FileManager.default.attributesOfItem(atPath: path.string)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    file = nil
    #expect(throws: Errno.noSuchFileOrDirectory) { try FileKind(at: path) }
  }

  @Test func refusesWhatIsTooLong() throws {
    #expect(throws: Errno.fileTooLarge) { try copy([1, 2, 3, 4], limit: 3) }
    #expect(throws: Errno.fileTooLarge) { try copy([UInt8](repeating: 1, count: 200_000), limit: 70_000) }
  }

  @Test func twoAtOnceHaveTheirOwnNames() throws {
    let one = try copy([1], limit: 10)
    let two = try copy([2], limit: 10)
    #expect(one.path != two.path)
    #expect(try one.path.leadingBytes(9) == [1])
  }
}
