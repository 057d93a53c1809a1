import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// What leaves the catalogue for other programs.
  @Suite("export") struct ExportTests {
    let samples: SampleCollection
    var workplace: Workplace { samples.workplace }

    init() throws { samples = try #require(SampleCollection.current) }

    /// `ids.csv` as ids and files; no name of the samples needs quotes.
    private func ids(in folder: URL) throws -> [(id: String, file: String)] {
      let lines = try String(contentsOf: folder.appendingPathComponent("ids.csv"), encoding: .utf8)
        .split(whereSeparator: \.isNewline)
      #expect(lines.first == "id,file")
      return lines.dropFirst().map { line in
        let cells = line.split(separator: ",", maxSplits: 1).map(String.init)
        return (cells[0], cells.count > 1 ? cells[1] : "")
      }
    }

    @Test func `Exported vectors have a unit row for each file, in the order of the ids`() throws {
      let out = workplace.file("vectors")
      let outcome = try workplace.run("export", "vectors", "--out", out.path)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let ids = try ids(in: out)
      #expect(ids.count == samples.works.count)
      #expect(Set(ids.map(\.id)) == Set(samples.works.values.map(\.id)))
      for (id, file) in ids { #expect(try samples.work(id: id).file == file) }

      let query = try #require(ids.first).id
      let answer = try workplace.document("similar", query, "-k", "143")
      let weights = try #require(answer["query"]?["weights"]?.object).compactMapValues(\.double)
      let blocks = try status().object.keys.sorted()
      var width = 0
      for block in blocks {
        let array = try NumPyArray(contentsOf: out.appendingPathComponent("\(block).npy"))
        #expect(array.rows.count == ids.count)
        #expect(array.columns == (try status()[block]?["dimension"]?.int))
        width += array.columns
        for row in array.rows {
          let norm = NumPyArray.dot(row, row).squareRoot()
          #expect(norm == 0 || abs(norm - 1) < 1e-4)
        }
        // The vectors are those that answers come from.
        let total = weights.values.reduce(0, +)
        for result in answer["results"]?.array ?? [] {
          let row = try #require(ids.firstIndex { $0.id == result["id"]?.string })
          let expected = NumPyArray.dot(array.rows[0], array.rows[row]) * (weights[block] ?? 0) / total
          #expect(abs((result["contributions"]?[block]?.double ?? .nan) - expected) < 1e-4)
        }
      }
      let visual = try NumPyArray(contentsOf: out.appendingPathComponent("visual.npy"))
      #expect(visual.rows.count == ids.count && visual.columns == width)
      let fused = try NumPyArray(contentsOf: out.appendingPathComponent("fused.npy"))
      #expect(fused.rows.count == ids.count && fused.columns >= width)
    }

    private func status() throws -> JSONValue { try workplace.document("status")["blocks"] ?? .null }

    @Test func `The catalogue as JSON Lines has a work a line with all that is known`() throws {
      let lines = try workplace.run("export", "catalog", "--format", "jsonl").jsonLines()
      #expect(lines.count == 144)
      let ids = lines.compactMap { $0["id"]?.string }
      #expect(ids == ids.sorted())
      for line in [lines[0], lines[143]] {
        #expect(try workplace.document("show", try #require(line["id"]?.string)) == line)
      }
    }

    @Test func `A catalogue that was exported as CSV makes the same catalogue elsewhere`() throws {
      let (first, second) = (try Workplace(), try Workplace())
      for (source, name) in [
        ("png-rgb8.png", "a.png"), ("jpeg-700x500.jpg", "b.jpg"), ("webp-1400x1001.webp", "c.webp"),
        ("png-rgb8.png", "copy/a.png"), ("gif-static.gif", "d, \"quoted\".gif"),
      ] {
        try first.copy(Repository.goodImage(source), to: "scans/\(name)")
      }
      let scans = first.file("scans").path
      try first.ingest(scans, "--jobs", "1")
      let rows = [
        "id,file,title,artist,date,style,tags,price,currency,description,room,removed",
        "Inv. 17,b.jpg,\"Dorés, \"\"blue\"\"\",森川 波鳳,c. 1650,Ink,red; blue,1250,EUR,\"two\nlines\",12,",
        "W,c.webp,Cee,,明治初年,,,0.5,,,,true", "W,\"d, \"\"quoted\"\".gif\",Cee,,明治初年,,,0.5,,,,true",
        ",copy/a.png,Aye,,,,,,,, spaced out ,", "X-1,,No image,,1900,,,,,,,",
      ]
      try first.write(rows.joined(separator: "\r\n"), to: "scans/c.csv")
      let report = try first.document("import", "scans/c.csv")
      #expect(report["refused"]?.array == [])
      let exported = try first.run("export", "catalog", "--format", "csv")
      #expect(exported.status == 0)

      try exported.outputBytes.write(to: second.file("exported.csv"))
      try second.ingest(scans, "--jobs", "1")
      #expect(try second.document("import", "exported.csv")["refused"]?.array == [])
      let (before, after) = (try first.catalogue(), try second.catalogue())
      #expect(before.count == 4)
      #expect(before.count == after.count)
      for (a, b) in zip(before, after) { #expect(a == b) }
      #expect(try second.run("export", "catalog", "--format", "csv").outputBytes == exported.outputBytes)
    }

    private static let python = Shell.firstThatRuns(
      [ProcessInfo.processInfo.environment["MORELLI_PYTHON"] ?? "python3", "python3"], "-c 'import numpy'")
    private static let metrics = Repository.shared.appendingPathComponent("tools/retrieval_metrics.py").path
    private static let labels = Repository.shared.appendingPathComponent("artworks/val/artworks.csv")

    @Test(
      .enabled(
        if: FileManager.default.fileExists(atPath: labels.path), "needs MORELLI_SHARED with artworks/val"),
      .enabled(if: python != nil, "needs python3 with numpy"))
    func `Exported vectors of labelled artworks can be measured by the given tool`() throws {
      let workplace = try Workplace()
      let lines = try String(contentsOf: Self.labels, encoding: .utf8).split(whereSeparator: \.isNewline).map(
        String.init)
      // From both ends: of artists whom the training data show, and of others.
      let rows = lines.dropFirst().prefix(30) + lines.suffix(30)
      let folder = Self.labels.deletingLastPathComponent().path
      let files = rows.compactMap { $0.split(separator: ",").dropFirst().first.map { "\(folder)/\($0)" } }
      // The rows speak of files that stand elsewhere, so by their whole paths.
      let absolute = rows.map { $0.replacingOccurrences(of: ",images/", with: ",\(folder)/images/") }
      try workplace.write(([lines[0]] + absolute).joined(separator: "\n") + "\n", to: "catalog.csv")
      let outcome = try workplace.start(["ingest"] + files + ["--catalog", "catalog.csv", "--json"]).wait(
        seconds: 60)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try outcome.json()["catalogue"]?["unmatched"]?.array == [])
      #expect(try workplace.run("export", "vectors", "--out", "vectors").status == 0)
      let out = workplace.file("vectors")
      #expect(
        try ids(in: out).map(\.id).sorted()
          == rows.compactMap { $0.split(separator: ",").first.map(String.init) }.sorted())
      let line = "'\(Self.python ?? "")' '\(Self.metrics)' visual.npy ids.csv '\(Self.labels.path)' --json"
      let figures = try JSONValue(try Shell.run(line, in: out))
      #expect(figures["n"]?.int == 60)
      #expect(try #require(figures["all"]?["queries"]?.int) >= 50)
      // Sixty works of ten artists or so, one of them right by chance in ten: no figure of quality, but no noise.
      #expect((12...100).contains(try #require(figures["all"]?["P@1"]?.double)))
    }
  }
}
