/// A licence or rights statement of those that IIIF's Presentation API 3.0 takes for `rights`: Creative Commons' and
/// RightsStatements.org's. Any other text is shown among the metadata instead.
package struct RightsStatement: Hashable, Sendable {
  /// In the form in which its publisher names it, with `http`: `http://creativecommons.org/licenses/by/4.0/`.
  package let uri: String

  /// nil where the text is no such URI. Takes `https`, `www.` and a `deed` or `legalcode` at the end for the same statement.
  package init?(_ text: String) {
    let trimmed = text.split(whereSeparator: \.isWhitespace)
    guard trimmed.count == 1, let only = trimmed.first, only.utf8.allSatisfy({ (33..<127).contains($0) }),
      !only.contains(where: { "<>\"{}|\\^`".contains($0) })
    else { return nil }
    var rest = only
    guard let scheme = ["https://", "http://"].first(where: { rest.lowercased().hasPrefix($0) }) else {
      return nil
    }
    rest = rest.dropFirst(scheme.count)
    if rest.lowercased().hasPrefix("www.") { rest = rest.dropFirst(4) }
    let places = [
      "creativecommons.org/licenses/", "creativecommons.org/publicdomain/", "rightsstatements.org/vocab/",
    ]
    guard let place = places.first(where: { rest.lowercased().hasPrefix($0) }) else { return nil }
    var path = rest.dropFirst(place.count).split(separator: "/", omittingEmptySubsequences: true)
    if let last = path.last, last.hasPrefix("deed") || last.hasPrefix("legalcode") { path.removeLast() }
    guard path.count >= 2 else { return nil }
    uri = "http://" + place + path.joined(separator: "/") + "/"
  }
}
