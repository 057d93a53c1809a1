package import Model

/// Reads what museums write for a date into the years that it may mean.
///
/// Understood are years, spans ("1650–55"), centuries, decades, full dates, parts ("early", "first half", "third
/// quarter"), bounds ("before", "after", "until"), eras, Chinese dynasties and reigns, Japanese periods and eras;
/// in English, German, French, Italian, Spanish, Dutch, Chinese and Japanese. What the words stand for:
///
/// - The 17th century is 1601–1700, the 3rd century BC 300–201 BC.
/// - Early, mid and late are the thirds of a span, as are its beginning, middle and end; a third, half or quarter
///   that cuts a year takes it whole, so neighbours may share a year: early 17th century is 1601–1634.
/// - "c." widens a date by ``circaTolerance`` years to either side, a span at the end that it stands at ("c. 1872–75"
///   is 1867–1875): *Cataloging Cultural Objects* (Baca et al. 2006, part 2,
///   chapter 4) indexes "ca. 1610" as 1605–1615.
/// - "1880s" is 1880–1889, but "1600s" is 1600–1699, because it may mean the decade or the century.
/// - "-500" with a plain hyphen is 500 BC; "–1650" with a longer dash, which may mean "until", is not read.
/// - "before 1700" ends with 1699 and "after 1700" begins with 1701; "until", "by" and "or earlier" include the
///   year, as do "from", "since" and "or later".
/// - Two dates joined by a dash, "to", "and", "or", "/" are the span from the first to the last; "1650/51" and
///   "1650–5" take over the missing digits, and so does "1880s–90s". In BC dates nothing is taken over. "1650–present"
///   is open.
/// - A coarse date beside a finer one means both at once: "Edo period, 17th century", "Qing dynasty (1736–95)".
///   Two of the same kind in a list mean their span: "1867, 1874".
/// - Words of doubt and of the inscription ("probably", "signed and dated", "?") change nothing.
///
/// Everything must be understood, or there is no range at all: one unknown word gives nil, as does a bare number
/// below three digits, a reversed span, or a text of more than ``longestText`` characters. "n.d." is such a text.
package struct YearReader: Hashable, Sendable {
  /// A longer text is prose, not a date.
  package static let longestText = 200
  /// A later year is taken for a number of another kind.
  package static let latestYear = 2999

  /// By how many years "circa" widens a date at either end; at least 0.
  package var circaTolerance: Int

  package init(circaTolerance: Int = 5) {
    precondition(circaTolerance >= 0, "a tolerance is not negative")
    self.circaTolerance = circaTolerance
  }

  /// The years that the text may mean, or nil where it cannot be read as a date.
  package func read(_ text: String) -> YearRange? {
    guard text.utf8.count <= 4 * Self.longestText, text.count <= Self.longestText,
      let signs = YearLexicon.standard.signs(in: YearTokenizer.tokens(in: text))
    else { return nil }
    var grammar = YearGrammar(signs: signs, circaTolerance: circaTolerance)
    return grammar.date()
  }
}
