import Features
import Foundation
import Model
import Search

/// What `explain` answers, as JSON has it. Names and keys are the same in every language; phrases are in the one asked for.
struct ExplanationDocument: Encodable {
  struct Work: Encodable {
    /// The work's id, or the name of the image file.
    let name: String
    @OrNull var title: String?
    @OrNull var artist: String?
    @OrNull var file: String?
  }

  struct Block: Encodable {
    let name: String
    let cosine: Double
    /// The part of random pairs that are less alike, in per cent.
    let percentile: Double
  }

  struct Trait: Encodable {
    let trait, aspect: String
    /// Of the first work in `unlike`.
    let end: String
    let phrase: String
    /// Of the second work, in `unlike`.
    @OrNull var opposite: String?
    let values: [Double]
    /// The part of real art that lies lower, in per cent.
    let percentiles: [Double]
    /// In bits; of what is alike only.
    @OrNull var surprise: Double?
  }

  struct Colour: Encodable {
    let name: String
    /// `#rrggbb`, in both works.
    let colours: [String]
    /// 0…1, in both works.
    let shares: [Double]
  }

  let works: [Work]
  let summary: String
  let blocks: [Block]
  let alike: [Trait]
  let unlike: [Trait]
  let colours: [Colour]
  /// Of all that is alike, in bits.
  let surprise: Double
  /// The part of random pairs that have less in common that is unusual, in per cent.
  let percentile: Double

  init(_ a: MeasuredPicture, _ b: MeasuredPicture, _ explanation: Explanation, _ language: Language) {
    works = [a, b].map { Work(name: $0.name, title: $0.title, artist: $0.artist, file: $0.file) }
    summary = explanation.summary[language]
    blocks = explanation.agreements.map {
      Block(name: $0.block.rawValue, cosine: $0.cosine.rounded6, percentile: Self.percent($0.percentile))
    }
    alike = explanation.alike.map { shared in
      Trait(
        trait: shared.trait.rawValue, aspect: shared.trait.aspect.rawValue, end: shared.end.rawValue,
        phrase: shared.trait.phrase(shared.end)[language], opposite: nil,
        values: shared.values.map(\.rounded6),
        percentiles: shared.percentiles.map(Self.percent), surprise: Self.rounded(shared.surprise))
    }
    unlike = explanation.unlike.map { difference in
      Trait(
        trait: difference.trait.rawValue, aspect: difference.trait.aspect.rawValue,
        end: difference.end.rawValue,
        phrase: difference.trait.phrase(difference.end)[language],
        opposite: difference.trait.phrase(difference.end.opposite)[language],
        values: difference.values.map(\.rounded6), percentiles: difference.percentiles.map(Self.percent),
        surprise: nil)
    }
    colours = explanation.colours.map { shared in
      Colour(
        name: shared.swatches[0].name[language], colours: shared.swatches.map(\.hexadecimal),
        shares: shared.swatches.map { Double($0.share).rounded(toPlaces: 4) })
    }
    surprise = Self.rounded(explanation.surprise)
    percentile = Self.percent(explanation.percentile)
  }

  private static func rounded(_ value: Float) -> Double { Double(value).rounded(toPlaces: 2) }
  private static func percent(_ part: Float) -> Double { (100 * Double(part)).rounded(toPlaces: 1) }
}

extension Double {
  fileprivate func rounded(toPlaces places: Int) -> Double {
    let factor = pow(10, Double(places))
    return (self * factor).rounded() / factor
  }
}
