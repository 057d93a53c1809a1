/// How sure it is that two files show the same, and in what way; the surest first.
package enum DuplicateTier: String, CaseIterable, Sendable, Comparable {
  /// The same bytes.
  case sameBytes = "same-bytes"
  /// One reproduction, twice: recompressed, resized, cropped, with a border.
  case sameReproduction = "same-reproduction"
  /// Probably one work, reproduced twice: photographed again, in another light, in other colours, askew, mirrored.
  case sameWork = "same-work"

  package static func < (a: DuplicateTier, b: DuplicateTier) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .sameBytes: 0
    case .sameReproduction: 1
    case .sameWork: 2
    }
  }

  /// Bits in which DCT hashes may differ for two pictures to be looked at more closely. Re-photographs need more, and
  /// that costs: each two bits more are three to seven times as many pairs to look at.
  var radius: Int { self == .sameWork ? 14 : 10 }

  /// What the evidence is good for; nil for too little.
  ///
  /// Fitted on derivatives of training art, and on the real duplicates in it: `tools/measure-duplicates`.
  package init?(_ evidence: CopyRegistration.Evidence) {
    // Nobody copies a picture so far askew: where the best fit is of that kind, a poor one has been forced.
    guard evidence.similarity >= 0.6, abs(evidence.rotation) <= 6, evidence.shear <= 8 else { return nil }
    let isSameReproduction =
      evidence.similarity >= 0.7 && !evidence.isMirrored && abs(evidence.rotation) <= 0.5
      && evidence.shear <= 0.6 && evidence.lumaDifference <= 11 && evidence.chromaDifference <= 4
    self = isSameReproduction ? .sameReproduction : .sameWork
  }
}
