package import Platform
package import SystemPackage

/// How an ingest goes about it.
package struct IngestOptions: Sendable {
  package var worker = WorkerSettings()
  /// Files at once.
  package var jobs: Int
  /// Also files and folders whose names begin with a dot.
  package var includesHidden = false
  /// Also files that were refused before and have not changed.
  package var retriesRefused = false
  /// Also files that are known and have not changed.
  package var remeasures = false
  /// What was measured by new methods is taken into use even where a file lacks it in the end, because it is gone or refused.
  package var takesIncompleteBlocks = false
  /// Lists the files below a folder (or the file itself) in place of a `DirectoryWalk`; nil for that.
  package var walk: (@Sendable (FilePath) -> any Sequence<DirectoryWalk.Entry>)?
  /// The name of files that are catalogues; nil where there are none to be looked for.
  package var catalogueName: String?
  /// Folders that are never looked into, such as Morelli's own home. Absolute.
  package var excluded: [FilePath] = []

  package init(jobs: Int) { self.jobs = jobs }
}
