import ArgumentParser
import Catalog
import Platform
import Search
import VectorIndex

/// Back to the index as it was.
struct Rollback: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Takes the generation of the index before the current one into use again.",
    discussion: """
      Nothing is lost: what the catalogue has learnt since is searched beside it. morelli rebuild builds a new one.

      Example:
        morelli rollback
      """)

  @OptionGroup var options: HomeOptions
  @Flag(help: "One JSON document.") var json = false

  func run() throws {
    let home = options.home
    let catalog = try home.open()
    do {
      let generation = try home.index(catalog, home.settingsFile.read()).rollback()
      let document = RollbackDocument(generation: generation.number, signatures: generation.count)
      if json {
        try JSONOutput.print(document)
      } else {
        print("Generation \(document.generation) with \(document.signatures) signatures is in use.")
      }
    } catch is SearchIndex.Busy {
      throw CommandFailure("another process is building the index")
    } catch let error as VectorIndexError where error.code == .noGeneration {
      throw CommandFailure("there is no generation before the current one")
    }
  }
}

/// What is in use now, as JSON has it.
private struct RollbackDocument: Encodable {
  let generation, signatures: Int
}
