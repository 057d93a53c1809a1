import Model
import Testing

@Suite struct ArtworkIDTests {
  private func hash(_ head: [UInt8], _ rest: UInt8 = 0) -> [UInt8] {
    Array((head + [UInt8](repeating: rest, count: 32)).prefix(32))
  }

  /// Crockford's alphabet, five bits a digit, the first bit of the hash first.
  @Test(
    arguments: [
      ([], 0, 12, "000000000000"), ([], 0xFF, 12, "zzzzzzzzzzzz"),
      ([0b00001_000, 0b10_00011_0], 0, 4, "1230"),
      ([0x08, 0x86, 0x42, 0x98, 0xE8, 0x4A, 0x96, 0xC6], 0, 12, "123456789abc"),
      ([0xBA, 0x78, 0x16, 0xBF, 0x8F, 0x01, 0xCF, 0xEA], 0, 12, "q9w1dfwf077y"), ([0x80], 0, 1, "g"),
    ] as [([UInt8], UInt8, Int, String)])
  func mints(head: [UInt8], rest: UInt8, length: Int, id: String) {
    #expect(ArtworkID(mintedFrom: hash(head, rest), length: length).rawValue == id)
  }

  @Test func aLongerIdBeginsWithTheShorter() {
    let bytes = (0..<32).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 19) }
    let longest = ArtworkID(mintedFrom: bytes, length: 51).rawValue
    for length in 1...51 {
      let id = ArtworkID(mintedFrom: bytes, length: length).rawValue
      #expect(id.count == length && longest.hasPrefix(id))
    }
    #expect(ArtworkID(mintedFrom: bytes).rawValue.count == 12)
    #expect(ArtworkID(catalogue: longest) != nil)
  }

  /// 255 of the 256 bits tell.
  @Test func everyBitButTheLastCounts() {
    let plain = ArtworkID(mintedFrom: hash([]), length: 51)
    for bit in 0..<256 {
      var bytes = hash([])
      bytes[bit / 8] = 0x80 >> UInt8(bit % 8)
      #expect((ArtworkID(mintedFrom: bytes, length: 51) == plain) == (bit == 255))
    }
  }

  @Test(arguments: ["A", "inv. 12/3", "ä 画 é", "a-b", String(repeating: "x", count: 200), "'; DROP TABLE"])
  func takesACataloguesId(text: String) { #expect(ArtworkID(catalogue: text)?.rawValue == text) }

  @Test(arguments: [
    "", "-", "-A", "--id", "a\nb", "a\tb", "\0", "a\u{7F}", "a\u{9B}b", String(repeating: "x", count: 201),
  ])
  func refusesWhatNoIdCanBe(text: String) { #expect(ArtworkID(catalogue: text) == nil) }

  @Test func isOrdered() {
    #expect(
      ["b", "a", "B", "10", "9"].map(ArtworkID.init(rawValue:)).sorted().map(\.rawValue) == [
        "10", "9", "B", "a", "b",
      ])
  }
}

@Suite struct FingerprintTests {
  @Test func writesHexadecimal() {
    let bytes = (0..<32).map { UInt8($0 * 8 + 7) }
    #expect(
      Fingerprint(bytes: bytes).hexadecimal
        == "070f171f272f373f474f575f676f777f878f979fa7afb7bfc7cfd7dfe7eff7ff")
    #expect(
      Fingerprint(bytes: [UInt8](repeating: 0, count: 32)).hexadecimal == String(repeating: "00", count: 32))
  }

  @Test func isEqualByItsBytes() {
    let zeros = Fingerprint(bytes: [UInt8](repeating: 0, count: 32))
    var bytes = zeros.bytes
    bytes[31] = 1
    #expect(Fingerprint(bytes: bytes) != zeros)
    #expect(Set([zeros, Fingerprint(bytes: zeros.bytes), Fingerprint(bytes: bytes)]).count == 2)
  }
}
