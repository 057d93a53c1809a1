import Ingest

/// What a person asks, in a form that can be sent: files are measured by whoever asks, so that nothing but what was measured of
/// them is sent.
struct Question: Codable, Sendable {
  /// A work, or a picture that was measured.
  struct Subject: Codable, Sendable {
    /// As people can read it.
    let name: String
    /// Of the work; of a part of a work's picture, that work's.
    let id: String?
    /// nil where the whole work is meant.
    let picture: Measurement?
  }

  /// What is asked of every query of one call.
  struct Terms: Codable, Sendable {
    /// Changes to the default weights, by block name.
    var weights: [String: Double] = [:]
    var filter: String?
    var count: Int
    var minimumScore: Float?
    /// 0…100.
    var minimumPercentile: Double?
    /// How many works with one value of a column may be in an answer.
    var most: Most?
    /// 0…1.
    var diversity: Float = 0
    /// What the works shall say.
    var text: String?
    /// As `PaletteArgument` has it.
    var palette: String?
    /// Columns whose values are counted.
    var facets: [String] = []
  }

  struct Most: Codable, Sendable {
    let column: String
    let count: Int
  }

  var terms: Terms
  /// None where a text or a palette is asked for.
  var like: [Subject] = []
  /// To be pushed away from.
  var unlike: [Subject] = []
  /// The part of the picture of `like` that is meant, as it was typed.
  var region: String?
}
