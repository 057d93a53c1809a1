import Catalog
import Features
import Foundation
import Imaging
import Ingest
import Metrics
import Model
import Platform
import Search
import Server
import SystemPackage

// MARK: What looks like this?

extension API {
  var similarEndpoints: [Endpoint] { [getSimilar, postSimilar, explain] }

  static let askedBy: Set<String> = [
    "like", "unlike", "region", "text", "palette", "weights", "filter", "k", "max_per", "diverse",
    "min_score",
    "min_percentile", "facets", "format",
  ]

  enum ResultFormat: String, CaseIterable {
    case json, csv, iiif
  }

  private var getSimilar: Endpoint {
    Endpoint(.get, "/v1/similar", query: Self.askedBy) { call in
      var question = try question(call.query)
      question.unlike = try call.query.texts("unlike").map(subject)
      let likes = call.query.texts("like")
      guard let region = try region(call) else {
        question.like = try likes.map(subject)
        return try reply(question, call)
      }
      guard likes.count == 1, let like = likes.first else {
        throw Problem.unclear("'region' is a part of one work's picture: name one by 'like'")
      }
      guard PictureStore.token(in: like) == nil else {
        throw Problem.unclear(
          "a picture that was sent is kept as numbers alone: send it again with its region")
      }
      question.region = region.text
      let known = try work(like)
      // A worker has to look at the picture.
      return .later(.decoding) { [question] in
        var question = question
        question.like = [try part(region, of: known)]
        return try reply(question, call)
      }
    }
  }

  private var postSimilar: Endpoint {
    Endpoint(
      .post, "/v1/similar", query: Self.askedBy,
      content: .image { [collection] in collection.settings.limits.bytes },
      pace: .decoding
    ) { call in
      guard let image = call.image else { throw Problem.unclear("an image is expected as the body") }
      var question = try question(call.query)
      question.unlike = try call.query.texts("unlike").map(subject)
      let region = try region(call)
      question.region = region?.text
      let picture = try measured(image, region)
      question.like =
        try call.query.texts("like").map(subject) + [.init(name: "the picture", id: nil, picture: picture)]
      return try reply(question, call)
    }
  }

  private func region(_ call: Endpoint.Call) throws -> PictureRegion? {
    guard let text = try call.query.text("region") else { return nil }
    guard let region = PictureRegion(text) else {
      throw Problem.unclear("'region' is x,y,w,h in pixels, or pct:x,y,w,h, not '\(text.prefix(80))'")
    }
    return region
  }

  /// All but the pictures.
  func question(_ query: QueryItems) throws -> Question {
    let settings = collection.settings
    var terms = Question.Terms(count: try query.integer("k", in: 1...1000) ?? settings.searchCount)
    if let text = try query.text("weights") {
      guard let weights = NamedNumbers(argument: text),
        weights.values.values.allSatisfy({ $0.isFinite && $0 <= 1e6 })
      else {
        throw Problem.unclear("'weights' is such as colour=2,texture=0, not '\(text.prefix(80))'")
      }
      terms.weights = weights.values
    }
    terms.filter = try query.text("filter")
    terms.minimumScore = try query.number("min_score", in: -1...1).map(Float.init)
    terms.minimumPercentile = try query.number("min_percentile", in: 0...100)
    if let text = try query.text("max_per") {
      guard let most = NamedNumbers(argument: text), most.values.count == 1,
        let (column, count) = most.values.first,
        count >= 1, count == count.rounded(), count <= 1e6
      else { throw Problem.unclear("'max_per' is one column and a whole number, such as artist=2") }
      terms.most = .init(column: column, count: Int(count))
    }
    terms.diversity = try query.flag("diverse") ? QueryOptions.diversity : 0
    terms.text = try query.text("text")
    terms.palette = try query.text("palette")
    terms.facets = try query.text("facets").map(Self.columns) ?? []
    guard terms.facets.count <= 32 else { throw Problem.unclear("'facets' names at most 32 columns") }
    return Question(terms: terms)
  }

