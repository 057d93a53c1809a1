import Model

/// Puts the signs of a date together:
///
///     date  = span { [","|"("|")"] span }
///     span  = ( before | after | until | from ) point
///           | [ between | from ] point { ( dash | slash | join | until ) point } [ or earlier | or later ]
///           | [ from ] point ( dash | until ) present
///     point = { circa | part } [","] core { era | part | [","|"("] part | circa }   core: see YearGrammar+Core.swift
///
/// A recursive descent without look-back; whatever does not fit makes the whole date unreadable.
struct YearGrammar {
  let signs: [YearSign]
  let circaTolerance: Int
  var position = 0

  init(signs: [YearSign], circaTolerance: Int) {
    self.signs = signs
    self.circaTolerance = circaTolerance
  }

  var current: YearSign? { position < signs.count ? signs[position] : nil }

  func peek(_ distance: Int) -> YearSign? {
    position + distance < signs.count ? signs[position + distance] : nil
  }

  /// Steps over the sign if it is the current one.
  mutating func take(_ sign: YearSign) -> Bool {
    guard current == sign else { return false }
    position += 1
    return true
  }

  /// Years and what sort of date named them.
  struct Span {
    var range: YearRange
    var kind: PeriodKind
  }

  /// The whole text as one range; nil unless every sign found its place.
  mutating func date() -> YearRange? {
    while take(.join) || take(.bracket) || take(.comma) {}
    guard var result = span() else { return nil }
    while current != nil {
      var separator: YearSign?
      while let sign = current, sign == .comma || sign == .bracket {
        separator = separator == .bracket ? .bracket : sign
        position += 1
      }
      guard current != nil else { break }
      guard let next = span(), let both = combine(result, next, separator) else { return nil }
      result = both
    }
    guard (result.range.latest ?? result.range.earliest ?? 0) <= YearReader.latestYear else { return nil }
    return result.range
  }

  /// Two dates side by side: of one kind they are a list, else the finer one narrows the coarser one.
  private func combine(_ a: Span, _ b: Span, _ separator: YearSign?) -> Span? {
    let isList = a.kind == b.kind && separator != .bracket && (a.kind != .exact || separator == .comma)
    let finer = min(a.kind, b.kind)
    // "1650 (1652)" contradicts itself, and "1650 1652" is not a date.
    guard isList || a.kind != b.kind || separator == .bracket else { return nil }
    let range = isList ? a.range.union(b.range) : a.range.intersection(b.range)
    return range.map { Span(range: $0, kind: finer) }
  }

  private mutating func span() -> Span? {
    if let bound = current, [.before, .after, .until, .from].contains(bound) {
      position += 1
      _ = take(.dash)
      guard let point = point() else { return nil }
      if bound == .from, let sign = current, isConnector(sign) { return spanOfPoints(from: point) }
      return self.bound(point, by: bound)
    }
    let mustConnect = take(.between)
    guard let first = point() else { return nil }
    if mustConnect { guard let sign = current, isConnector(sign) else { return nil } }
    return spanOfPoints(from: first)
  }

  private func isConnector(_ sign: YearSign) -> Bool {
    sign == .dash || sign == .slash || sign == .join || sign == .until
  }

  private mutating func spanOfPoints(from first: Point) -> Span? {
    var points = [first]
    var isOpen = false
    while !isOpen, let sign = current, isConnector(sign) {
      position += 1
      if take(.present) {
        isOpen = true
      } else {
        guard let next = point() else { return nil }
        points.append(next)
      }
    }
    shareWhatIsSaidOnce(among: &points)
    guard var span = union(of: points) else { return nil }
    if isOpen {
      guard let earliest = span.range.earliest else { return nil }
      span = Span(range: YearRange(earliest...), kind: .exact)
    } else if take(.orEarlier), let latest = span.range.latest {
      span = Span(range: YearRange(...latest), kind: .exact)
    } else if take(.orLater), let earliest = span.range.earliest {
      span = Span(range: YearRange(earliest...), kind: .exact)
    }
    return span
  }

  /// From the first point to the last; nil where they are not in order. "c." moves the end that it stands at, and
  /// only then: the order is that of the years as written, since in "c. 1872–75" what circa allows overlaps.
  private func union(of points: [Point]) -> Span? {
    var result: Span?
    for point in points {
      guard let range = point.range else { return nil }
      guard let before = result else {
        result = Span(range: range, kind: point.kind)
        continue
      }
      guard before.range.lowerBound <= range.lowerBound, before.range.upperBound <= range.upperBound,
        let union = before.range.union(range)
      else { return nil }
      result = Span(range: union, kind: max(point.kind, before.kind))
    }
    guard let span = result else { return nil }
    func slack(_ point: Point?) -> Int { point?.isCirca == true ? circaTolerance : 0 }
    let widened = YearRange(
      earliest: span.range.earliest?.shiftedYear(by: -slack(points.first)),
      latest: span.range.latest?.shiftedYear(by: slack(points.last)))
    return widened.map { Span(range: $0, kind: span.kind) }
  }

  /// "17th–18th century", "early to mid-17th century", "500–450 BC", "1650–55", "1880s–90s": what one point leaves
  /// out is taken from its neighbour.
  private func shareWhatIsSaidOnce(among points: inout [Point]) {
    for index in points.indices.dropLast().reversed() {
      points[index].takeOver(fromFollowing: points[index + 1])
    }
    for index in points.indices.dropFirst() {
      points[index].takeOver(fromPreceding: points[index - 1])
    }
  }

  /// The open range on one side of a point. A circa bound gives way by the tolerance.
  private func bound(_ point: Point, by bound: YearSign) -> Span? {
    guard let range = point.range, let earliest = range.earliest, let latest = range.latest
    else { return nil }
    let slack = point.isCirca ? circaTolerance : 0
    let open =
      switch bound {
      case .before: YearRange(...earliest.shiftedYear(by: slack - 1))
      case .until: YearRange(...latest.shiftedYear(by: slack))
      case .after: YearRange(latest.shiftedYear(by: 1 - slack)...)
      default: YearRange(earliest.shiftedYear(by: -slack)...)
      }
    return Span(range: open, kind: .exact)
  }
}
