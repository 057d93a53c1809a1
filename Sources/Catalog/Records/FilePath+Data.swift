import Foundation
import SystemPackage

/// Paths stand in the database as bytes: Linux does not promise that they are UTF-8.
extension FilePath {
  init(data: Data) {
    self = unsafe (data + [0]).withUnsafeBytes { bytes in
      guard let start = unsafe bytes.bindMemory(to: CChar.self).baseAddress else { return FilePath() }
      return unsafe FilePath(platformString: start)
    }
  }

  /// The path's bytes.
  var data: Data { unsafe withPlatformString { unsafe Data(bytes: $0, count: strlen($0)) } }

  /// The bytes of the last component.
  var nameData: Data { FilePath(root: nil, [lastComponent].compactMap { $0 }).data }
}
