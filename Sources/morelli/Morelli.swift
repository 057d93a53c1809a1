import ArgumentParser
import Kernels
import Platform

/// The program: its commands, one a file.
@main
struct Morelli: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "morelli",
    abstract: "Finds artworks by style.",
    discussion: """
      Two commands are the main job:

        morelli ingest scans/ --catalog scans/catalog.csv
        morelli similar ARTWORK-ID

      Exit status: 0 done, 1 failed, 2 partly done, 64 wrong usage.
      Shell completions: morelli --generate-completion-script bash (or zsh, fish).
      """,
    version: Version.description,
    subcommands: [
      Init.self, Config.self, IngestCommand.self, WatchCommand.self, Similar.self, SearchCommand.self,
      Explain.self,
      FeaturesCommand.self, Eval.self,
      Duplicates.self, Import.self, Show.self, Remove.self, Rebuild.self, Rollback.self, Tune.self,
      ModelCommand.self, Quarantine.self, Key.self, Backup.self, Restore.self,
      RecommendCommand.self, EventsCommand.self, UserCommand.self,
      Status.self,
      Verify.self, Export.self,
      WorkerCommand.self, RawFeaturesCommand.self, TimeFeatures.self, BenchDuplicates.self,
      Bench.self,
    ])

  static func main() async {
    // Its threads spin while they wait, which takes the processors from the workers; and sums that are split otherwise are
    // others in their last bits, so that a daemon's answers would not be those of a command.
    BLASThreads.set(1)
    await main(RawArguments.all)
  }
}
