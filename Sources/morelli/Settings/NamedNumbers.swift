import ArgumentParser

/// `colour=2,text=0` on a command line or in a setting.
struct NamedNumbers: Equatable, ExpressibleByArgument {
  let values: [String: Double]

  init?(argument: String) { self.init(argument.split(separator: ",").map(String.init)) }

  /// One `name=number` an item; nil where one is not, or a name comes twice.
  init?(_ items: [String]) {
    var values: [String: Double] = [:]
    for item in items {
      let parts = item.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 2, !parts[0].isEmpty, let number = Double(parts[1]),
        values.updateValue(number, forKey: parts[0]) == nil
      else { return nil }
    }
    self.values = values
  }
}
