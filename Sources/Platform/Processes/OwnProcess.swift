package import Glibc
import SystemPackage

/// What the system says of this process, or of another one of this user (proc(5)).
package enum OwnProcess {
  /// Figures that stay flat in a daemon that leaks nothing.
  package struct Figures: Sendable, Hashable, Codable {
    /// Memory in use, mapped files included, in bytes.
    package var residentBytes: Int
    package var openDescriptors: Int
    package var threads: Int
    /// Used since it began, by all its threads, in the kernel and outside.
    package var processorSeconds: Double
  }

  package static var identifier: pid_t { getpid() }

  /// nil where `/proc` can't be read.
  package static var figures: Figures? { figures(of: getpid()) }

  /// nil when there is no such process (any more), or it is another user's.
  package static func figures(of process: pid_t) -> Figures? {
    let folder = FilePath("/proc/\(process)")
    guard let text = try? folder.appending("stat").leadingBytes(4096),
      let descriptors = entries(in: folder.appending("fd"))
    else { return nil }
    return figures(stat: String(decoding: text, as: UTF8.self), descriptors: descriptors)
  }

  /// Reads the text of `/proc/<pid>/stat`. The second field is the program's name, which may hold spaces and brackets.
  /// nil where it is no such text.
  package static func figures(stat text: String, descriptors: Int) -> Figures? {
    guard let end = text.lastIndex(of: ")") else { return nil }
    // Numbered from 3 (the state) in proc(5).
    let fields = text[text.index(after: end)...].split(whereSeparator: \.isWhitespace)
    func field(_ number: Int) -> Int? { number - 3 < fields.count ? Int(fields[number - 3]) : nil }
    guard let user = field(14), let system = field(15), let threads = field(20), let pages = field(24)
    else { return nil }
    return Figures(
      residentBytes: pages * Int(getpagesize()), openDescriptors: descriptors, threads: threads,
      processorSeconds: Double(user + system) / Double(max(1, sysconf(Int32(_SC_CLK_TCK)))))
  }

  /// The number of open descriptors; the one that this takes itself is left out.
  private static func entries(in folder: FilePath) -> Int? {
    guard let stream = unsafe folder.withPlatformString({ unsafe opendir($0) }) else { return nil }
    defer { unsafe closedir(stream) }
    let own = folder == FilePath("/proc/\(getpid())/fd") ? 1 : 0
    var count = 0
    while let entry = unsafe readdir(stream) {
      // `.` and `..` begin with a dot, descriptors with a digit.
      if unsafe entry.pointee.d_name.0 != 0x2E { count += 1 }
    }
    return count - own
  }
}
