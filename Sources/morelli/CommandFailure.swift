/// Why a command could not do its work: one sentence for people, printed after "Error: ", exit status 1.
struct CommandFailure: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
