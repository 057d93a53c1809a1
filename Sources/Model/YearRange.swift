/// The years between which a work was made, both included; either end may be open.
///
/// Years are those that historians write, not the astronomers': 1650 is AD 1650, −1 is 1 BC, and there is no year
/// 0. At least one end is known: a work without any date has no range.
package struct YearRange: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The first year possible; nil: open ("before 1700").
  package let earliest: Int?
  /// The last year possible, not before `earliest`; nil: open ("after 1700").
  package let latest: Int?

  /// nil unless at least one end is given, neither is the year 0, and they are in order.
  package init?(earliest: Int?, latest: Int?) {
    guard earliest != nil || latest != nil, earliest != 0, latest != 0 else { return nil }
    if let earliest, let latest, earliest > latest { return nil }
    self.earliest = earliest
    self.latest = latest
  }

  /// A closed range of years. Neither end is 0.
  package init(_ years: ClosedRange<Int>) {
    precondition(years.lowerBound != 0 && years.upperBound != 0, "there is no year 0")
    earliest = years.lowerBound
    latest = years.upperBound
  }

  /// One year, not 0.
  package init(_ year: Int) { self.init(year...year) }

  /// That year, not 0, or any later one.
  package init(_ years: PartialRangeFrom<Int>) {
    precondition(years.lowerBound != 0, "there is no year 0")
    earliest = years.lowerBound
    latest = nil
  }

  /// That year, not 0, or any earlier one.
  package init(_ years: PartialRangeThrough<Int>) {
    precondition(years.upperBound != 0, "there is no year 0")
    earliest = nil
    latest = years.upperBound
  }

  /// Checks what ``init(earliest:latest:)`` checks, so that no broken range comes out of a file.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let earliest = try container.decodeIfPresent(Int.self, forKey: .earliest)
    let latest = try container.decodeIfPresent(Int.self, forKey: .latest)
    guard let range = YearRange(earliest: earliest, latest: latest) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "not a range of years"))
    }
    self = range
  }

  private enum CodingKeys: String, CodingKey { case earliest, latest }

  /// `earliest` with an open end as the smallest number, for comparing.
  package var lowerBound: Int { earliest ?? .min }
  /// `latest` with an open end as the largest number, for comparing.
  package var upperBound: Int { latest ?? .max }

  /// Whether some year may belong to both.
  package func overlaps(_ other: YearRange) -> Bool {
    lowerBound <= other.upperBound && other.lowerBound <= upperBound
  }

  /// The years that belong to both, nil where there are none.
  package func intersection(_ other: YearRange) -> YearRange? {
    let lower = max(lowerBound, other.lowerBound)
    let upper = min(upperBound, other.upperBound)
    return YearRange(earliest: lower == .min ? nil : lower, latest: upper == .max ? nil : upper)
  }

  /// The smallest range that holds both, nil where that would be open at both ends.
  package func union(_ other: YearRange) -> YearRange? {
    let lower = min(lowerBound, other.lowerBound)
    let upper = max(upperBound, other.upperBound)
    return YearRange(earliest: lower == .min ? nil : lower, latest: upper == .max ? nil : upper)
  }

  /// As the tests and logs show it: `1650`, `1650…1655`, `…1699`, `1701…`, `-500`.
  package var description: String {
    if earliest == latest, let earliest { return "\(earliest)" }
    return (earliest.map(String.init) ?? "") + "…" + (latest.map(String.init) ?? "")
  }
}
