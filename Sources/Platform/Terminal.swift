import Glibc

/// What the program's output goes to.
package enum Terminal {
  /// People watch standard error: a progress bar is of use there.
  package static var errorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }
  /// People read standard output.
  package static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Columns of the terminal, 80 where there is none to ask.
  package static var columns: Int {
    var size = winsize()
    guard unsafe ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  /// Processors that this process may use.
  package static var processors: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
