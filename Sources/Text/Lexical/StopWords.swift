/// Words that say nothing of a work: articles, prepositions, pronouns and forms of "to be" of the languages that most
/// catalogues are written in. Folded, as `Words` gives them.
///
/// A word that means something in another of these languages (Dutch "die", English "die") is taken for what it mostly is in
/// catalogues.
enum StopWords {
  static func contains(_ word: String) -> Bool { all.contains(word) }

  private static let all: Set<String> = Set(
    [english, german, french, italian, spanish, portuguese, dutch, latin].flatMap {
      $0.split(separator: " ").map(String.init)
    })

  private static let english = """
    a an and are as at be been but by for from had has have he her his i in into is it its no not of on or our she so than that \
    the their them then there these they this those to under upon was we were what when where which while who whom whose will \
    with without you your
    """
  private static let german = """
    als am an auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er es fur gegen hat ich \
    ihr ihre im in ist mit nach nicht oder ohne sein seine seiner sich sie sind so uber um und unter vom von vor war wie wird zu \
    zum zur zwischen
    """
  private static let french = """
    a au aux avec ce ces cette chez d dans de des du elle en est et il ils je l la le les leur lui mais n ne nous on ou par pas \
    pour qu que qui s sa sans se ses son sont sous sur un une vers
    """
  private static let italian = """
    ad agli ai al alla alle allo anche che chi ci col come con da dagli dai dal dalla dalle degli dei del dell della delle dello \
    di e ed era fra gli i il in io la le lo ma nei nel nell nella nelle non o per piu quella quello questa questo si sono su sua \
    sugli sui sul sulla sulle suo tra un una uno
    """
  private static let spanish = """
    al con como de del desde el ella ellas ellos en entre era es esta este esto fue ha hacia hasta la las le lo los mas mi muy ni \
    no o para pero por que se sin sobre son su sus un una unas uno unos y ya
    """
  private static let portuguese = """
    ao aos as com como da das de do dos e ela ele em entre era essa esse esta este foi mais mas na nao nas no nos o os ou para \
    pela pelas pelo pelos por que se sem ser seu sua um uma umas uns
    """
  private static let dutch = """
    aan als bij dat de den der des deze die dit door een en er had heeft het hij hun ik in is maar met na naar niet of om onder \
    ook op over te tegen tot tussen uit van voor waar was werd wordt zich zijn zonder
    """
  private static let latin = "ab ac atque aut cum de et ex hic in non per pro qui quod sed sub ut vel"
}
