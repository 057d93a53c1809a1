import Server
import Testing

@Suite struct ReplyPartTests {
  @Test(arguments: [
    ("bytes=0-9", 0..<10), ("bytes=90-", 90..<100), ("bytes=-10", 90..<100), ("bytes=50-1000", 50..<100),
    ("bytes=-1000", 0..<100), ("bytes=99-99", 99..<100),
  ])
  func partsOfAHundredBytes(header: String, part: Range<Int>) {
    #expect(ReplyWriting.part(header, of: 100) == part)
  }

  @Test(arguments: ["bytes=100-", "bytes=9-3", "bytes=-0", "bytes=200-300"])
  func thereAreNoSuchParts(header: String) { #expect(ReplyWriting.part(header, of: 100)?.isEmpty == true) }

  @Test(arguments: ["items=0-9", "bytes=0-1,5-6", "bytes=a-b", "bytes=", "bytes=1-2-3"])
  func whatIsNoRangeIsPassedOver(header: String) { #expect(ReplyWriting.part(header, of: 100) == nil) }
}
