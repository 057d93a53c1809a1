import FoundationEssentials
import Imaging
import Platform
import SystemPackage

/// What a worker process does: reads settings, then requests until its input ends, and answers each.
package enum WorkerMain {
  /// Address space that the program itself and its libraries take beside a picture and its mapped file.
  private static let ownAddressSpace = 2 << 30
  /// The parent keeps the time; the worker's own alarm is for when there is no parent any more.
  private static let graceSeconds = 5

  /// What a worker has open at once: its pipes, the picture, and what libvips keeps.
  private static let openFiles = 64

  /// Serves frames on standard input and output until the input ends.
  ///
  /// - Throws: when the parent speaks nonsense or libvips can't be started; the process should then end.
  package static func run() throws {
    let stream = FrameStream(input: .standardInput, output: .standardOutput)
    guard let settings = try stream.receive(WorkerSettings.self) else { return }
    ProcessLimits.disableCoreDumps()
    ProcessLimits.limitAddressSpace(
      bytes: settings.limits.memory + settings.limits.bytes + ownAddressSpace)
    MagickPolicy.install()
    var measurer = try Measurer(limits: settings.limits, model: settings.model)
    ProcessLimits.yieldToOthers()
    ProcessLimits.limitOpenFiles(openFiles)
    ProcessLimits.forbidFileWriting()
    // Where the kernel has it: nothing that a picture makes a decoder do reaches the network or another file.
    _ = WorkerSandbox.enter()
    // Ready: from here on, an end without an answer is owed to a file.
    try stream.write([])
    while let request = try stream.receive(WorkerRequest.self) {
      ProcessLimits.endAfter(seconds: settings.seconds + graceSeconds)
      // Two for a picture that libvips decodes on a thread of its own beside this one.
      ProcessLimits.endAfter(processorSeconds: 2 * settings.seconds)
      let reply: WorkerReply
      do throws(Refusal) {
        if let rendering = request.rendering {
          reply = .rendered(Data(try measurer.render(rendering, of: request.filePath)))
        } else {
          reply = .measured(try measurer.measure(request.filePath, region: request.region))
        }
      } catch {
        reply = .refused(error)
      }
      try stream.send(reply)
      ProcessLimits.endAfter(seconds: 0)
    }
  }
}
