import Foundation
import Testing

extension EndToEnd.WithSamples {
  /// `events`, `user` and `recommend`: works for people, as a shop's or a museum's own machine asks for them.
  @Suite("recommend") struct RecommendTests {
    private let workplace: Workplace

    /// In a copy of the samples' home: people are not for the tests that only read.
    init() throws {
      let samples = try #require(SampleCollection.current)
      workplace = try Workplace()
      let home = workplace.settings.deletingLastPathComponent()
      try? FileManager.default.removeItem(at: home)
      try FileManager.default.copyItem(
        at: samples.workplace.settings.deletingLastPathComponent(), to: home)
    }

    /// Each of three people likes works of one family.
    private func takeEvents() throws {
      var text = "event_key,user,work,kind,value,time\n"
      for (person, family) in [("anna", "op-art"), ("bert", "stained-glass"), ("cora", "op-art")] {
        for number in 1...5 {
          text += "\(person)-\(number),\(person),\(family)-0\(number),like,,\(1_790_000_000 + number)\n"
        }
      }
      try workplace.write(text, to: "events.csv")
      #expect(try workplace.run("events", "import", "events.csv").status == 0)
    }

    @Test func `What somebody likes is found again in their list, with reasons, and nothing they know`()
      throws
    {
      try takeEvents()
      let list = try workplace.document("recommend", "anna", "-k", "5", "--preview")
      let works = list["results"]?.array ?? []
      #expect(works.count == 5)
      #expect(works.first?["id"]?.string?.hasPrefix("op-art-") == true)
      let known = Set((1...5).map { "op-art-0\($0)" })
      #expect(!works.contains { known.contains($0["id"]?.string ?? "") })
      let reason = works.first?["reasons"]?.array.first
      #expect(reason?["text"]?.string?.hasPrefix("because you like") == true)
      let other = try workplace.document("recommend", "bert", "-k", "3", "--preview")
      #expect(other["results"]?.array.first?["id"]?.string?.hasPrefix("stained-glass-") == true)
      // The statement of somebody who has done nothing yet.
      #expect(try workplace.run("user", "set", "zoe", "--statement", "stained glass windows").status == 0)
      let said = try workplace.document("recommend", "zoe", "-k", "3", "--preview")
      #expect(said["results"]?.array.first?["reasons"]?.array.first?["kind"]?.string == "statement")
    }

    @Test func `The same events are taken once, and what can't be is told with its line`() throws {
      try takeEvents()
      let again = try workplace.document("events", "import", "events.csv")
      #expect(again["kept"]?.int == 0)
      #expect(again["known"]?.int == 15)
      try workplace.write(
        """
        {"user": "dora", "work": "op-art-01", "kind": "rating", "value": 9}
        {"user": "dora", "work": "no-such-work", "kind": "like"}
        {"user": "dora", "work": "op-art-01", "kind": "like", "time": "2999-01-01T00:00:00Z"}
        {"user": "dora", "work": "op-art-02", "kind": "adored"}
        nonsense
        {"user": "dora", "work": "op-art-02", "kind": "rating", "value": 5, "time": "2026-01-01T00:00:00Z"}

        """, to: "more.jsonl")
      let rehearsed = try workplace.run("events", "import", "more.jsonl", "--dry-run")
      #expect(rehearsed.status == 2 && rehearsed.output.contains("1 would be kept"))
      let outcome = try workplace.run("events", "import", "more.jsonl")
      #expect(outcome.status == 2)
      #expect(outcome.output.contains("6 events: 1 kept, 0 known before"))
      for line in ["more.jsonl:1:", "more.jsonl:2:", "more.jsonl:3:", "more.jsonl:4:", "more.jsonl:5:"] {
        #expect(outcome.errors.contains(line), "\(line)")
      }
      #expect(try workplace.run("user", "show", "dora").output.contains("rating 1"))
    }

    @Test func `Whoever is forgotten leaves no trace, and whoever is not stays`() throws {
      try takeEvents()
      #expect(try workplace.run("user", "set", "anna", "--statement", "unmistakable words").status == 0)
      #expect(try workplace.document("recommend", "anna")["user"]?.string == "anna")
      let own = try workplace.run("user", "export", "anna").json()
      #expect(own["events"]?.array.count == 5)
      #expect(own["shown"]?.array.count == 1)
      #expect(try workplace.run("user", "forget", "anna").status == 0)
      #expect(try workplace.run("user", "show", "anna").status == 1)
      #expect(try workplace.run("user", "forget", "anna").status == 1)
      let home = workplace.settings.deletingLastPathComponent()
      for name in try FileManager.default.contentsOfDirectory(atPath: home.path)
      where name.hasPrefix("catalog") {
        let bytes = try Data(contentsOf: home.appendingPathComponent(name))
        #expect(bytes.range(of: Data("unmistakable words".utf8)) == nil, "\(name)")
      }
      #expect(try workplace.run("user", "show", "bert").output.contains("like 5"))
      #expect(
        try workplace.document("recommend", "bert", "-k", "2", "--preview")["results"]?.array.count == 2)
    }

