import ArgumentParser
import Foundation

/// What `similar` and `search` can both be told.
struct QueryOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "Works in the answer. Default: the setting search.count, 10.") var k:
    Int?
  @Option(help: ArgumentHelp("How much each block counts.", valueName: "block=number,…")) var weights:
    NamedNumbers?
  @Option(
    help: ArgumentHelp("Only works of which this is true.", discussion: filterHelp, valueName: "expression"))
  var filter: String?
  @Option(
    help: ArgumentHelp(
      "Colours to be found, with how much of each, such as '#1d3557:2,#e63946'.", valueName: "colour:share,…")
  )
  var palette: PaletteArgument?
  @Option(
    help: ArgumentHelp(
      "No more than so many works with one value of a column, such as artist=2.", valueName: "column=number"))
  var maxPer: NamedNumbers?
  @Flag(help: "Varied works: each as like as it can be without being like those before it.") var diverse =
    false
  @Option(
    help: ArgumentHelp(
      "Also how many works have which value of these columns, of all that the filter lets pass.",
      valueName: "column,…"))
  var facets: String?
  @Flag(help: "One JSON document.") var json = false

  /// Of `--diverse`: likeness to works in the answer counts as much as likeness to what was asked.
  static let diversity: Float = 0.5

  static let filterHelp = """
    column op value, joined by and, or, not and parentheses; op is =, !=, <, <=, >, >=, in (…) or ~ (contains). \
    Dates compare as ranges of years: date < 1700, date = '17th century'.
    """

  func validate() throws {
    if let k, k < 1 { throw ValidationError("-k is 1 or more.") }
    if let maxPer,
      maxPer.values.count != 1 || maxPer.values.values.contains(where: { $0 < 1 || $0 != $0.rounded() })
    {
      throw ValidationError("--max-per is one column and a whole number from 1, such as artist=2.")
    }
  }

  /// - Parameters:
  ///   - text: what the works shall say.
  ///   - minimumScore: works with a lower score are left out.
  func terms(_ settings: Settings, text: String? = nil, minimumScore: Double? = nil) -> Question.Terms {
    Question.Terms(
      weights: weights?.values ?? [:], filter: filter, count: k ?? settings.searchCount,
      minimumScore: minimumScore.map(Float.init),
      most: maxPer?.values.first.map { Question.Most(column: $0.key, count: Int($0.value)) },
      diversity: diverse ? Self.diversity : 0, text: text, palette: palette?.text,
      facets: facets?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? [])
  }
}
