import ArgumentParser
import Catalog
import Features
import Foundation
import Model
import Search

/// What was measured of one work?
struct FeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Prints what was measured of a work: its traits, its palette and its blocks.",
    discussion: """
      A work is named by its id, or by an image file (`-` is an image on standard input). Each trait comes with the part \
      of real art that lies lower. --json has all numbers, the blocks' vectors too.

      Examples:
        morelli features ba-08e9b8dc79
        morelli features photo.jpg --json
      """)

  @OptionGroup var options: HomeOptions
  @OptionGroup var words: LanguageOptions
  @Argument(help: "A work's id or an image file.", completion: .file()) var work: String
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let catalog = try options.home.open()
    let settings = try options.home.settingsFile.read()
    let pictures = try MeasuredPicture.all(
      of: SubjectFinder(catalog, settings).subject(work), in: catalog, settings.schema)
    let statistics = try TraitStatistics()
    let documents = pictures.map {
      FeaturesDocument.Picture($0, settings.schema, statistics, words.language(settings))
    }
    if json {
      try JSONOutput.print(FeaturesDocument(name: pictures[0].name, pictures: documents))
    } else {
      for document in documents { print(document) }
    }
  }

  private func print(_ picture: FeaturesDocument.Picture) {
    if let file = picture.file { Swift.print("\(file)\n") }
    var table = Table(header: ["trait", "value", "percentile", "in words"], rightAligned: [1, 2])
    for trait in picture.traits {
      table.add([
        trait.trait, String(format: "%.3f", trait.value), String(format: "%.1f", trait.percentile),
        trait.phrase ?? "",
      ])
    }
    table.print()
    let palette = picture.palette.map {
      "\($0.colour) \($0.name) " + String(format: "%.0f %%", 100 * $0.share)
    }
    Swift.print("\npalette  " + palette.joined(separator: ", "))
    for block in picture.blocks {
      Swift.print("\(block.name)  version \(block.version), \(block.vector.count) numbers")
    }
  }
}
