/// How a list is made: which sources speak, how much each counts, and what the list should be like besides right.
package struct Strategy: Sendable, Equatable {
  package enum Kind: String, CaseIterable, Sendable, Codable {
    /// All sources together, by their weights.
    case weighted
    /// The first source, in the order given, that knows enough of the person and the work.
    case switching
    /// The first source retrieves; the others, by their weights, put what it found into order.
    case cascade
    /// By what was learnt from earlier lists (`RankingHead`); as weighted until something was.
    case learned
  }

  package struct Part: Sendable, Equatable {
    package let source: Source
    package let trust: SourceTrust

    package init(_ source: Source, _ trust: SourceTrust) { (self.source, self.trust) = (source, trust) }

    package init(_ source: Source, weight: Float) { self.init(source, Self.usual(source, weight: weight)) }

    /// What has to learn a person first grows with what is known of them; what everybody likes serves until then.
    package static func usual(_ source: Source, weight: Float) -> SourceTrust {
      switch source {
      case .items, .people, .als, .bpr, .ease: SourceTrust(weight: weight, course: .grows)
      case .popularity, .trending: SourceTrust(weight: weight, course: .fades, half: 2)
      case .content, .attributes: SourceTrust(weight: weight, course: .grows, half: 0.5)
      }
    }
  }

  package let name: String
  package var kind: Kind
  /// At least one, each source once.
  package var parts: [Part]
  package var composer: ListComposer
  /// Works by one artist and of one style at most; nil is any number.
  package var mostPerArtist, mostPerStyle: Int?
  /// What has a reason to be left out: works that the person has had to do with.
  package var leavesOutSeen: Bool
  /// A share of people in the test of strategies; 0 is none.
  package var share: Double
  /// Whether the weights follow what people make of the lists (`adjusted`).
  package var adapts: Bool

  package init(
    name: String, kind: Kind = .weighted, parts: [Part], composer: ListComposer = ListComposer(),
    mostPerArtist: Int? = nil, mostPerStyle: Int? = nil, leavesOutSeen: Bool = true, share: Double = 0,
    adapts: Bool = false
  ) {
    precondition(!parts.isEmpty && Set(parts.map(\.source)).count == parts.count)
    self.name = name
    self.kind = kind
    self.parts = parts
    self.composer = composer
    self.mostPerArtist = mostPerArtist
    self.mostPerStyle = mostPerStyle
    self.leavesOutSeen = leavesOutSeen
    self.share = share
    self.adapts = adapts
  }

  /// Those whose best works are candidates.
  var retrieving: [Source] { kind == .cascade ? [parts[0].source] : parts.map(\.source) }

  /// Those that there are where nothing is said.
  package static let usual: [Strategy] = {
    var varied = ListComposer()
    varied.diversity = 0.1
    return [
      Strategy(
        name: "hybrid",
        parts: [
          Part(.content, weight: 1), Part(.attributes, weight: 3), Part(.items, weight: 0.5),
          Part(.ease, weight: 1), Part(.popularity, weight: 0.2),
        ], composer: varied, share: 1),
      Strategy(name: "content", parts: [Part(.content, weight: 1), Part(.attributes, weight: 3)]),
      Strategy(name: "collaborative", parts: [Part(.items, weight: 1), Part(.ease, weight: 1)]),
      Strategy(name: "popularity", parts: [Part(.popularity, SourceTrust(weight: 1))]),
    ]
  }()
}
