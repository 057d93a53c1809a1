import Testing
import VectorIndex

@Suite struct IndexKindTests {
  @Test(arguments: [
    ("auto", IndexKind.auto), ("flat", .flat), ("hnsw", .hnsw), ("ivf", .ivfPQ), ("ivf-pq", .ivfPQ),
    ("ivf-sq", .ivfSQ), ("IVF64,PQ8", .factory("IVF64,PQ8")), ("HNSW16", .factory("HNSW16")),
  ])
  func namesAreRead(text: String, kind: IndexKind) throws {
    #expect(try IndexKind(parsing: text, dimension: 64) == kind)
  }

  @Test(arguments: ["", "flatt", "IVF", "PQ7", "HNSW-1", "hnsw32 ", "IVF64,,PQ8"])
  func whatIsNoKindIsRefused(text: String) throws {
    do {
      _ = try IndexKind(parsing: text, dimension: 64)
      Issue.record("'\(text)' was taken")
    } catch {
      #expect(error.code == .kind)
      #expect(error.doing.contains("'\(text)'"))
      #expect(error.cause.contains("ivf-pq"))
    }
  }

  @Test(
    arguments: [
      (16_384, nil, "flat"), (16_385, nil, "hnsw"), (1_000_000, nil, "hnsw"), (100_000, 50_000_000, "ivf-pq"),
      (100_000, 500_000_000, "hnsw"), (10_000, 1, "flat"),
    ] as [(Int, Int?, String)])
  func autoGoesByRowsAndMemory(count: Int, limit: Int?, expected: String) {
    #expect(IndexKind.auto.resolved(count: count, bytesPerRow: 1000, memoryLimit: limit).name == expected)
    #expect(IndexKind.ivfSQ.resolved(count: count, bytesPerRow: 1000, memoryLimit: limit) == .ivfSQ)
  }
}
