import Model

extension YearGrammar {
  /// One date between connectors, perhaps with something left out that its neighbour says.
  struct Point {
    enum Core: Hashable {
      /// A year as written, with its number of digits.
      case year(Int, digits: Int)
      /// "17th" or "17": a century if the neighbour is one.
      case bareOrdinal(Int)
      case century(Int)
      /// A decade by its first year, with the digits that it was written with.
      case decade(Int, digits: Int)
      case period(YearRange, PeriodKind)

      var isCenturyOrDecade: Bool {
        switch self {
        case .century, .decade: true
        case .year, .bareOrdinal, .period: false
        }
      }
    }
    enum Era { case bce, ce }

    /// nil in "early to mid-17th century".
    var core: Core?
    var part: YearPart?
    var era: Era?
    var isCirca = false

    var kind: PeriodKind {
      switch core {
      case .century, .decade: .century
      case .period(_, let kind): kind
      default: .exact
      }
    }

    mutating func takeOver(fromFollowing next: Point) {
      if core == nil { core = next.core }
      if case .century = next.core { becomeCentury() }
      // "500–450 BC" is BC at both ends, while "27 BC–14" leaves the end in doubt.
      if era == nil, next.era == .bce { era = .bce }
    }

    mutating func takeOver(fromPreceding previous: Point) {
      if case .century = previous.core { becomeCentury() }
      guard previous.era != .bce, era != .bce else { return }
      switch (previous.core, core) {
      case (.year(let first, let full), .year(let short, let digits)) where digits < full:
        continueNumber(short, digits, after: first) { .year($0, digits: full) }
      case (.decade(let first, let full), .decade(let short, let digits)) where digits < full,
        (.year(let first, let full), .decade(let short, let digits)) where digits < full:
        continueNumber(short, digits, after: first) { .decade($0, digits: full) }
      default: break
      }
    }

    private mutating func becomeCentury() {
      switch core {
      case .bareOrdinal(let number): core = .century(number)
      case .year(let number, let digits) where digits <= 2: core = .century(number)
      default: break
      }
    }

    /// 55 after 1650 is 1655. ISO 8601 writes a month like that too: "1650-05", which can't be 1605, is in 1650.
    private mutating func continueNumber(
      _ short: Int, _ digits: Int, after first: Int, as core: (Int) -> Core
    ) {
      let unit = [1, 10, 100, 1000][min(digits, 3)]
      let whole = first / unit * unit + short
      if whole >= first / 10 * 10, whole >= first || short % 10 == 0 {
        self.core = core(whole)
      } else if digits == 2, (1...12).contains(short) {
        self.core = core(first)
      }
    }

    /// The years of this point as written, circa left aside; nil where it is no date by itself.
    var range: YearRange? {
      guard let whole = rangeOfCore() else { return nil }
      return part?.of(whole) ?? whole
    }

    private func rangeOfCore() -> YearRange? {
      switch core {
      case nil, .bareOrdinal: return nil
      case .year(let year, let digits):
        // A bare number below 100 is as likely a day, a month or an age.
        guard year > 0, digits >= 3 || era != nil else { return nil }
        return YearRange(era == .bce ? -year : year)
      case .century(let number):
        guard (1...1000).contains(number) else { return nil }
        let last = number * 100
        return YearRange(era == .bce ? -last ... -(last - 99) : last - 99...last)
      case .decade(let first, let digits):
        guard first > 0, digits >= 3, first % 10 == 0 else { return nil }
        let length = first % 100 == 0 ? 100 : 10
        return YearRange(era == .bce ? -(first + length - 1) ... -first : first...first + length - 1)
      case .period(let range, _):
        return era == nil ? range : nil
      }
    }
  }

  mutating func point() -> Point? {
    var point = Point()
    readPrefix(of: &point)
    if point.core == nil { point.core = core(era: &point.era) }
    // "early to mid-17th century": a part alone, if a connector follows.
    guard point.core != nil || point.part != nil else { return nil }
    readSuffix(of: &point)
    return point
  }

