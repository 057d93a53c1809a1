import Catalog
import Model
import Testing
import TestSupport

@Suite struct YearReaderTests {
  private func read(_ text: String) -> String { YearReader().read(text)?.description ?? "nil" }

  @Test(arguments: [
    ("1650", "1650"), (" 1650. ", "1650"), ("(1650)", "1650"), ("[1650]", "1650"), ("1650?", "1650"),
    ("1650 (?)", "1650"), ("１６５０", "1650"), ("800", "800"), ("MDCLII", "1652"),
    ("c. 1650", "1645…1655"), ("c.1650", "1645…1655"), ("C 1650", "1645…1655"), ("ca. 1650", "1645…1655"),
    ("circa 1650", "1645…1655"), ("about 1650", "1645…1655"), ("(ca. 1650)", "1645…1655"),
    ("1650 ca.", "1645…1655"), ("1650 c.", "1645…1655"), ("probably c. 1650", "1645…1655"),
    ("probably 1650", "1650"), ("dated 1650", "1650"), ("signed and dated 1652", "1652"),
    ("Signed & dated 1652", "1652"), ("Ming late 16th century", "1567…1600"), ("made in 1650", "1650"),
  ])
  func yearsAndCirca(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("1650–55", "1650…1655"), ("1650-1655", "1650…1655"), ("1650 — 1655", "1650…1655"),
    ("1650–5", "1650…1655"), ("1650/51", "1650…1651"), ("1650/1651", "1650…1651"),
    ("1650 to 1655", "1650…1655"),
    ("from 1650 to 1655", "1650…1655"), ("from 1650 until 1655", "1650…1655"),
    ("between 1650 and 1660", "1650…1660"), ("1650 or 1655", "1650…1655"), ("1650 and 1655", "1650…1655"),
    ("1650 & 55", "1650…1655"), ("c. 1650–55", "1645…1655"), ("1650–c. 1660", "1650…1665"),
    ("1867, 1874", "1867…1874"), ("1867; 1874; 1890", "1867…1890"), ("1798–1802", "1798…1802"),
    ("1798–02", "1798"), ("1901-05", "1901…1905"), ("1650-05", "1650"), ("1650–49", "nil"),
    ("1655–1650", "nil"),
    ("between 1650", "nil"), ("1650–", "nil"), ("–1650–", "nil"), ("1650 1655", "nil"),
    ("1650 (1655)", "nil"),
  ])
  func spans(text: String, range: String) { #expect(read(text) == range) }

  /// What circa allows at one end may reach over the other end: only the years as written must be in order.
  @Test(arguments: [
    ("c. 1872–75", "1867…1875"), ("c.1872-5", "1867…1875"), ("c1872–75", "1867…1875"),
    ("ca. 1650–55", "1645…1655"),
    ("c. 1650–c. 1660", "1645…1665"), ("c. 1650–c. 1652", "1645…1657"), ("1650–c. 1652", "1650…1657"),
    ("probably c. 1885–90", "1880…1890"), ("c. 1885 or 1886", "1880…1886"), ("um 1872/73", "1867…1873"),
    ("between c. 1650 and 1652", "1645…1652"), ("c. 1872–ca. 75", "1867…1880"), ("c. 12–10 BC", "-17…-10"),
    ("c. 2 BC–AD 1", "-7…1"), ("c. 1650–51 or later", "1645…"), ("1650–c. 1651 or earlier", "…1656"),
    ("约1872–75年", "1867…1875"), ("c. 1868–70s", "1863…1879"), ("c. 1470/75–1476", "1465…1476"),
    ("c. 1875–72", "nil"), ("c. 1655–1650", "nil"), ("1655–c. 1650", "nil"),
  ])
  func circaInSpans(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("1650–present", "1650…"), ("1650 to the present", "1650…"), ("from 1650 to present", "1650…"),
    ("c. 1650–present", "1645…"), ("1980s–today", "1980…"), ("seit 1990 bis heute", "1990…"),
    ("500 BC–present", "-500…"), ("1650-1660-present", "1650…"),
    ("present", "nil"), ("present–1650", "nil"), ("1650 present", "nil"), ("1650–present–1660", "nil"),
    ("before present", "nil"),
  ])
  func openSpans(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("17th century, 4th quarter", "1676…1700"), ("17th century, first half", "1601…1650"),
    ("first half, 17th century", "1601…1650"), ("early, 17th century", "1601…1634"),
    ("17th century, late", "1667…1700"), ("17th century (late)", "1667…1700"),
    ("17th century late", "1667…1700"),
    ("1880s (early)", "1880…1883"), ("siglo XVII, primera mitad", "1601…1650"),
    ("XVIIe siècle, début", "1601…1634"),
    ("17. Jh., 2. Viertel", "1626…1650"), ("17. Jh., Ende", "1667…1700"),
    ("3rd century BC, early", "-300…-267"),
    ("17th century, early 18th century", "1601…1734"),
    ("17th century, late–18th century, early", "1667…1734"),
    ("last third, 1880s", "1886…1889"), ("1650, late", "nil"), ("early 17th century, late", "nil"),
    ("17th century, early to mid", "nil"), ("first half, 1650", "nil"),
    ("17th century, fifth quarter", "nil"),
  ])
  func partsSetApart(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("17th century", "1601…1700"), ("17th c.", "1601…1700"), ("17th cent.", "1601…1700"),
    ("seventeenth century", "1601…1700"), ("the 1st century", "1…100"),
    ("early 17th century", "1601…1634"), ("mid 17th century", "1634…1667"), ("mid-17th century", "1634…1667"),
    ("late 17th century", "1667…1700"), ("end of the 17th century", "1667…1700"),
    ("first half of the 17th century", "1601…1650"), ("second half 17th century", "1651…1700"),
    ("2nd half of the 17th c.", "1651…1700"), ("first third of the 17th century", "1601…1634"),
    ("second quarter of the 17th century", "1626…1650"), ("third quarter of the 17th century", "1651…1675"),
    ("last quarter of the 17th century", "1676…1700"), ("4th quarter, 17th century", "1676…1700"),
    ("17th–18th century", "1601…1800"), ("17th-18th centuries", "1601…1800"),
    ("16th or 17th century", "1501…1700"),
    ("late 17th–early 18th century", "1667…1734"), ("late 17th or early 18th century", "1667…1734"),
    ("early to mid-17th century", "1601…1667"), ("17th century–1750", "1601…1750"),
    ("c. 17th century", "1596…1705"), ("17th", "nil"), ("17", "nil"), ("century", "nil"), ("early", "nil"),
    ("early to mid", "nil"), ("fifth quarter of the 17th century", "nil"), ("18th–17th century", "nil"),
  ])
  func centuries(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("1880s", "1880…1889"), ("1880's", "1880…1889"), ("the 1880s", "1880…1889"), ("early 1880s", "1880…1883"),
    ("mid-1880s", "1883…1886"), ("late 1880s", "1886…1889"), ("1880s–90s", "1880…1899"),
    ("1880s–1890s", "1880…1899"), ("1600s", "1600…1699"), ("c. 1880s", "1875…1894"), ("1885s", "nil"),
    ("80s", "nil"),
    ("before 1700", "…1699"), ("after 1700", "1701…"), ("until 1700", "…1700"), ("by 1700", "…1700"),
    ("from 1700", "1700…"), ("since 1700", "1700…"), ("not before 1700", "1700…"),
    ("before c. 1700", "…1704"),
    ("after c. 1700", "1696…"), ("before the 17th century", "…1600"), ("after the 17th century", "1701…"),
    ("1650 or later", "1650…"), ("1650 or earlier", "…1650"), ("pre-1700", "…1699"), ("post-1700", "1701…"),
    ("before", "nil"), ("before before 1700", "nil"),
  ])
  func decadesAndBounds(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("500 BC", "-500"), ("500 B.C.", "-500"), ("500 B.C.E.", "-500"), ("3rd century BCE", "-300…-201"),
    ("first half of the 3rd century BC", "-300…-251"), ("early 3rd century B.C.", "-300…-267"),
    ("AD 79", "79"), ("A.D. 79", "79"), ("79 CE", "79"), ("c. 2 BC", "-7…4"), ("500–450 BC", "-500…-450"),
    ("ca. 1390–1352 B.C.", "-1395…-1352"), ("27 BC–AD 14", "-27…14"),
    ("1st century BC–1st century AD", "-100…100"),
    ("450–500 BC", "nil"), ("27 BC–14", "nil"), ("before 1 AD", "…-1"), ("-500", "-500"), ("−500", "-500"),
    ("–500", "nil"), ("c. -500", "nil"), ("-500 to -450", "nil"),
    ("530s BC", "-539…-530"),
    ("0", "nil"), ("0000", "nil"), ("79", "nil"), ("30000 BC", "-30000"), ("3000", "nil"), ("2999", "2999"),
  ])
  func eras(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("12 May 1888", "1888"), ("May 12, 1888", "1888"), ("12th May, 1888", "1888"), ("May 1888", "1888"),
    ("1888-05-12", "1888"), ("1888/5/12", "1888"), ("12.5.1888", "1888"), ("12. Mai 1888", "1888"),
    ("12/05/1888", "1888"), ("5/1888", "1888"), ("12 de mayo de 1888", "1888"), ("12 mai 1888", "1888"),
    ("summer 1888", "1888"), ("winter 1888–89", "1888…1889"), ("May–June 1888", "1888"),
    ("May 1888–June 1889", "1888…1889"), ("2009 April 5", "2009"), ("1888年5月12日", "1888"),
    ("1888-13-32", "nil"), ("May", "nil"), ("32 May 1888", "nil"), ("1888年13月", "nil"),
  ])
  func fullDates(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("um 1650", "1645…1655"), ("17. Jahrhundert", "1601…1700"), ("17. Jh.", "1601…1700"),
    ("1. Hälfte 17. Jh.", "1601…1650"), ("2. H. 17. Jh.", "1651…1700"),
    ("2. Viertel des 17. Jahrhunderts", "1626…1650"),
    ("Anfang 17. Jh.", "1601…1634"), ("Ende des 17. Jahrhunderts", "1667…1700"),
    ("1650er Jahre", "1650…1659"),
    ("17.–18. Jh.", "1601…1800"), ("vor 1700", "…1699"), ("zwischen 1650 und 1660", "1650…1660"),
    ("3. Jh. v. Chr.", "-300…-201"), ("79 n. Chr.", "79"), ("frühes 17. Jh.", "1601…1634"),
    ("vers 1650", "1645…1655"), ("XVIIe siècle", "1601…1700"), ("XVIIᵉ siècle", "1601…1700"),
    ("1re moitié du XVIIe siècle", "1601…1650"), ("fin du XVIIe siècle", "1667…1700"),
    ("XVIe–XVIIe siècle", "1501…1700"), ("après 1700", "1701…"), ("années 1880", "1880…1889"),
    ("500 av. J.-C.", "-500"), ("Ier siècle ap. J.-C.", "1…100"), ("de 1650 à 1655", "1650…1655"),
    ("début XVIIe s.", "1601…1634"),
    ("sec. XVII", "1601…1700"), ("XVII secolo", "1601…1700"), ("prima metà del XVII secolo", "1601…1650"),
    ("seconda metà del sec. XVII", "1651…1700"), ("metà del XVII secolo", "1634…1667"),
    ("1650 circa", "1645…1655"),
    ("prima del 1700", "…1699"), ("Seicento", "1601…1700"), ("dal 1650 al 1655", "1650…1655"),
    ("500 a.C.", "-500"), ("79 d.C.", "79"),
    ("siglo XVII", "1601…1700"), ("s. XVII", "1601…1700"), ("siglos XVI-XVII", "1501…1700"),
    ("principios del siglo XVII", "1601…1634"), ("hacia 1650", "1645…1655"), ("h. 1650", "1645…1655"),
    ("primera mitad del siglo XVII", "1601…1650"), ("entre 1650 y 1660", "1650…1660"),
    ("último tercio del siglo XVII", "1667…1700"), ("década de 1880", "1880…1889"),
    ("17e eeuw", "1601…1700"), ("17de eeuw", "1601…1700"), ("eerste helft 17e eeuw", "1601…1650"),
    ("omstreeks 1650", "1645…1655"), ("tussen 1650 en 1660", "1650…1660"), ("vóór 1700", "…1699"),
    ("eind 17e eeuw", "1667…1700"), ("jaren 1880", "1880…1889"),
  ])
  func europeanLanguages(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    ("明代", "1368…1644"), ("明", "1368…1644"), ("清乾隆", "1736…1795"), ("清 乾隆", "1736…1795"),
    ("大清乾隆年製", "1736…1795"), ("明萬曆", "1573…1620"), ("明万历三十年", "1602"), ("乾隆三十年", "1765"),
    ("康熙元年", "1662"), ("乾隆七十年", "nil"), ("北宋", "960…1127"), ("明末", "1552…1644"),
    ("明末清初", "1552…1733"), ("明清", "1368…1911"), ("晚清", "1822…1911"), ("清早期", "1644…1733"),
    ("西漢", "-206…9"), ("戰國", "-475…-221"), ("五代", "907…960"), ("民國", "1912…1949"),
    ("19世纪", "1801…1900"), ("十九世紀", "1801…1900"), ("17世紀末", "1667…1700"), ("19世纪初", "1801…1834"),
    ("19世纪上半叶", "1801…1850"), ("19世紀後半", "1851…1900"), ("19世纪中叶", "1834…1867"),
    ("19世纪末20世纪初", "1867…1934"), ("17-18世纪", "1601…1800"), ("17世纪50年代", "1650…1659"),
    ("公元前500年", "-500"), ("公元前3世纪", "-300…-201"), ("公元79年", "79"), ("约1650年", "1645…1655"),
    ("1650年左右", "1645…1655"), ("1650年頃", "1645…1655"), ("1650年代", "1650…1659"), ("一六五〇年", "1650"),
    ("1700年以前", "…1700"), ("1650年至1655年", "1650…1655"), ("1650～55年", "1650…1655"),
    ("江戸時代", "1603…1868"), ("江戸時代 18世紀", "1701…1800"), ("明治20年", "1887"), ("明治時代", "1868…1912"),
    ("江戸時代末期", "1780…1868"), ("文政3年", "1820"), ("鎌倉時代", "1185…1333"), ("南北朝", "nil"),
    ("Ming dynasty", "1368…1644"), ("Qing dynasty, Kangxi period", "1662…1722"),
    ("Qing dynasty (1644–1911), Qianlong reign (1736–95)", "1736…1795"),
    ("Ming dynasty, 15th century", "1401…1500"),
    ("Edo period (1615–1868)", "1615…1868"), ("late Edo period", "1780…1868"),
    ("Yuan–Ming dynasty", "1271…1644"),
    ("Edo period, 17th century", "1603…1700"), ("Taishō era", "1912…1926"),
    ("Ming dynasty, 19th century", "nil"),
    ("18th century, c. 1750", "1745…1755"), ("Jin dynasty", "nil"), ("Joseon dynasty", "1392…1910"),
  ])
  func dynastiesAndPeriods(text: String, range: String) { #expect(read(text) == range) }

  @Test(arguments: [
    "", " ", "n.d.", "undated", "unknown", "Rembrandt", "after Rembrandt, 1650", "1650 Amsterdam",
    "1650 × 1651",
    "1650+", "1058 AH", "99999", "12345678901234567890", "century 17th century", "1650 BC AD", "?", "()", "–",
    ",",
    "the", "mix", "1650 1", String(repeating: "1650 ", count: 60),
  ])
  func whatIsNotUnderstoodIsNil(text: String) { #expect(YearReader().read(text) == nil) }

  @Test func theToleranceOfCircaIsChosen() {
    #expect(YearReader(circaTolerance: 10).read("c. 1650") == YearRange(1640...1660))
    #expect(YearReader(circaTolerance: 0).read("c. 1650") == YearRange(1650))
  }

  /// Words of dates in random order: never a trap, and what is read is a proper range that its own text gives again.
  @Test func readsAnyWords() {
    var random = SeededGenerator(seed: 11)
    let words = [
      "1650", "55", "17th", "XVII", "century", "c.", "early", "mid", "late", "first", "half", "third",
      "quarter", "–",
      "/", "and", "before", "after", "until", "between", "BC", "AD", "s", "May", "12", ",", "(", ")", "明",
      "清", "末",
      "乾隆", "年", "世紀", "年代", "公元前", "Ming", "-", ".", "十", "0", "999999", "h", "metà", "last", "er Jahre",
    ]
    var readable = 0
    for _ in 0..<20_000 {
      let length = Int.random(in: 1...7, using: &random)
      let text = (0..<length).map { _ in words.randomElement(using: &random) ?? "" }
        .joined(separator: Bool.random(using: &random) ? " " : "")
      guard let range = YearReader().read(text) else { continue }
      readable += 1
      #expect(range.lowerBound <= range.upperBound)
      #expect(range.earliest != 0 && range.latest != 0)
    }
    #expect(readable > 300)
  }

  /// Every year and every span is read back from its plain form.
  @Test func readsEveryPlainYear() {
    for year in 100...2100 {
      #expect(YearReader().read("\(year)") == YearRange(year))
      #expect(YearReader().read("\(year) BC") == YearRange(-year))
      #expect(YearReader().read("\(year)–\(year + 7)") == YearRange(year...year + 7))
    }
  }
}
