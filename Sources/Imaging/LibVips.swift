import CVips
import Synchronization

/// libvips as it runs in this process.
package enum LibVips {
  /// The formats whose loaders are unblocked; nil before libvips has started, or if it couldn't.
  private static let allowed = Mutex<Set<ImageFormat>?>(nil)

  /// Starts libvips, at the first call with every loader blocked, and unblocks those of `formats`.
  ///
  /// libvips' list of loaders belongs to the process, so it holds what any decoder here has asked for; what one
  /// decoder may read is decided by its own limits before libvips sees a byte.
  ///
  /// - Returns: false if libvips won't start.
  static func start(formats: Set<ImageFormat>) -> Bool {
    allowed.withLock { allowed in
      if allowed == nil {
        guard unsafe morelli_vips_start("morelli") == 0 else { return false }
        allowed = []
      }
      for format in formats where allowed?.insert(format).inserted == true {
        for loader in format.loaders { unsafe morelli_vips_allow(loader) }
      }
      return true
    }
  }

  /// The running libvips, such as `8.14.1`.
  package static var version: String { unsafe String(cString: morelli_vips_version()) }

  /// Gives back what libvips keeps for the calling thread; called as a thread that decoded ends.
  package static func endThread() { morelli_vips_thread_end() }
}
