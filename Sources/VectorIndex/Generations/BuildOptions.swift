/// How a generation is built.
package struct BuildOptions: Sendable {
  /// Threads of FAISS. One makes the same index from the same rows each time.
  package var threads = 1
  /// HNSW's M: links a row on the higher levels, twice as many on the lowest. 16 with 48 measured as good as
  /// 32 with 40 in half of the memory and time.
  package var degree = 16
  /// HNSW's efConstruction.
  package var construction = 48
  /// The width of searches is half as much again as finds so much of the 20 true best on a sample. A higher target
  /// without the margin would hang on the few strangest queries of the sample.
  package var recallTarget = 0.975
  /// A build that finds less on the sample is not taken.
  package var recallFloor = 0.95
  /// Queries in that sample.
  package var sample = 200
  /// What codes and links may take in memory, in bytes, before `auto` means a smaller kind; nil for any
  /// amount.
  package var memoryLimit: Int?

  package init() {}
}

/// How far a build is; told before the next step begins.
package enum BuildStep: Hashable, Sendable {
  case rowsWritten
  case codesWritten
  /// So many rows are linked or added.
  case indexed(Int)
  case indexWritten
  case checked
  case manifestWritten
  /// The generation has its name; from here on a crash leaves it on disk, though not in use.
  case renamed
  /// It is the current one.
  case current
}
