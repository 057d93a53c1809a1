package import Model

/// Why a work is recommended, as far as the score really came from it. The words for it are made elsewhere.
package struct Reason: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// It looks or reads like a work that the person likes; the blocks that make it so, most first, as shares of this reason.
    case likedWork(Int32, blocks: [BlockShare])
    /// People who have to do with that work of the person's have to do with this one.
    case peopleOfWork(Int32)
    /// People of like taste (rows) chose it; most alike first.
    case people([Int32])
    /// What the statement of taste says.
    case statement
    /// The person likes works of this artist, style, genre, technique or keyword.
    case attribute(Attribute)
    /// Many people like it.
    case popular
    /// Many people like it just now.
    case trending
  }

  /// How much of a reason is one block.
  package struct BlockShare: Sendable, Equatable {
    package let block: BlockName
    /// 0…1.
    package let share: Float

    package init(_ block: BlockName, _ share: Float) {
      self.block = block
      self.share = share
    }
  }

  package let kind: Kind
  /// 0…1, of all that speaks for the work.
  package let share: Float

  package init(_ kind: Kind, share: Float) {
    self.kind = kind
    self.share = share
  }
}
