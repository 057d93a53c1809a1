import Kernels

extension RatingBaselines {
  func write(_ writer: ModelWriter) throws {
    try writer.put(mean)
    try writer.put(works)
  }

  init(_ reader: inout ModelReader, works: Int) throws {
    let mean = try reader.float()
    self.init(mean: mean, works: try reader.floats(works))
  }
}

extension RatingScale {
  func write(_ writer: ModelWriter) throws {
    try writer.put(least)
    try writer.put(most)
  }

  init(_ reader: inout ModelReader) throws {
    let (least, most) = (try reader.float(), try reader.float())
    guard least < most else { throw reader.damaged("has a scale that does not go up") }
    self.init(least, most)
  }
}

extension NeighbourOptions {
  func write(_ writer: ModelWriter) throws {
    for number in [similarity.measure.rawValue, similarity.leastCommon, neighbours, leastNeighbours, reach] {
      try writer.put(number)
    }
    try writer.put(similarity.shrinkage)
  }

  init(_ reader: inout ModelReader) throws {
    guard let measure = RatingSimilarity.Measure(rawValue: try reader.int(0...3)) else {
      throw reader.damaged("names a similarity that there is none of")
    }
    let counts = 1...Int(Int32.max)
    let least = try reader.int(counts)
    let (neighbours, leastNeighbours, reach) = (
      try reader.int(counts), try reader.int(counts), try reader.int(counts)
    )
    let similarity = RatingSimilarity(measure, leastCommon: least, shrinkage: try reader.float(0...1e9))
    self.init(similarity: similarity, neighbours: neighbours, leastNeighbours: leastNeighbours, reach: reach)
  }
}

extension UserNeighbours: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .userNeighbours) { try write($0) }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .userNeighbours)
    try self.init(&reader)
    try reader.finish()
  }

  func write(_ writer: ModelWriter) throws {
    try options.write(writer)
    try scale.write(writer)
    try writer.put(ratings.byPerson)
  }

  init(_ reader: inout ModelReader) throws {
    let options = try NeighbourOptions(&reader)
    let scale = try RatingScale(&reader)
    let table = try reader.sparseRows()
    guard table.isAscending else { throw reader.damaged("has a table that is none") }
    self.init(Interactions(byPerson: table), options: options, scale: scale)
  }
}

extension ItemNeighbours: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .itemNeighbours) { try write($0) }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .itemNeighbours)
    try self.init(&reader)
    try reader.finish()
  }

  func write(_ writer: ModelWriter) throws {
    try scale.write(writer)
    try writer.put(neighbours)
    try writer.put(leastNeighbours)
    try writer.put(similar)
    try writer.put(means)
    try baselines.write(writer)
  }

  init(_ reader: inout ModelReader) throws {
    let scale = try RatingScale(&reader)
    let (neighbours, least) = (try reader.int(1...Int(Int32.max)), try reader.int(1...Int(Int32.max)))
    let similar = try reader.similarWorks()
    let means = try reader.floats(similar.rowCount)
    self.init(
      similar: similar, means: means, baselines: try RatingBaselines(&reader, works: similar.rowCount),
      scale: scale,
      neighbours: neighbours, leastNeighbours: least)
  }
}

extension CombinedNeighbours: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .combinedNeighbours) { writer in
      try writer.put(peopleShare)
      try people.write(writer)
      try works.write(writer)
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .combinedNeighbours)
    let share = try reader.float(0...1)
    let people = try UserNeighbours(&reader)
    let works = try ItemNeighbours(&reader)
    guard people.workCount == works.workCount else { throw reader.damaged("joins models of different works") }
    self.init(people: people, works: works, peopleShare: share)
    try reader.finish()
  }
}

extension InteractionNeighbours: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .interactionNeighbours) { try $0.put(similar) }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .interactionNeighbours)
    self.init(similar: try reader.similarWorks())
    try reader.finish()
  }
}

extension ModelReader {
  /// Works × works, likenesses above 0.
  fileprivate mutating func similarWorks() throws -> SparseRows {
    let table = try sparseRows()
    guard table.rowCount == table.columnCount, table.values.allSatisfy({ $0 > 0 }) else {
      throw damaged("has a table that is none")
    }
    return table
  }
}
