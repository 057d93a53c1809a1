import Glibc
package import SystemPackage

/// The program's arguments as text that loses nothing: a file's name need not be UTF-8, and Swift's own
/// `CommandLine.arguments` puts U+FFFD in the place of every byte that is not.
///
/// Such a byte (0x80…0xFF) becomes the private character U+10FF00 + byte, and `FilePath(argument:)` turns it back.
package enum RawArguments {
  fileprivate static let base: UInt32 = 0x10FF00

  /// Without the program's own name.
  package static var all: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { index in
      guard let start = unsafe CommandLine.unsafeArgv[index] else { return nil }
      return text(
        unsafe UnsafeBufferPointer(start: start, count: strlen(start)).map { UInt8(bitPattern: $0) })
    }
  }

  static func text(_ bytes: [UInt8]) -> String {
    var result = String.UnicodeScalarView()
    var rest = bytes[...]
    while let byte = rest.first {
      let length = byte < 0x80 ? 1 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : 2
      if let valid = String(validating: rest.prefix(length), as: UTF8.self) {
        result.append(contentsOf: valid.unicodeScalars)
        rest = rest.dropFirst(length)
      } else {
        if let stand = Unicode.Scalar(base + UInt32(byte)) { result.append(stand) }
        rest = rest.dropFirst()
      }
    }
    return String(result)
  }
}

extension FilePath {
  /// The path as `FilePath(argument:)` takes it.
  package var argument: String { RawArguments.text(bytes) }

  /// The path that an argument of `RawArguments.all` names.
  package init(argument: String) {
    self.init(
      bytes: argument.unicodeScalars.flatMap { scalar -> [UInt8] in
        let byte = scalar.value &- RawArguments.base
        return (0x80...0xFF).contains(byte) ? [UInt8(byte)] : Array(String(scalar).utf8)
      })
  }
}
