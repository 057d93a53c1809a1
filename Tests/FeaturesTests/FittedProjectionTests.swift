import Features
import Testing

@Suite struct FittedProjectionTests {
  /// Raw dimension 2, block dimension 2: mean (1, 2), scale (2, 1), rows (1, 0) and (0.5, -2) in binary16.
  private let payload: [UInt32] = [
    Float(1).bitPattern, Float(2).bitPattern, Float(2).bitPattern, Float(1).bitPattern, 0x0000_3C00,
    0xC000_3800,
  ]

  private func words(_ payload: [UInt32], checksum: UInt32? = nil) -> [UInt32] {
    [FittedProjection.magic, 7, 2, 2, checksum ?? FittedProjection.checksum(payload)] + payload
  }

  private func error(_ words: [UInt32]) -> FittedProjectionError? {
    do {
      _ = try FittedProjection(words: words)
      return nil
    } catch { return error }
  }

  /// x = (3, 1): centred (2, -1), scaled (4, -1), times the rows (4 - 0.5, 2) = (3.5, 2), over its norm.
  @Test func projectsByHand() throws {
    let projection = try FittedProjection(words: words(payload))
    #expect(projection.version == 7)
    let norm = Float(3.5 * 3.5 + 4).squareRoot()
    #expect(largestDifference(projection([3, 1].span), [3.5 / norm, 2 / norm]) < 1e-6)
  }

  @Test func theMeanItselfAnswersWithAUnitVector() throws {
    let projection = try FittedProjection(words: words(payload))
    #expect(projection([1, 2].span) == [1, 0])
  }

  /// FNV-1a of the four bytes "foob", a published test vector.
  @Test func checksumIsFNV1a() {
    #expect(FittedProjection.checksum([0x626F_6F66]) == 0x3F50_76EF)
  }

  @Test func damageIsRefused() {
    #expect(error([]) == .notAProjection)
    #expect(error([1] + words(payload).dropFirst()) == .notAProjection)
    #expect(error(words(payload).dropLast()) == .wrongSize)
    #expect(error(words(payload, checksum: 1)) == .wrongChecksum)
    #expect(error(words(Array(payload.dropLast()) + [0x0000_7C00])) == .notFinite)
    #expect(error(words(payload)) == nil)
  }
}
