import Foundation
import Testing

extension EndToEnd {
  /// Folders as they are: with files that are damaged, forbidden, misnamed or no images at all.
  @Suite("hostile folders") struct HostileFolderTests {
    /// What is in the folder that is no image that can be read, and the codes that may tell why.
    private static let bad: [(name: String, codes: Set<String>)] = [
      ("bomb.png", ["too-large"]), ("cut.jpg", ["truncated"]), ("dangling.png", ["unreadable"]),
      ("empty.jpg", ["truncated", "not-an-image"]), ("forbidden.jpg", ["unreadable"]),
      ("pipe.png", ["unreadable", "not-an-image"]), ("text.jpg", ["not-an-image"]),
    ]

    /// As names that people read: bytes that are no UTF-8 as `\xNN`.
    private static let good = [
      "animated.gif", "caf\\xe9.jpg", "cmyk.jpg", "plain.png", "prophoto-16.tif", "x.jpg/inside.png",
    ]

    /// A folder of good images and of all that can be wrong, owned by an ordinary user.
    private func hostileFolder() throws -> Workplace {
      let workplace = try Workplace(user: .ordinary)
      for (source, name) in [
        ("gif-animated.gif", "animated.gif"), ("jpeg-cmyk.jpg", "cmyk.jpg"), ("png-rgb8.png", "plain.png"),
        ("tiff-icc-prophoto-16.tif", "prophoto-16.tif"), ("png-700x500.png", "x.jpg/inside.png"),
        ("jpeg-700x500.jpg", "forbidden.jpg"),
      ] {
        try workplace.copy(Repository.goodImage(source), to: "scans/\(name)")
      }
      for (source, name) in [
        ("empty.jpg", "empty.jpg"), ("text.jpg", "text.jpg"), ("jpeg-baseline-cut-50.jpg", "cut.jpg"),
        ("png-bomb-30000x30000.png", "bomb.png"),
      ] {
        try workplace.copy(Repository.badImage(source), to: "scans/\(name)")
      }
      let nameless = Repository.goodImage("jpeg-1400x1001.jpg").path
      try Shell.run(
        """
        ln -s nowhere.png dangling.png; ln -s . again; mkfifo pipe.png; chmod 0 forbidden.jpg
        cp '\(nameless)' "$(printf 'caf\\351.jpg')"
        """, in: workplace.file("scans"))
      try workplace.giveAway()
      return workplace
    }

    @Test
    func `The good files are in, each bad one is listed with its reason, and the user's files are untouched`()
      throws
    {
      let workplace = try hostileFolder()
      let before = try Shell.snapshot(of: workplace.file("scans"))
      let outcome = try workplace.run("ingest", "scans", seconds: 60)
      #expect(outcome.status == 2)
      let lines = outcome.errors.split(separator: "\n").map(String.init)
      for (name, codes) in Self.bad {
        let path = workplace.file("scans/\(name)").path
        let line = lines.first { $0.hasPrefix("refused: \(path): ") }
        #expect(codes.contains { line?.hasSuffix("[\($0)]") ?? false }, "\(name): \(line ?? "not listed")")
        let reason = line?.dropFirst("refused: \(path): ".count).prefix { $0 != "[" } ?? ""
        #expect(reason.count > 5, "a reason for people: \(line ?? "")")
      }
      #expect(lines.filter { $0.hasPrefix("refused: ") }.count == Self.bad.count, "\(outcome.errors)")
      #expect(outcome.output.contains("\(Self.good.count) added"))
      let names = try paths(in: workplace).map {
        $0.replacingOccurrences(of: workplace.file("scans").path + "/", with: "")
      }
      #expect(names.sorted() == Self.good.sorted())
      #expect(try Shell.snapshot(of: workplace.file("scans")) == before)
    }

    @Test func `The same again changes nothing`() throws {
      let workplace = try hostileFolder()
      _ = try workplace.run("ingest", "scans", seconds: 60)
      let (catalogue, status) = (try workplace.catalogue(), try workplace.run("status", "--json").output)
      let files = try Shell.snapshot(of: workplace.file("scans"))
      let again = try workplace.run("ingest", "scans", "--json", seconds: 60)
      #expect(again.status == 2)
      let document = try again.json()
      #expect(document["unchanged"]?.int == Self.good.count)
      for key in ["added", "changed", "moved", "touched"] { #expect(document[key]?.int == 0, "\(key)") }
      #expect(document["refused"]?.array.count == Self.bad.count, "they are listed again")
      #expect(try workplace.catalogue() == catalogue)
      #expect(try workplace.run("status", "--json").output == status)
      #expect(try Shell.snapshot(of: workplace.file("scans")) == files)
    }

    @Test func `Bad files next to known works leave these as they were`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try workplace.copy(Repository.goodImage("webp-1400x1001.webp"), to: "scans/two.webp")
      try workplace.ingest("scans")
      let before = try workplace.catalogue()
      try workplace.copy(Repository.badImage("text.jpg"), to: "scans/text.jpg")
      try workplace.copy(Repository.badImage("png-bomb-30000x30000.png"), to: "scans/bomb.png")
      #expect(try workplace.run("ingest", "scans").status == 2)
      #expect(try workplace.catalogue() == before)
      let refused = try workplace.document("status")["quarantine"]?.array ?? []
      #expect(refused.compactMap { $0["code"]?.string } == ["too-large", "not-an-image"])
    }

