import Neural
import TestSupport
import Testing

@Suite struct SafeTensorsTests {
  @Test func readsEveryTypeOfNumber() throws {
    var file = TensorFile()
    file.add(json: #""__metadata__":{"name":"x"}"#)
    file.add("full", "F32", [2], [0, 0, 0x80, 0x3F, 0, 0, 0x20, 0xC1])
    file.add("half", "F16", [2, 2], [0, 0x3C, 0, 0xC0, 1, 0, 0xFF, 0x7B])
    file.add("brain", "BF16", [1], [0x80, 0x3F])
    let bytes = file.bytes
    let tensors = try SafeTensors(bytes.span)
    #expect(tensors.metadata == ["name": "x"])
    #expect(tensors.tensors["half"]?.shape == [2, 2])
    #expect(try tensors.values(of: "full", in: bytes.span) == [1, -10])
    #expect(try tensors.values(of: "half", in: bytes.span) == [1, -2, 0x1p-24, 65504])
    #expect(try tensors.values(of: "brain", in: bytes.span) == [1])
    #expect(throws: SafeTensorsError.missing(tensor: "none")) {
      try tensors.values(of: "none", in: bytes.span)
    }
  }

  @Test func numbersThatAreNotFinite() throws {
    for bits: [UInt8] in [[0, 0x7C], [1, 0x7E]] {
      var file = TensorFile()
      file.add("x", "F16", [1], bits)
      let bytes = file.bytes
      let tensors = try SafeTensors(bytes.span)
      #expect(throws: SafeTensorsError.notFinite(tensor: "x")) { try tensors.values(of: "x", in: bytes.span) }
    }
  }

  private func error(_ bytes: [UInt8]) -> SafeTensorsError? {
    do throws(SafeTensorsError) {
      _ = try SafeTensors(bytes.span)
      return nil
    } catch { return error }
  }

  @Test func headersThatAreNone() {
    #expect(error([]) == .truncated)
    #expect(error([1, 2, 3]) == .truncated)
    #expect(error([9, 0, 0, 0, 0, 0, 0, 0, 0x7B, 0x7D]) == .truncated)
    for text in [
      "", "[]", "{", "{\"x\":1}", "{\"x\":{\"dtype\":\"F32\"}}", "\u{0}",
      "{\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4,8]}}",
      "{\"x\":{\"dtype\":\"F32\",\"shape\":[1e99],\"data_offsets\":[0,4]}}", "{\"__metadata__\":{\"a\":1}}",
    ] {
      let json = Array(text.utf8)
      guard case .badHeader? = error([UInt8(json.count), 0, 0, 0, 0, 0, 0, 0] + json) else {
        Issue.record("\(text)")
        continue
      }
    }
    guard
      case .badHeader? = error(
        [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF] + [UInt8](repeating: 0, count: 64))
    else {
      Issue.record("a header of 2^64 bytes")
      return
    }
    let deep = Array(String(repeating: "[", count: 100_000).utf8)
    guard case .badHeader? = error((0..<8).map { UInt8(truncatingIfNeeded: deep.count >> (8 * $0)) } + deep)
    else {
      Issue.record("a deep header")
      return
    }
  }

  @Test(arguments: [
    "[0,3]", "[0,8]", "[4,8]", "[-4,0]", "[4,0]", "[0,9223372036854775807]",
    "[9223372036854775804,9223372036854775807]",
  ])
  func offsetsThatLie(offsets: String) {
    var file = TensorFile()
    file.add(json: "\"x\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":\(offsets)}")
    file.add(data: [0, 0, 0, 0])
    #expect(error(file.bytes) == .badLayout(tensor: "x"))
  }

  @Test(arguments: [
    "[-1]", "[-1,-1]", "[4611686018427387904,4]", "[9223372036854775807,9223372036854775807]", "[2]", "[0]",
  ])
  func shapesThatLie(shape: String) {
    var file = TensorFile()
    file.add(json: "\"x\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[0,4]}")
    file.add(data: [0, 0, 0, 0])
    #expect(error(file.bytes) == .badLayout(tensor: "x"))
  }

  @Test func overlapsHolesAndRests() {
    func entry(_ name: String, _ from: Int, _ to: Int) -> String {
      "\"\(name)\":{\"dtype\":\"U8\",\"shape\":[\(to - from)],\"data_offsets\":[\(from),\(to)]}"
    }
    for (second, rest) in [((2, 6), 6), ((5, 8), 8), ((4, 8), 7)] {
      var file = TensorFile()
      file.add(json: entry("a", 0, 4))
      file.add(json: entry("b", second.0, second.1))
      file.add(data: [UInt8](repeating: 0, count: rest))
      #expect(error(file.bytes) == .badLayout(tensor: "b"))
    }
    var file = TensorFile()
    file.add(json: entry("a", 0, 4))
    file.add(data: [UInt8](repeating: 0, count: 5))
    guard case .badHeader? = error(file.bytes) else {
      Issue.record("a byte that belongs to nobody")
      return
    }
  }

  /// Whatever happens to a sound file, it is read or refused, and never kills.
  @Test func damagedFiles() throws {
    let sound = try Golden("tiny").bytes
    var numbers = SeededGenerator(seed: 12)
    var refused = 0
    for _ in 0..<400 {
      var bytes = sound
      for _ in 0..<Int.random(in: 1...4, using: &numbers) {
        bytes[Int.random(in: 0..<3500, using: &numbers)] = UInt8.random(in: 0...255, using: &numbers)
      }
      if Bool.random(using: &numbers) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &numbers)) }
      do throws(SafeTensorsError) {
        let tensors = try SafeTensors(bytes.span)
        var network = try StyleNetwork(tensors, in: bytes.span, side: 48)
        let isFinite = network(FeatureMap(width: 48, height: 48, channels: 3)).allSatisfy { $0.isFinite }
        #expect(isFinite)
      } catch { refused += 1 }
    }
    #expect(refused > 200)
  }
}
