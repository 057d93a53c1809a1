import Foundation
import Kernels
package import Model

/// What a person's works say of their taste: some prototypes of what they like and of what they don't, so that a love of ink wash
/// and one of op art stay two.
///
/// Works are grouped as they come (leader clustering: Hartigan 1975; on the sphere: Dhillon & Modha 2001,
/// doi:10.1023/A:1007612920971) over all blocks together, by the weights that the profile was made with; each prototype keeps its
/// direction block by block, so that questions can be asked with other weights. Both the number of prototypes and the work of one
/// event are bounded. Time takes from all works alike (half of what they count in each half-life), so nothing has to be
/// done as it passes.
///
/// A work counts once, whatever was done with it how often: `set` says what it counts now. What is kept of it is a sum, so the
/// order in which the works of a group came does not matter; which groups there are does depend on the order, and `init(_:…)`, which
/// sorts by time and work first, makes the same profile of the same preferences in any order.
package struct TasteProfile: Sendable {
  package struct Settings: Sendable, Equatable {
    /// Prototypes of what is liked at most, 1 or more.
    package var likedPrototypes = 8
    /// Prototypes of what is disliked at most, 1 or more.
    package var dislikedPrototypes = 4
    /// A work joins a prototype that is at least so alike (mean cosine of the blocks by their weights); else it begins one.
    package var joinAt: Float = 0.25
    /// Seconds after which a preference counts half.
    package var halfLife: Double = 90 * 86_400
    /// How much the best prototypes count before the others; 0 is the mean, a large number the best one alone.
    package var sharpness: Double = 10
    /// The mass with which a prototype is trusted by half: what a few works say, or many glances. 0 trusts all alike.
    package var trustHalf: Double = 1
    /// What likeness to the disliked takes off, against what likeness to the liked adds (Rocchio 1971).
    package var dislikedShare: Double = 0.5

    package init() {}
  }

  /// A statement of taste, as one more vector for the text block.
  package struct Statement: Sendable, Equatable {
    /// Of length 1, as long as the text block.
    package let vector: [Float]
    /// What it counts beside the blocks.
    package let weight: Float

    package init(vector: [Float], weight: Float) {
      self.vector = vector
      self.weight = weight
    }
  }

  struct Member: Sendable {
    /// The id of the one that it was given to.
    var prototype: Int
    /// At the reference time; above 0.
    var weight: Double
    var isLiked: Bool
  }

  package let layout: TasteLayout
  package let settings: Settings
  /// One a block: by these works are grouped.
  package let weights: [Float]
  /// nil where the person has said nothing.
  package var statement: Statement?

  private var likedSide = TasteSide()
  private var dislikedSide = TasteSide()
  var liked: [TastePrototype] { likedSide.prototypes }
  var disliked: [TastePrototype] { dislikedSide.prototypes }
  private(set) var members: [Int32: Member] = [:]
  /// Where weights are told for; the time of the first work.
  private(set) var reference: Double = 0
  private(set) var newest = -Double.infinity
  private var nextID = 0
  /// Of each prototype that became one with another the other's id.
  private var heirs: [Int: Int] = [:]

  /// A profile that knows nothing.
  ///
  /// - Parameter weights: what each block counts; one that isn't named counts nothing.
  package init(_ layout: TasteLayout, weights: [BlockName: Float], settings: Settings = Settings()) {
    precondition(settings.likedPrototypes >= 1 && settings.dislikedPrototypes >= 1)
    precondition(settings.halfLife > 0 && settings.trustHalf >= 0)
    self.layout = layout
    self.settings = settings
    self.weights = layout.weights(weights)
    precondition(self.weights.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are finite and not negative")
  }

  /// The profile of all that is known, whatever the order in which it is given.
  ///
  /// - Parameters:
  ///   - preferences: each work once.
  ///   - signature: nil for a work that has none (any more): it is left out.
  package init(
    _ preferences: [WorkPreference], layout: TasteLayout, weights: [BlockName: Float],
    settings: Settings = Settings(), signature: (Int32) -> [Float]?
  ) {
    self.init(layout, weights: weights, settings: settings)
    for preference in preferences.sorted(by: { ($0.time, $0.work) < ($1.time, $1.work) }) {
      if let vector = signature(preference.work) { set(preference, signature: vector.span) }
    }
  }

  /// Neither works nor a statement say anything.
  package var isEmpty: Bool { members.isEmpty && statement == nil }
  /// How many works it knows of.
  package var count: Int { members.count }

  /// Says what a work counts from now on, in place of what it counted before; a preference of 0 takes it out.
  ///
  /// - Parameter signature: the work's, the same as it was before. (After works have been measured anew, profiles are made anew.)
  package mutating func set(_ preference: WorkPreference, signature: Span<Float>) {
    precondition(signature.count == layout.dimension, "a signature has \(layout.dimension) numbers")
    precondition(preference.value.isFinite && preference.time.isFinite, "a preference is finite")
    if let old = members.removeValue(forKey: preference.work) {
      if old.isLiked {
        likedSide.take(prototype(of: old), old.weight, signature, layout)
      } else {
        dislikedSide.take(prototype(of: old), old.weight, signature, layout)
      }
    }
    guard preference.value != 0 else { return }
    if members.isEmpty {
      (likedSide, dislikedSide, heirs) = (TasteSide(), TasteSide(), [:])
      (reference, newest) = (preference.time, preference.time)
    }
    newest = max(newest, preference.time)
    // 400 half-lives are for ever, and their squares are still numbers.
    let age = min(400, max(-400, (preference.time - reference) / settings.halfLife))
    let weight = Double(min(1, abs(preference.value))) * exp2(age)
    let isLiked = preference.value > 0
    let terms = TasteSide.Terms(layout: layout, weights: weights, joinAt: settings.joinAt, newID: nextID)
    let placed =
      isLiked
      ? likedSide.place(weight, signature, atMost: settings.likedPrototypes, terms)
      : dislikedSide.place(weight, signature, atMost: settings.dislikedPrototypes, terms)
    if placed.prototype == nextID { nextID += 1 }
    members[preference.work] = Member(prototype: placed.prototype, weight: weight, isLiked: isLiked)
    if let merged = placed.merged { heirs[merged.gone] = merged.kept }
  }

  /// The id of the prototype that a work belongs to by now.
  func prototype(of member: Member) -> Int {
    var id = member.prototype
    while let heir = heirs[id] { id = heir }
    return id
  }
}
