import Foundation

/// What people are told beside the answer: on standard error, so that it never gets into a pipe.
func tell(_ text: String) {
  FileHandle.standardError.write(Data((text + "\n").utf8))
}
