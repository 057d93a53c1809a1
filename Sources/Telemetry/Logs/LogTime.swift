import Foundation

/// Times in a log: RFC 3339, UTC, with milliseconds.
package enum LogTime {
  /// Milliseconds since 1970, by the system's clock.
  package static let now: @Sendable () -> Int64 = {
    Int64((Date().timeIntervalSince1970 * 1000).rounded(.down))
  }

  /// Such as `2026-02-28T23:59:59.007Z`.
  ///
  /// The day is taken apart by H. Hinnant's `civil_from_days` (2013, "chrono-Compatible Low-Level Date Algorithms"):
  /// a formatter costs more than the rest of a line.
  ///
  /// - Parameter milliseconds: since 1970; years 0…9999.
  package static func text(_ milliseconds: Int64) -> String {
    let (day, time) = divided(milliseconds, by: 86_400_000)
    // Years begin on 1 March, and eras of 400 years on 1 March of the year 0.
    let (era, dayOfEra) = divided(day + 719_468, by: 146_097)
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let month = (5 * dayOfYear + 2) / 153
    let year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0)
    let date = [
      padded(year, 4), padded(month < 10 ? month + 3 : month - 9, 2),
      padded(dayOfYear - (153 * month + 2) / 5 + 1, 2),
    ]
    let clock = [padded(time / 3_600_000, 2), padded(time / 60_000 % 60, 2), padded(time / 1000 % 60, 2)]
    return "\(date.joined(separator: "-"))T\(clock.joined(separator: ":")).\(padded(time % 1000, 3))Z"
  }

  private static func divided(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  private static func padded(_ value: Int64, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
