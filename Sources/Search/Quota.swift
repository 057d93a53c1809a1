package import Model

/// No more than so many works with one label in an answer, such as two by one artist.
package struct Quota: Sendable {
  private let most: Int
  private let labels: [ArtworkID: String]

  /// - Parameters:
  ///   - most: at least 1.
  ///   - labels: works without a label are never too many.
  package init(most: Int, labels: [ArtworkID: String]) {
    precondition(most >= 1)
    self.most = most
    self.labels = labels
  }

  /// The first of each label, in their order.
  func admitted<T>(_ items: [T], _ id: (T) -> ArtworkID) -> [T] {
    var counts: [String: Int] = [:]
    return items.filter { item in
      guard let label = labels[id(item)] else { return true }
      counts[label, default: 0] += 1
      return counts[label, default: 0] <= most
    }
  }
}