    @Test func `A name that is no UTF-8 can be given on the command line`() throws {
      let workplace = try Workplace()
      let source = Repository.goodImage("jpeg-1400x1001.jpg").path
      let morelli = "MORELLI_HOME='\(workplace.home.path)' '\(workplace.program.path)'"
      try Shell.run(
        """
        cp '\(source)' "$(printf 'caf\\351.jpg')" && \(morelli) ingest "$(printf 'caf\\351.jpg')"
        """, in: workplace.files)
      #expect(try paths(in: workplace) == [workplace.file("caf\\xe9.jpg").path])
      let answer = try Shell.run(
        "\(morelli) similar --json \"$(printf 'caf\\351.jpg')\"", in: workplace.files)
      #expect(try JSONValue(answer)["results"]?.array.count == 1)
    }

    @Test func `A file that was refused gets in once it is mended`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.badImage("jpeg-baseline-cut-50.jpg"), to: "scans/a.jpg")
      #expect(try workplace.run("ingest", "scans").status == 2)
      try workplace.copy(Repository.goodImage("jpeg-baseline-444.jpg"), to: "scans/a.jpg")
      #expect(try workplace.ingest("scans")["added"]?.int == 1)
      #expect(try workplace.document("status")["quarantine"]?.array == [])
    }

    @Test func `A refused file that its owner has deleted is not held against anybody`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try workplace.copy(Repository.badImage("text.jpg"), to: "scans/text.jpg")
      #expect(try workplace.run("ingest", "scans").status == 2)
      try FileManager.default.removeItem(at: workplace.file("scans/text.jpg"))
      try workplace.ingest("scans")
      #expect(try workplace.document("status")["quarantine"]?.array == [])
    }

    @Test func `A known file that holds no image any more is listed, and is no answer any more`() throws {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try workplace.copy(Repository.goodImage("webp-1400x1001.webp"), to: "scans/two.webp")
      try workplace.ingest("scans")
      let (one, two) = (try workplace.id(ofFile: "scans/one.png"), try workplace.id(ofFile: "scans/two.webp"))
      try workplace.write("spoiled", to: "scans/one.png")
      let outcome = try workplace.run("ingest", "scans")
      #expect(outcome.status == 2)
      #expect(outcome.errors.contains("one.png"))
      #expect(try workplace.similar(two) == [], "what was measured is no picture of the file any more")
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try workplace.ingest("scans")
      #expect(try workplace.similar(two) == [one], "the work was kept, with its id")
    }

    @Test func `Hidden files and the home within the folder are passed over, other files without a word`()
      throws
    {
      let workplace = try Workplace()
      try workplace.copy(Repository.goodImage("png-rgb8.png"), to: "scans/one.png")
      try workplace.copy(Repository.goodImage("webp-1400x1001.webp"), to: "scans/.hidden.webp")
      try workplace.write("to do", to: "scans/notes.txt")
      let home = workplace.file("scans/home")
      let arguments = ["scans", "--home", home.path, "--json"]
      #expect(try workplace.start(["init", "--home", home.path]).wait(seconds: 30).status == 0)
      try workplace.copy(Repository.goodImage("gif-static.gif"), to: "scans/home/thumbnails/a.gif")
      let outcome = try workplace.start(["ingest"] + arguments).wait(seconds: 30)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try outcome.json()["added"]?.int == 1)
      let hidden = try workplace.start(["ingest", "--hidden"] + arguments).wait(seconds: 30)
      #expect(try hidden.json()["added"]?.int == 1)
      let linked = workplace.file("linked")
      try FileManager.default.createSymbolicLink(at: linked, withDestinationURL: workplace.file("scans"))
      let throughLink = try workplace.start(
        ["ingest", "scans", "--home", linked.appendingPathComponent("home").path, "--json"]
      ).wait(seconds: 30)
      #expect(try throughLink.json()["added"]?.int == 0, "the home is known by another path")
    }

    private func paths(in workplace: Workplace) throws -> [String] {
      try workplace.works().values.flatMap { $0["files"]?.array ?? [] }.compactMap { $0["path"]?.string }
    }
  }
}
