package import SystemPackage

/// How watched folders are kept.
package struct KeeperOptions: Sendable {
  package var ingest: IngestOptions
  /// Folders, absolute.
  package var roots: [FilePath]
  /// A file that was written to less than so long ago may not be finished.
  package var settle: Duration = .milliseconds(300)
  /// How often everything is compared with the catalogue, whatever was noticed.
  package var comparesEvery: Duration = .seconds(3600)
  /// Files that have been gone for so long are forgotten; nil for never.
  package var forgetsAfter: Duration? = .seconds(30 * 24 * 3600)
  /// When it is stopped, what is being measured has so long to be done.
  package var stopsWithin: Double = 20

  package init(_ roots: [FilePath], ingest: IngestOptions) {
    self.roots = roots
    self.ingest = ingest
  }
}