    @Test func `Strategies are measured, chosen, made in the settings, and refused where they make no sense`()
      throws
    {
      try takeEvents()
      let table = try workplace.run("recommend", "eval", "--strategy", "hybrid", "--strategy", "popularity")
      #expect(table.status == 0 && table.output.contains("hybrid") && table.output.contains("nDCG"))
      let figures = try workplace.document("recommend", "eval", "--strategy", "content", "-k", "5")
      #expect(figures["strategies"]?.array.first?["people"]?.array.count ?? 0 >= 3)
      #expect(try workplace.run("recommend", "anna", "--strategy", "magic").errors.contains("hybrid"))
      let text = try String(contentsOf: workplace.settings, encoding: .utf8)
      try (text + "\n[strategy.mine]\nsources = [\"content=2\", \"trending\"]\ndiversity = 0.5\n")
        .write(to: workplace.settings, atomically: true, encoding: .utf8)
      let mine = try workplace.document("recommend", "anna", "--strategy", "mine", "-k", "2", "--preview")
      #expect(mine["strategy"]?.string == "mine")
      try (text + "\n[strategy.mine]\nsources = [\"magic\"]\n")
        .write(to: workplace.settings, atomically: true, encoding: .utf8)
      let wrong = try workplace.run("recommend", "anna")
      #expect(wrong.status == 1 && wrong.errors.contains("strategy.mine") && wrong.errors.contains("magic"))
      try text.write(to: workplace.settings, atomically: true, encoding: .utf8)
      #expect(try workplace.run("recommend", "report").output.contains("Nothing"))
      #expect(try workplace.document("recommend", "cora", "-k", "4")["list"]?.int ?? 0 > 0)
      let report = try workplace.document("recommend", "report").array
      #expect(report.map { $0["shown"]?.int } == [4])
    }

    @Test func `Weights follow what people make of lists, and what was learnt can be taken back`() throws {
      try takeEvents()
      let text = try String(contentsOf: workplace.settings, encoding: .utf8)
      try (text + "\n[strategy.mine]\nsources = [\"content=1\", \"attributes=1\"]\nadapts = true\n")
        .write(to: workplace.settings, atomically: true, encoding: .utf8)
      func weights() throws -> [Double] {
        try workplace.document("recommend", "weights").array.compactMap { $0["now"]?.double }
      }
      #expect(try weights() == [1, 1])
      let shown = try workplace.document("recommend", "anna", "--strategy", "mine", "-k", "8")
      let list = try #require(shown["list"]?.int)
      let works = try #require(shown["results"]?.array.compactMap { $0["id"]?.string })
      try workplace.write(
        "user,work,kind,time,list\nanna,\(works[6]),purchase,1790000100,\(list)\n", to: "bought.csv")
      #expect(try workplace.run("events", "import", "bought.csv").status == 0)
      let learnt = try weights()
      #expect(learnt != [1, 1])
      // What one gains the other loses.
      #expect(abs(learnt.reduce(1, *) - 1) < 1e-9)
      #expect(try workplace.run("config", "set", "recommend.learn-since", "2999-01-01").status == 0)
      #expect(try weights() == [1, 1])
      let wrong = try workplace.run("config", "set", "recommend.learn-since", "yesterday")
      #expect(wrong.status == 1 && wrong.errors.contains("2026-11-22"))
      #expect(try workplace.run("config", "set", "recommend.learn-since", "").status == 0)
      #expect(try weights() == learnt)
    }

    @Test func `A daemon learns by itself, makes the same lists, and knows of events at once`() throws {
      try takeEvents()
      func works(_ user: String) throws -> [String?] {
        try workplace.document("recommend", user, "-k", "6", "--preview")["results"]?.array.map {
          $0["id"]?.string
        }
          ?? []
      }
      let copy = workplace.file("works")
      try FileManager.default.copyItem(at: Repository.samples.appendingPathComponent("works"), to: copy)
      var beside: [[String?]] = []
      try workplace.watching("works") { _ in
        try workplace.eventually(seconds: 60) {
          try workplace.document("recommend", "anna", "--preview")["generation"]?.int != nil
        }
        beside = [try works("anna"), try works("bert")]
        // The first of a list is liked: it is known from then on, and counts.
        let first = try #require(beside[0].first ?? nil)
        let shown = try workplace.document("recommend", "anna", "-k", "6")
        let list = try #require(shown["list"]?.int)
        try workplace.write(
          "user,work,kind,time,list\nanna,\(first),like,\(1_790_000_100),\(list)\n", to: "like.csv")
        #expect(try workplace.run("events", "import", "like.csv").status == 0)
        #expect(try !works("anna").contains(first))
        try workplace.eventually {
          try workplace.document("recommend", "report").array.first?["liked"]?.int == 1
        }
        #expect(try workplace.run("user", "forget", "anna").status == 0)
        #expect(try workplace.run("recommend", "anna").errors.contains("nobody is known"))
        try workplace.eventually(seconds: 60) {
          try workplace.document("recommend", "bert", "--preview")["generation"]?.int != nil
        }
        beside[1] = try works("bert")
      }
      #expect(try works("bert") == beside[1])
    }
  }
}
