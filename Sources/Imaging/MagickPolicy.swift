import Foundation
import Glibc

/// What ImageMagick, through which libvips reads PSD, may do in this process.
///
/// As Debian ships it, it puts pictures of more than 256 MiB into a temporary file, which a worker may not write. So it gets a
/// policy of its own: any memory (the worker's own limits stand), no disk, and no coder but the one that is needed.
package enum MagickPolicy {
  private static let text = """
    <policymap>
      <policy domain="resource" name="memory" value="1TiB"/>
      <policy domain="resource" name="map" value="1TiB"/>
      <policy domain="resource" name="area" value="1TP"/>
      <policy domain="resource" name="width" value="1MP"/>
      <policy domain="resource" name="height" value="1MP"/>
      <policy domain="resource" name="disk" value="0"/>
      <policy domain="resource" name="thread" value="1"/>
      <policy domain="delegate" rights="none" pattern="*"/>
      <policy domain="filter" rights="none" pattern="*"/>
      <policy domain="path" rights="none" pattern="@*"/>
      <policy domain="coder" rights="none" pattern="*"/>
      <policy domain="coder" rights="read" pattern="{PSD,PSB}"/>
    </policymap>

    """

  /// Puts the policy into a folder of the user's cache, and has ImageMagick find it there. To be called before libvips is
  /// started. Where there is no place for it, ImageMagick keeps the system's.
  package static func install() {
    let environment = ProcessInfo.processInfo.environment
    let cache =
      environment["XDG_CACHE_HOME"].map { URL(fileURLWithPath: $0) }
      ?? FileManager.default.homeDirectoryForCurrentUser.appendingPathComponent(".cache")
    let folder = cache.appendingPathComponent("morelli/magick-1")
    let file = folder.appendingPathComponent("policy.xml")
    if (try? String(contentsOf: file, encoding: .utf8)) != text {
      guard
        (try? FileManager.default.createDirectory(
          at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])) != nil,
        (try? Data(text.utf8).write(to: file, options: .atomic)) != nil
      else { return }
    }
    unsafe setenv("MAGICK_CONFIGURE_PATH", folder.path, 1)
  }
}
