import Foundation
import Testing

extension EndToEnd {
  /// `model`, `embedding.model` and `rebuild --features`.
  @Suite("model") struct ModelTests {
    private static let tiny = Repository.root.appendingPathComponent(
      "Tests/FeaturesTests/Golden/tiny.safetensors")

    @Test func `The built-in model is told without a home`() throws {
      let workplace = try Workplace()
      let model = try workplace.document("model")
      #expect(model["name"]?.string == "morelli-embedding")
      #expect(model["dimension"]?.int == 256)
      #expect(model["from"]?.string == "built in")
      let hash = try #require(model["sha256"]?.string)
      #expect(hash.count == 64)
      #expect(!workplace.hasHome)
      let text = try workplace.run("model").output
      #expect(text.contains("built in") && text.contains(hash))
    }

    @Test
    func `Another model makes other embeddings, after a rebuild, and the first ones are back with the first`()
      throws
    {
      let workplace = try Workplace.withThreeScans()
      let id = try workplace.id(ofFile: "scans/a.png")
      let first = try workplace.document("similar", id)["results"]
      let model = try workplace.copy(Self.tiny, to: "models/ours.safetensors")
      #expect(try workplace.run("config", "set", "embedding.model", model.path).status == 0)
      #expect(try workplace.document("model")["from"]?.string == model.path)
      #expect(try workplace.document("status")["blocks"]?["embedding"]?["files"]?.int == 0)
      // Until every file has been measured anew, what the old model made is what counts.
      func isAsBefore() throws -> Bool {
        try workplace.run("verify").status == 0 && workplace.document("similar", id)["results"] == first
      }
      #expect(try isAsBefore())
      #expect(try workplace.run("ingest", "scans/a.png").status == 0)
      #expect(try workplace.document("status")["blocks"]?["embedding"]?["files"]?.int == 1)
      #expect(try isAsBefore())
      let byFile = try workplace.run("similar", "scans/b.jpg", "--json")
      #expect(byFile.errors.contains("morelli rebuild --features"))
      for hit in try byFile.json()["results"]?.array ?? [] {
        #expect(hit["contributions"]?["embedding"]?.double == 0)
      }

      let rebuilt = try workplace.document("rebuild", "--features")
      #expect(rebuilt["images"]?["measured"]?.int == 2 && rebuilt["images"]?["unchanged"]?.int == 1)
      let blocks = try workplace.document("status")["blocks"]?["embedding"]
      #expect(blocks?["files"]?.int == 3 && blocks?["dimension"]?.int == 12)
      #expect(try workplace.run("verify").status == 0)
      #expect(try workplace.document("rebuild", "--features")["images"]?["measured"]?.int == 0)
      #expect(try workplace.document("rebuild", "--features", "--all")["images"]?["measured"]?.int == 3)
      #expect(try workplace.document("similar", id)["results"] != first)

      #expect(try workplace.run("config", "set", "embedding.model", "").status == 0)
      #expect(try workplace.document("rebuild", "--features")["images"]?["measured"]?.int == 3)
      #expect(try workplace.document("similar", id)["results"] == first)
    }

    @Test func `A model that is gone is an error that names the file and the setting's line`() throws {
      let workplace = try Workplace.withThreeScans()
      let model = try workplace.copy(Self.tiny, to: "models/ours.safetensors")
      #expect(try workplace.run("config", "set", "embedding.model", model.path).status == 0)
      try FileManager.default.removeItem(at: model)
      for command in [["model"], ["status"], ["ingest", "scans"], ["rebuild", "--features"]] {
        let outcome = try workplace.start(command).wait(seconds: 30)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains(model.path) && outcome.errors.contains("morelli.toml:"))
      }
      #expect(try workplace.run("config", "set", "embedding.model", "").status == 0)
      #expect(try workplace.run("status").status == 0)
    }

    @Test func `A file that is no model is refused, and the setting stays as it was`() throws {
      let workplace = try Workplace.withThreeScans()
      let image = workplace.file("scans/a.png")
      for path in [image.path, "models/relative.safetensors", "/no/such/file", workplace.files.path] {
        let outcome = try workplace.run("config", "set", "embedding.model", path)
        #expect(outcome.status == 1 && outcome.errors.contains("embedding.model"))
      }
      #expect(try workplace.document("model")["from"]?.string == "built in")
    }

    @Test func `Files that are gone are told, and the rest is measured`() throws {
      let workplace = try Workplace.withThreeScans()
      try FileManager.default.removeItem(at: workplace.file("scans/b.jpg"))
      let outcome = try workplace.run("rebuild", "--features", "--all", "--json")
      #expect(outcome.status == 2)
      let document = try outcome.json()
      #expect(document["images"]?["measured"]?.int == 2 && document["images"]?["missing"]?.int == 1)
      #expect(try workplace.document("status")["files"]?.int == 3)
      #expect(try workplace.run("rebuild", "--all").status == 64)
    }
  }
}
