import Kernels
import Model

/// What somebody likes, or what they don't: prototypes, and how alike they are.
struct TasteSide: Sendable {
  /// What decides where a work belongs.
  struct Terms {
    let layout: TasteLayout
    /// One a block.
    let weights: [Float]
    let joinAt: Float
    /// Of the prototype that is made, if one is.
    let newID: Int
  }

  private(set) var prototypes: [TastePrototype] = []
  /// Of each prototype how alike it is to those before it; NaN where one of the two has changed since that was looked at.
  private var pairs: [[Float]] = []

  /// Takes a work out that was placed with this weight and signature.
  mutating func take(_ id: Int, _ weight: Double, _ signature: Span<Float>, _ layout: TasteLayout) {
    guard let at = prototypes.firstIndex(where: { $0.id == id }) else { return }
    if prototypes[at].count == 1 {
      remove(at)
    } else {
      prototypes[at].remove(signature, weight: weight, layout)
      changed(at)
    }
  }

  /// Gives a work to the prototype that it is most like, or begins one with it; of too many, the two that are most alike become one.
  ///
  /// - Returns: the prototype's id, as it was before any two became one; and those of the two.
  mutating func place(
    _ weight: Double, _ signature: Span<Float>, atMost most: Int, _ terms: Terms
  ) -> (prototype: Int, merged: (kept: Int, gone: Int)?) {
    var best: (at: Int, likeness: Float)?
    for at in prototypes.indices {
      let direction = prototypes[at].direction
      let likeness = terms.likeness(direction.span, signature)
      if likeness > best?.likeness ?? -.infinity { best = (at, likeness) }
    }
    if let best, best.likeness >= terms.joinAt {
      prototypes[best.at].add(signature, weight: weight, terms.layout)
      changed(best.at)
      return (prototypes[best.at].id, nil)
    }
    var new = TastePrototype(id: terms.newID, dimension: terms.layout.dimension)
    new.add(signature, weight: weight, terms.layout)
    pairs.append([Float](repeating: .nan, count: prototypes.count))
    prototypes.append(new)
    return (new.id, prototypes.count > most ? mergeNearest(terms) : nil)
  }

  /// Of equal pairs the oldest.
  private mutating func mergeNearest(_ terms: Terms) -> (kept: Int, gone: Int) {
    var nearest = (first: 0, second: 1, likeness: -Float.infinity)
    for second in prototypes.indices {
      for first in 0..<second {
        if pairs[second][first].isNaN {
          let (a, b) = (prototypes[first].direction, prototypes[second].direction)
          pairs[second][first] = terms.likeness(a.span, b.span)
        }
        let likeness = pairs[second][first]
        if likeness > nearest.likeness { nearest = (first, second, likeness) }
      }
    }
    let gone = prototypes[nearest.second]
    remove(nearest.second)
    prototypes[nearest.first].absorb(gone, terms.layout)
    changed(nearest.first)
    return (prototypes[nearest.first].id, gone.id)
  }

  private mutating func changed(_ at: Int) {
    for other in pairs[at].indices { pairs[at][other] = .nan }
    for later in pairs.indices.dropFirst(at + 1) { pairs[later][at] = .nan }
  }

  private mutating func remove(_ at: Int) {
    prototypes.remove(at: at)
    pairs.remove(at: at)
    for later in pairs.indices.dropFirst(at) { pairs[later].remove(at: at) }
  }
}

extension TasteSide.Terms {
  /// The mean cosine of the blocks, by their weights, a missing block as 0.
  fileprivate func likeness(_ a: Span<Float>, _ b: Span<Float>) -> Float {
    var (sum, total) = (Float(0), Float(0))
    for block in weights.indices where weights[block] > 0 {
      let range = layout.ranges[block]
      sum += weights[block] * dot(a.extracting(range), b.extracting(range))
      total += weights[block]
    }
    return total > 0 ? sum / total : 0
  }
}
