import Model

/// What a piece of a date means, whatever the language it is written in.
enum YearSign: Hashable, Sendable {
  /// A number and how many digits it was written with, because "05" may continue "1701".
  case number(Int, digits: Int)
  /// "17th", "XVIIe", "first".
  case ordinal(Int)
  /// A Roman numeral without an ending: a century, or a year.
  case roman(Int)
  /// "last", before a fraction.
  case last
  /// "half" 2, "third" 3, "quarter" 4.
  case fraction(Int)
  /// Italian "metà", Spanish "mitad": a half after an ordinal, otherwise the middle.
  case halfOrMiddle
  case part(YearPart)
  /// A part that stands behind its date: "世紀末".
  case trailingPart(YearPart)
  case century
  /// What follows the number of a decade: "s", "er Jahre", "年代".
  case decadeSuffix
  /// What precedes the number of a decade: "années", "década de".
  case decadePrefix
  case circa
  case before, after, from, until
  /// "between": two dates must follow.
  case between
  /// After a date: "or earlier", "or later".
  case orEarlier, orLater
  /// "present", as the end of a span: it is open.
  case present
  case dash, slash, dot, comma, bracket
  /// "and", "or".
  case join
  case bce, ce
  /// An era that stands before its date only: "公元前". Behind a date the same word means "before".
  case leadingBCE
  /// A named month or season: only its year counts.
  case month
  /// "年", "月", "日".
  case yearMark, monthMark, dayMark
  case period(YearRange, PeriodKind)
  /// Letters that mean one thing before a number and another behind it: circa or century; siglo, siècle or the "s"
  /// of a decade; hacia or Hälfte.
  case letterC, letterS, letterH
  /// Understood, and of no account: "the", "probably", "dynasty".
  case nothing
}

/// What sort of span a date names, the finest first. Side by side, a finer one narrows a coarser one.
enum PeriodKind: Int, Hashable, Sendable, Comparable {
  case exact, century, reign, dynasty

  static func < (a: PeriodKind, b: PeriodKind) -> Bool { a.rawValue < b.rawValue }
}

/// A part of a span: the `index`-th (from 0) of `count` equal ones.
struct YearPart: Hashable, Sendable {
  let index: Int
  let count: Int

  static let early = YearPart(index: 0, count: 3)
  static let middle = YearPart(index: 1, count: 3)
  static let late = YearPart(index: 2, count: 3)

  /// The years of `range` that lie in this part, whole or cut. A range with an open end stays as it is.
  func of(_ range: YearRange) -> YearRange {
    guard let earliest = range.earliest, let latest = range.latest else { return range }
    let first = earliest.countingYearZero
    let years = latest.countingYearZero - first + 1
    let lower = first + years * index / count
    let upper = first + (years * (index + 1) + count - 1) / count - 1
    return YearRange(lower.withoutYearZero...upper.withoutYearZero)
  }
}

extension Int {
  /// A historian's year (never 0) as an astronomer counts: 1 BC is 0, 2 BC is −1.
  var countingYearZero: Int { self > 0 ? self : self + 1 }
  /// An astronomer's year as historians count.
  var withoutYearZero: Int { self > 0 ? self : self - 1 }
  /// This year, `years` years on; steps over the year 0, which is not there.
  func shiftedYear(by years: Int) -> Int { (countingYearZero + years).withoutYearZero }
}
