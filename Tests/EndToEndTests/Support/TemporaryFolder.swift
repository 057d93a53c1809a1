import Foundation

/// An empty folder that goes away with its owner, whatever the permissions of what was put into it.
final class TemporaryFolder: Sendable {
  /// Without symbolic links, so that paths compare as text.
  let url: URL

  init() throws {
    let place = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
    url = place.appendingPathComponent("morelli-e2e-\(UUID().uuidString.prefix(13).lowercased())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
    // Reachable for the ordinary user as whom some tests run the program.
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
  }

  deinit {
    if (try? FileManager.default.removeItem(at: url)) == nil { _ = try? Shell.run("rm -rf '\(url.path)'") }
  }
}
