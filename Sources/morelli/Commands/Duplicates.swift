import ArgumentParser
import Catalog
import Foundation
import Model
import Platform
import Search

/// Which files show the same?
struct Duplicates: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists works that are probably one, and files that are copies of one another.",
    discussion: """
      It proposes and changes nothing. Three tiers, the surest first:
        same-bytes          the same bytes at several paths
        same-reproduction   one reproduction, twice: recompressed, resized, cropped, with a border
        same-work           probably one work: photographed again, in other colours, askew, mirrored
      Different files of one work are expected to look alike and are not listed. Blank sheets are never compared. \
      Exit status 2 when files have not been measured for this; the next ingest of their folder does it.

      Examples:
        morelli duplicates
        morelli duplicates --tier same-bytes --tier same-reproduction
        morelli duplicates --filter "artist ~ 'rembrandt'" --json
      """)

  @OptionGroup var options: HomeOptions
  @Option(
    help: ArgumentHelp(
      "Only this tier: same-bytes, same-reproduction or same-work. May be repeated.", valueName: "tier"))
  var tier: [DuplicateTier] = []
  @Option(
    help: ArgumentHelp(
      "Only among works of which this is true.", discussion: QueryOptions.filterHelp, valueName: "expression")
  )
  var filter: String?
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let catalog = try options.home.open()
    let clock = ContinuousClock()
    let start = clock.now
    let search = try DuplicateSearch(catalog, among: filter.map { try catalog.artworks(passing: $0) })
    Interruption.watch()
    var bar = ProgressBar("pictures")
    let tiers = tier.isEmpty ? Set(DuplicateTier.allCases) : Set(tier)
    let pairs = search.pairs(tiers, isStopped: { Interruption.isRequested }) {
      bar.show($0.done, of: $0.total)
    }
    bar.finish()
    let groups = DuplicateGroup.groups(of: pairs, artworkIDs: search.artworkIDs)
    let document = try DuplicatesDocument(
      groups, search, catalog, tiers: tiers, filter: filter,
      isInterrupted: Interruption.isRequested, milliseconds: (clock.now - start) / .milliseconds(1))
    if json { try JSONOutput.print(document) } else { DuplicatesPrinter.print(document) }
    if document.unmeasured > 0 {
      tell("\(document.unmeasured) files were compared by their bytes alone: ingest their folders again")
    }
    if document.isInterrupted { tell("interrupted: this is what was found so far") }
    if document.unmeasured > 0 || document.isInterrupted { throw ExitCode(2) }
  }
}

extension DuplicateTier: ExpressibleByArgument {}
