import Model
import Foundation
import IIIF
import Testing

/// A document as any client would read it.
struct JSONReading {
  private let value: Any?

  init(_ node: JSONNode) throws {
    value = try JSONSerialization.jsonObject(with: Data(node.bytes), options: .fragmentsAllowed)
  }

  private init(_ value: Any?) { self.value = value }

  subscript(_ name: String) -> JSONReading { JSONReading((value as? [String: Any])?[name]) }
  subscript(_ index: Int) -> JSONReading {
    let list = value as? [Any] ?? []
    return JSONReading(list.indices.contains(index) ? list[index] : nil)
  }

  var text: String? { value as? String }
  var number: Double? { (value as? NSNumber)?.doubleValue }
  var list: [JSONReading] { (value as? [Any] ?? []).map { JSONReading($0) } }
  var texts: [String] { value as? [String] ?? [] }
  var names: Set<String> { Set((value as? [String: Any] ?? [:]).keys) }
  var isMissing: Bool { value == nil }
}

struct JSONNodeTests {
  @Test("every character comes back as it was")
  func characters() throws {
    let text =
      (0..<0x250).compactMap { Unicode.Scalar($0) }.map(String.init).joined() + "\u{2028}画🖼\u{10FFFF}"
    #expect(try JSONReading(.text(text)).text == text)
    #expect(try JSONReading([.text("a\"b\\c\n")])[0].text == "a\"b\\c\n")
  }

  @Test("members keep their order, and what can't be a number is null")
  func order() {
    let node: JSONNode = ["b": .integer(-1), "a": [.flag(true), .number(0.5), .number(.nan)], "c": [:]]
    #expect(String(decoding: node.bytes, as: UTF8.self) == #"{"b":-1,"a":[true,0.5,null],"c":{}}"#)
  }
}
