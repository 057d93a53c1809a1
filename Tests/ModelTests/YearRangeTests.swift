import Foundation
import Model
import Testing

@Suite struct YearRangeTests {
  @Test func refusesWhatIsNoRange() {
    #expect(YearRange(earliest: nil, latest: nil) == nil)
    #expect(YearRange(earliest: 0, latest: 5) == nil)
    #expect(YearRange(earliest: -5, latest: 0) == nil)
    #expect(YearRange(earliest: 1651, latest: 1650) == nil)
    #expect(YearRange(earliest: 1650, latest: 1650) == YearRange(1650))
    #expect(YearRange(earliest: -1, latest: 1) == YearRange(-1...1))
  }

  /// Two ranges, their intersection, their union.
  private static let pairs: [(YearRange, YearRange, YearRange?, YearRange?)] = [
    (YearRange(1650...1655), YearRange(1655...1660), YearRange(1655), YearRange(1650...1660)),
    (YearRange(1650...1655), YearRange(1656), nil, YearRange(1650...1656)),
    (YearRange(...1699), YearRange(1650...1710), YearRange(1650...1699), YearRange(...1710)),
    (YearRange(...1699), YearRange(1701...), nil, nil),
    (YearRange(...1700), YearRange(1650...), YearRange(1650...1700), nil),
    (YearRange(-500 ... -450), YearRange((-460)...), YearRange(-460 ... -450), YearRange((-500)...)),
  ]

  @Test(arguments: pairs)
  func combines(a: YearRange, b: YearRange, both: YearRange?, either: YearRange?) {
    #expect(a.intersection(b) == both)
    #expect(b.intersection(a) == both)
    #expect(a.overlaps(b) == (both != nil))
    #expect(b.overlaps(a) == (both != nil))
    #expect(a.union(b) == either)
    #expect(b.union(a) == either)
  }

  @Test(arguments: [
    (YearRange(1650), "1650"), (YearRange(1650...1655), "1650…1655"), (YearRange(...1699), "…1699"),
    (YearRange(1701...), "1701…"), (YearRange(-500), "-500"),
  ])
  func describes(range: YearRange, text: String) {
    #expect(range.description == text)
  }

  @Test func codesAndChecks() throws {
    for range in [YearRange(1650...1655), YearRange(...1699), YearRange(1701...)] {
      let data = try JSONEncoder().encode(range)
      #expect(try JSONDecoder().decode(YearRange.self, from: data) == range)
    }
    for text in ["{}", #"{"earliest":0}"#, #"{"earliest":2,"latest":1}"#] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(YearRange.self, from: Data(text.utf8))
      }
    }
  }
}
