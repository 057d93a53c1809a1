import Foundation
import Platform

/// An answer for people: ranked, with what each block adds to the score and the palette of each work.
enum AnswerPrinter {
  private static let swatches = 5
  /// Of a column.
  private static let facetValues = 12

  /// On standard output; what people should know beside it on standard error.
  static func print(_ answer: Answer, asJSON: Bool) throws {
    for note in answer.notes { tell(note) }
    if asJSON { try JSONOutput.print(answer) } else { print(answer) }
  }

  private static func print(_ answer: Answer) {
    Swift.print(question(answer.query) + ":\n")
    defer { print(answer.facets ?? [:]) }
    guard !answer.results.isEmpty else {
      Swift.print("  nothing" + (answer.query.filter == nil ? "" : " that the filter lets pass"))
      return
    }
    if answer.hasGoodMatch == false {
      Swift.print("No good match: these are less alike than works here usually are to their nearest.\n")
    }
    var table = Table(
      header: ["#", "score", "rarer than", "why", "palette", "id", "work"], rightAligned: [0, 1, 2])
    for result in answer.results {
      table.add([
        String(result.rank), String(format: "%.3f", result.score), rarity(result), why(result),
        palette(result), result.id,
        work(result),
      ])
    }
    table.print()
    Swift.print(String(format: "\n%d works in %.1f ms", answer.results.count, answer.milliseconds))
  }

  private static func question(_ query: Answer.Query) -> String {
    var parts: [String] = []
    if !query.like.isEmpty {
      parts.append("like " + query.like.joined(separator: ", ") + (query.region.map { " (\($0))" } ?? ""))
    }
    if !query.unlike.isEmpty { parts.append("unlike " + query.unlike.joined(separator: ", ")) }
    if let palette = query.palette { parts.append("in the colours " + palette) }
    if let text = query.text { parts.append("about '\(text)'") }
    return "Most " + parts.joined(separator: ", ")
  }

  private static func print(_ facets: [String: [Answer.Facet]]) {
    for (column, values) in facets.sorted(by: { $0.key < $1.key }) {
      let shown = values.prefix(facetValues).map { "\($0.value) (\($0.count))" }.joined(separator: ", ")
      let rest = values.count > facetValues ? ", and \(values.count - facetValues) more" : ""
      Swift.print("\n\(column): \(shown)\(rest)")
    }
  }

  private static func rarity(_ result: Answer.Result) -> String {
    guard let percentile = result.percentile else { return "" }
    return percentile > 99.99 ? ">99.99 %" : String(format: "%.2f %%", percentile)
  }

  private static func why(_ result: Answer.Result) -> String {
    result.contributions.filter { abs($0.value) >= 0.005 }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { String(format: "%@ %+.2f", $0.key, $0.value) }.joined(separator: " ")
  }

  private static func work(_ result: Answer.Result) -> String {
    let words = [result.title, result.artist, result.date, result.style].compactMap { $0 }
    return words.isEmpty ? result.file ?? "" : words.joined(separator: ", ")
  }

  /// Coloured where a terminal can show it, else the two main colours as `#rrggbb`.
  private static func palette(_ result: Answer.Result) -> String {
    guard Terminal.outputIsTerminal else { return result.palette.prefix(2).joined(separator: " ") }
    let blocks = result.palette.prefix(swatches).map { hexadecimal -> String in
      let value = Int(hexadecimal.dropFirst(), radix: 16) ?? 0
      return "\u{1B}[48;2;\(value >> 16);\(value >> 8 & 255);\(value & 255)m  \u{1B}[0m"
    }
    return blocks.joined() + String(repeating: " ", count: 2 * (swatches - blocks.count))
  }
}
