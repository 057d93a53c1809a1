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
  /// Says of what stands below a folder whether it is passed over.
  package var isIgnored: (@Sendable (FilePath, _ isFolder: Bool) -> Bool)?
  /// The name of files that are catalogues; nil where there are none to be looked for.
  package var catalogueName: String?
  /// Folders that are never looked into, such as Morelli's own home. Absolute.
  package var excluded: [FilePath] = []

  package init(jobs: Int) { self.jobs = jobs }
}
