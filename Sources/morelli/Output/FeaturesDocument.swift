import Features
import Model
import Search

/// What `features` answers, as JSON has it.
struct FeaturesDocument: Encodable {
  struct Trait: Encodable {
    let trait, aspect: String
    let value: Double
    /// The part of real art that lies lower, in per cent.
    let percentile: Double
    /// What is said of a work this far out; null for what is usual.
    @OrNull var phrase: String?
  }

  struct Swatch: Encodable {
    /// `#rrggbb`.
    let colour: String
    let name: String
    /// 0…1.
    let share: Double
  }

  struct Block: Encodable {
    let name: String
    let version: Int
    let vector: [Float]
  }

  struct Picture: Encodable {
    /// Null for a picture that is in no catalogue.
    @OrNull var file: String?
    let traits: [Trait]
    let palette: [Swatch]
    let blocks: [Block]

    init(
      _ picture: MeasuredPicture, _ schema: VisualSchema, _ statistics: TraitStatistics, _ language: Language
    ) {
      let subject = picture.subject
      traits = VisualTrait.allCases.map { trait in
        let percentile = statistics.percentile(of: subject.traits[trait], in: trait)
        let end: TraitEnd? =
          percentile <= Explanation.leastExtremity
          ? .low : percentile >= 1 - Explanation.leastExtremity ? .high : nil
        return Trait(
          trait: trait.rawValue, aspect: trait.aspect.rawValue, value: subject.traits[trait].rounded6,
          percentile: (1000 * Double(percentile)).rounded() / 10,
          phrase: end.map { trait.phrase($0)[language] })
      }
      palette = subject.palette.swatches.map {
        Swatch(colour: $0.hexadecimal, name: $0.name[language], share: $0.share.rounded6)
      }
      blocks = zip(schema.descriptors, subject.vectors).compactMap { descriptor, vector in
        vector.map { Block(name: descriptor.name.rawValue, version: descriptor.version, vector: $0) }
      }
      file = picture.file
    }
  }

  let name: String
  let pictures: [Picture]
}
