import Model

/// The core of a date: a year, perhaps with its day and month; a century; a decade; a period, perhaps with the
/// year of the reign.
extension YearGrammar {
  mutating func core(era: inout Point.Era?) -> Point.Core? {
    switch current {
    case .period(let range, let kind):
      position += 1
      return regnalYear(of: range, kind) ?? .period(range, kind)
    case .century, .letterS: return centuryBeforeItsNumber()
    case .decadePrefix:
      position += 1
      guard case .number(let value, let digits) = current else { return nil }
      position += 1
      _ = take(.decadeSuffix) || take(.letterS)
      return .decade(value, digits: digits)
    case .number, .ordinal, .roman, .month:
      return fullDate() ?? centuryOrOrdinal() ?? decadeOrYear(era: era)
    default: return nil
    }
  }

  /// "乾隆三十年": the 30th year of the era. nil, and nothing read, where no year follows or the era had fewer.
  private mutating func regnalYear(of range: YearRange, _ kind: PeriodKind) -> Point.Core? {
    guard kind == .reign, let first = range.earliest, let last = range.latest else { return nil }
    let number: Int
    let length: Int
    switch (current, peek(1)) {
    case (.number(let value, let digits), .yearMark) where digits <= 2: (number, length) = (value, 2)
    case (.ordinal(1), _): (number, length) = (1, 1)
    default: return nil
    }
    // An era's last year often outlives it by some months.
    guard number >= 1, first + number - 1 <= last + 1 else { return nil }
    position += length
    _ = monthAndDayBehind()
    return .year(first + number - 1, digits: 4)
  }

  /// "siglo XVII", "sec. XVI", "s. XIX".
  private mutating func centuryBeforeItsNumber() -> Point.Core? {
    position += 1
    guard let number = smallNumber(current) else { return nil }
    position += 1
    return .century(number)
  }

  /// "17th century", "XVII sec.", "17. Jh.", "十七世紀", "17世纪50年代"; or the "17th" of "17th–18th century".
  private mutating func centuryOrOrdinal() -> Point.Core? {
    guard let sign = current, let number = smallNumber(sign) else { return nil }
    let next = peek(1)
    let isPlainNumber = if case .number = sign { true } else { false }
    if next == .century || next == .letterC || (next == .letterS && !isPlainNumber) {
      position += 2
      if case .number(let decade, 2) = current, peek(1) == .decadeSuffix, decade % 10 == 0 {
        position += 2
        // The suffix makes "1600年代" of the first decade ambiguous, but not "17世纪00年代".
        return .period(
          YearRange((number - 1) * 100 + max(decade, 1)...(number - 1) * 100 + decade + 9), .century)
      }
      return .century(number)
    }
    if isPlainNumber { return nil }
    position += 1
    return .bareOrdinal(number)
  }

  private func smallNumber(_ sign: YearSign?) -> Int? {
    switch sign {
    case .ordinal(let value), .number(let value, 1), .number(let value, 2): value
    case .roman(let value) where value <= 30: value
    default: nil
    }
  }

  /// "1880s", "1650er Jahre", "1650年代", "1650", "1650年", "1888年5月12日", "MDCLII".
  private mutating func decadeOrYear(era: Point.Era?) -> Point.Core? {
    switch current {
    case .roman(let value):
      position += 1
      return .year(value, digits: 4)
    case .number(let value, let digits):
      position += 1
      if take(.decadeSuffix) || take(.letterS) { return .decade(value, digits: digits) }
      if take(.yearMark) {
        guard monthAndDayBehind() else { return nil }
        return .year(value, digits: digits)
      }
      if case .month = current {
        position += 1
        _ = day()
      }
      return .year(value, digits: digits)
    default: return nil
    }
  }

  /// "5月12日" behind a year, all or none of it; false where it is broken off.
  private mutating func monthAndDayBehind() -> Bool {
    guard case .number(let month, _) = current, peek(1) == .monthMark else { return true }
    position += 2
    guard case .number(let day, _) = current, peek(1) == .dayMark else { return (1...12).contains(month) }
    position += 2
    return (1...12).contains(month) && (1...31).contains(day)
  }

  /// "12 May 1888", "May 12, 1888", "May–June 1888", "1888-05-12", "12.5.1888", "5/1888"; nil, and nothing read, for
  /// anything else. Only the year counts, so that it need not be known whether 5/12 is in May or December.
  private mutating func fullDate() -> Point.Core? {
    numericDate() ?? dateWithMonthName()
  }

  private mutating func numericDate() -> Point.Core? {
    guard case .number(let first, let digits) = current, let separator = peek(1),
      separator == .dash || separator == .slash || separator == .dot,
      case .number(let second, let secondDigits) = peek(2)
    else { return nil }
    if peek(3) == separator, case .number(let third, let thirdDigits) = peek(4) {
      if digits == 4, secondDigits <= 2, thirdDigits <= 2, isDayAndMonth(second, third) {
        position += 5
        return .year(first, digits: digits)
      }
      if thirdDigits == 4, digits <= 2, secondDigits <= 2, isDayAndMonth(first, second) {
        position += 5
        return .year(third, digits: thirdDigits)
      }
    }
    guard separator != .dash, digits <= 2, secondDigits == 4, (1...12).contains(first) else { return nil }
    position += 3
    return .year(second, digits: secondDigits)
  }

  private func isDayAndMonth(_ a: Int, _ b: Int) -> Bool {
    (1...31).contains(a) && (1...31).contains(b) && min(a, b) <= 12
  }

  private mutating func dateWithMonthName() -> Point.Core? {
    let start = position
    _ = day()
    if take(.month) {
      while current == .dash || current == .slash || current == .join, peek(1) == .month { position += 2 }
      if case .number(_, let digits) = current, digits <= 2 { _ = day() }
      if current == .comma { position += 1 }
      if case .number(let year, let digits) = current, digits >= 3 {
        position += 1
        return .year(year, digits: digits)
      }
    }
    position = start
    return nil
  }

  /// "12", "12th", and steps over it.
  private mutating func day() -> Bool {
    guard let day = smallNumber(current), (1...31).contains(day) else { return false }
    position += 1
    return true
  }
}
