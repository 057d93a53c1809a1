import Catalog
import Testing

@Suite struct FoldedTextTests {
  @Test(arguments: [
    ("Dürer", "DURER"), ("Du\u{308}rer", "dürer"), ("Køge", "koge"), ("Łódź", "lodz"), ("Straße", "STRASSE"),
    ("Ａ１", "a1"), ("ﬁn", "FIN"), ("Œuvre", "oeuvre"), ("ΆΓΙΟΣ", "αγιοσ"), ("Й", "и"),
  ])
  func foldsToTheSame(a: String, b: String) { #expect(a.folded == b.folded) }

  @Test(arguments: [("が", "か"), ("パ", "ハ"), ("清", "明"), ("각", "가"), ("a", "b")])
  func keepsApart(a: String, b: String) { #expect(a.folded != b.folded) }

  @Test func isStable() {
    for text in ["", "Dürer", "葛飾北斎", "ガ", "각", "½"] { #expect(text.folded.folded == text.folded) }
  }
}