  private mutating func readPrefix(of point: inout Point) {
    while let sign = current {
      switch sign {
      case .circa: point.isCirca = true
      case .letterC where isDate(peek(1)), .letterH where isDate(peek(1)): point.isCirca = true
      case .part(let part) where point.part == nil: point.part = part
      case .halfOrMiddle where point.part == nil: point.part = .middle
      case .bracket where peek(1) != nil && (point.isCirca || point.part != nil): break
      case .dash where point.part != nil && peek(1).map(isNumeral) == true: break
      case .comma where point.part != nil && isCenturyOrDecade(at: 1): break
      case .bce, .ce, .leadingBCE:
        guard point.era == nil, isDate(peek(1)) else { return }
        point.era = sign == .ce ? .ce : .bce
      default:
        guard point.part == nil, let part = fractionalPart() else { return }
        point.part = part
        continue
      }
      position += 1
    }
  }

  /// "first half", "2. Viertel", "last third", "2. H.", and steps over it.
  private mutating func fractionalPart() -> YearPart? {
    guard let first = current else { return nil }
    let ordinal: Int? =
      switch first {
      case .ordinal(let value), .number(let value, 1), .roman(let value): value
      case .last: 0
      default: nil
      }
    let count: Int? =
      switch peek(1) {
      case .fraction(let count): count
      case .halfOrMiddle, .letterH: 2
      case .ordinal(3): 3
      default: nil
      }
    guard let ordinal, let count, ordinal <= count else { return nil }
    position += 2
    return YearPart(index: (ordinal == 0 ? count : ordinal) - 1, count: count)
  }

  private mutating func readSuffix(of point: inout Point) {
    while let sign = current {
      switch sign {
      case .bce where point.era == nil: point.era = .bce
      case .ce where point.era == nil: point.era = .ce
      case .circa where !isDate(peek(1)), .letterC where !isDate(peek(1)): point.isCirca = true
      case .trailingPart(let part) where point.part == nil && point.core != nil: point.part = part
      case .comma, .bracket, .part, .ordinal, .number, .roman, .last, .halfOrMiddle:
        guard point.part == nil, point.core?.isCenturyOrDecade == true, let part = partBehind() else {
          return
        }
        point.part = part
        continue
      default: return
      }
      position += 1
    }
  }

  /// "17th century, 4th quarter", "1880s (early)", and steps over the part; nil, and nothing read, where a date
  /// follows that the part belongs to: "17th century, early 18th century".
  private mutating func partBehind() -> YearPart? {
    let start = position
    _ = take(.comma) || take(.bracket)
    var part: YearPart?
    switch current {
    case .part(let named): (part, position) = (named, position + 1)
    case .halfOrMiddle: (part, position) = (.middle, position + 1)
    default: part = fractionalPart()
    }
    switch current {
    case nil, .bracket, .comma, .dash, .slash, .join, .until:
      if let part { return part }
    default: break
    }
    position = start
    return nil
  }

  /// Whether a century or a decade stands that far on: "17th century", "siglo XVII", "1880s".
  private func isCenturyOrDecade(at distance: Int) -> Bool {
    guard let sign = peek(distance) else { return false }
    if sign == .century || sign == .decadePrefix { return true }
    return isNumeral(sign)
      && [.century, .letterC, .letterS, .decadeSuffix].contains(peek(distance + 1))
  }

  private func isNumeral(_ sign: YearSign) -> Bool {
    switch sign {
    case .number, .ordinal, .roman: true
    default: false
    }
  }

  /// Whether a date may begin with the sign.
  private func isDate(_ sign: YearSign?) -> Bool {
    switch sign {
    case .number, .ordinal, .roman, .period, .month, .part, .last, .ce, .leadingBCE, .decadePrefix, .bracket,
      .circa, .century:
      true
    default: false
    }
  }
}