  static func columns(_ text: String) -> [String] {
    text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  /// A work, or a picture that was sent before.
  func subject(_ text: String) throws -> Question.Subject {
    if let token = PictureStore.token(in: text) {
      return Question.Subject(name: text, id: nil, picture: try pictures.picture(token))
    }
    guard let id = try catalog.canonicalID(ArtworkID(rawValue: text)) else {
      throw Problem.missing("there is no work '\(text.prefix(80))'")
    }
    return Question.Subject(name: text, id: id.rawValue, picture: nil)
  }

  /// A part of a work's first picture.
  private func part(_ region: PictureRegion, of work: ArtworkRecord) throws -> Question.Subject {
    guard let file = work.files.first(where: { $0.missingSince == nil }) else {
      throw Problem.unclear("'\(work.artwork.id.rawValue)' has no image to take a region of")
    }
    let picture = try pictures.part(region, of: file) { try measured(file.path, region) }
    return Question.Subject(name: work.artwork.id.rawValue, id: work.artwork.id.rawValue, picture: picture)
  }

  /// - Throws: `Problem` (422) with the refusal's code as its title.
  func measured(_ path: FilePath, _ region: PictureRegion?) throws -> Ingest.Measurement {
    switch workers.measure(path, region, collection.settings.workerSettings) {
    case .success(let measurement): return measurement
    case .failure(let refusal): throw Problem(422, refusal.code.rawValue, refusal.reason)
    }
  }

  private func reply(_ question: Question, _ call: Endpoint.Call) throws -> Reply {
    guard !question.like.isEmpty || question.terms.text != nil || question.terms.palette != nil else {
      throw Problem.unclear("nothing is asked: say 'like', 'text' or 'palette'")
    }
    let format = try call.query.choice("format", of: ResultFormat.self) ?? .json
    let findings = try found(question)
    switch format {
    case .json: return .document(FindingsDocument(findings).node)
    case .csv:
      var reply = Reply(Data(FindingsTable(findings).bytes), contentType: "text/csv; charset=utf-8")
      reply.headers["Content-Disposition"] = "attachment; filename=\"results.csv\""
      return reply
    case .iiif: return try manifest(of: findings, call)
    }
  }

  func found(_ question: Question) throws -> Findings {
    let start = ContinuousClock.now
    let findings = try asked { try collection.answer(question) }
    Metrics.Timer(label: "morelli_answer_seconds").recordNanoseconds(
      Int64((ContinuousClock.now - start) / .nanoseconds(1)))
    return findings
  }

  // MARK: Why?

  private struct ExplainDocument: Encodable {
    let explanation: ExplanationDocument
    let milliseconds: Double
    @OrNull var generation: Int?

    enum CodingKeys: String, CodingKey {
      case generation
      case milliseconds = "took_ms"
    }

    func encode(to encoder: any Encoder) throws {
      try explanation.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(milliseconds, forKey: .milliseconds)
      try container.encode(generation, forKey: .generation)
    }
  }

  private static let statistics = Result { try TraitStatistics() }

  private var explain: Endpoint {
    Endpoint(.get, "/v1/explain", query: ["first", "second", "language"]) { call in
      let start = ContinuousClock.now
      let settings = collection.settings
      let language = try call.query.choice("language", of: Language.self) ?? settings.language
      let pictures = try ["first", "second"].map { name in
        guard let text = try call.query.text(name) else { throw Problem.unclear("'\(name)' is missing") }
        return try asked {
          try MeasuredPicture.all(of: finderSubject(text), in: catalog, settings.schema).map(\.withoutFolder)
        }
      }
      let (a, b) = MeasuredPicture.mostAlike(pictures[0], pictures[1])
      let explanation = Explanation(a.subject, b.subject, statistics: try Self.statistics.get())
      return try .document(
        ExplainDocument(
          explanation: ExplanationDocument(a, b, explanation, language),
          milliseconds: Self.milliseconds(since: start),
          generation: collection.state.generation))
    }
  }

  private func finderSubject(_ text: String) throws -> SubjectFinder.Subject {
    if let token = PictureStore.token(in: text) {
      return .picture(try pictures.picture(token), name: text, of: nil)
    }
    return .work(try work(text))
  }
}
