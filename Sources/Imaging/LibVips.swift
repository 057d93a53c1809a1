import CVips
import Glibc
import Synchronization

/// libvips as it runs in this process: started once, with one list of loaders.
package enum LibVips {
  private static let started = Mutex<Set<ImageFormat>?>(nil)

  /// Starts libvips with the loaders of these formats, all others blocked.
  ///
  /// - Returns: false if libvips won't start, or runs already with other formats.
  static func start(formats: Set<ImageFormat>) -> Bool {
    started.withLock { running in
      if let running { return running == formats }
      let names = Set(formats.flatMap(\.loaders)).sorted()
      var pointers: [UnsafePointer<CChar>?] = unsafe names.map { unsafe UnsafePointer(strdup($0)) }
      unsafe pointers.append(nil)
      defer { for unsafe pointer in unsafe pointers { unsafe free(UnsafeMutablePointer(mutating: pointer)) } }
      guard unsafe morelli_vips_start("morelli", pointers) == 0 else { return false }
      running = formats
      return true
    }
  }

  /// The running libvips, such as `8.14.1`.
  package static var version: String { unsafe String(cString: morelli_vips_version()) }

  /// Gives back what libvips keeps for the calling thread; called as a thread that decoded ends.
  package static func endThread() { morelli_vips_thread_end() }
}
