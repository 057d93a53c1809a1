/// What it says that a work was shown again and again and nobody clicked: little, and only after a while.
package struct ImplicitNegatives: Sendable, Equatable {
  /// Showings that say nothing.
  package var patience = 3
  /// What each further one says.
  package var step: Float = 0.05
  /// What all of them say at most.
  package var ceiling: Float = 0.3
  /// Seconds within which showings are one: a page that is turned back to.
  package var session: Double = 3600

  package init() {}

  /// Showings, those of one session once.
  ///
  /// - Parameter times: in any order.
  package func showings(_ times: [Double]) -> Int {
    var (count, last) = (0, -Double.infinity)
    for time in times.sorted() where time - last >= session {
      count += 1
      last = time
    }
    return count
  }

  /// `−min(ceiling, step · (showings − patience))`, 0 for a work that was clicked or not shown often: what
  /// `PreferenceRule.preference` takes as `ignored`.
  package func strength(shown times: [Double], wasClicked: Bool) -> Float {
    guard !wasClicked else { return 0 }
    return -min(ceiling, step * Float(max(0, showings(times) - patience)))
  }
}
