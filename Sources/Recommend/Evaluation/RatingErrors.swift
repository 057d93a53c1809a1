import Kernels

/// How far predicted ratings are from those given.
package struct RatingErrors: Sendable, Equatable {
  package private(set) var count = 0
  private var squares = 0.0
  private var absolutes = 0.0

  package init() {}

  package mutating func add(predicted: Float, given: Float) {
    let error = Double(predicted) - Double(given)
    count += 1
    squares += error * error
    absolutes += abs(error)
  }

  /// The root of the mean squared error; 0 of nothing.
  package var rootMeanSquare: Double { count == 0 ? 0 : (squares / Double(count)).squareRoot() }
  /// The mean absolute error; 0 of nothing.
  package var meanAbsolute: Double { count == 0 ? 0 : absolutes / Double(count) }

  /// Over a test table: each person is asked for once, with their ratings of the training.
  package static func of(
    _ model: some RatingPredictor, training: Interactions, test: Interactions, folding: Bool = false
  ) -> RatingErrors {
    var errors = RatingErrors()
    var room = ScoringRoom()
    var ratings: [Float] = []
    for person in 0..<test.personCount where !test.byPerson.row(person).isEmpty {
      model.ratings(
        person: folding ? nil : person, history: training.history(person), into: &ratings, using: &room)
      for entry in test.byPerson.row(person) {
        errors.add(predicted: ratings[Int(test.byPerson.columns[entry])], given: test.byPerson.values[entry])
      }
    }
    return errors
  }
}
