/// What a taste makes of one work; the parts add up to the score.
package struct TasteScore: Sendable, Equatable {
  /// One a block of the layout.
  package let blocks: [Float]
  /// What the statement of taste adds.
  package let statement: Float
  /// How alike the nearest prototype of what is liked is, −1…1; 0 where nothing is liked. `1 - nearest` is how unexpected a work is.
  package let nearest: Float

  /// −1.5…1 with the default settings.
  package var score: Float { blocks.reduce(statement, +) }
}
