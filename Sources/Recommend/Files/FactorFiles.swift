import Kernels

extension BiasedFactors: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .biasedFactors) { writer in
      try scale.write(writer)
      try writer.put(mean)
      try writer.put(foldInRegularisation)
      try writer.put(factors)
      try writer.put(personBiases)
      try writer.put(workBiases)
      try writer.put(personFactors)
      try writer.put(workFactors)
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .biasedFactors)
    let scale = try RatingScale(&reader)
    let (mean, foldIn) = (try reader.float(), try reader.float(0...1e30))
    let factors = try reader.int(ModelReader.factors)
    let (people, works) = (try reader.floats(), try reader.floats())
    let personFactors = try reader.floats(people.count * factors)
    let workFactors = try reader.floats(works.count * factors)
    try reader.finish()
    self.init(
      scale: scale, mean: mean, factors: factors, foldInRegularisation: foldIn, personBiases: people,
      workBiases: works, personFactors: personFactors, workFactors: workFactors)
  }
}

extension AlternatingLeastSquares: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .alternatingLeastSquares) { writer in
      try writer.put(workCount)
      try writer.put(factors)
      try writer.put(confidence)
      try writer.put(regularisation)
      try writer.put(workFactors)
      try writer.put(personFactors)
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .alternatingLeastSquares)
    let works = try reader.int(0...Int(Int32.max))
    let factors = try reader.int(ModelReader.factors)
    let (confidence, regularisation) = (try reader.float(0...1e30), try reader.double(1e-30...1e30))
    let workFactors = try reader.floats(works * factors)
    let personFactors = try reader.floats()
    guard personFactors.count.isMultiple(of: factors) else {
      throw reader.damaged("has an array of another length")
    }
    try reader.finish()
    self.init(
      workCount: works, factors: factors, confidence: confidence, regularisation: regularisation,
      workFactors: workFactors, personFactors: personFactors)
  }
}

extension PairwiseRanking: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .pairwiseRanking) { writer in
      try writer.put(factors)
      try writer.put(epochs)
      try writer.put(rate)
      try writer.put(regularisation)
      try writer.put(biases)
      try writer.put(workFactors)
      try writer.put(personFactors)
      try writer.put(others)
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .pairwiseRanking)
    var options = Options()
    options.factors = try reader.int(ModelReader.factors)
    options.epochs = try reader.int(0...1 << 20)
    options.rate = try reader.float(1e-30...1e30)
    options.regularisation = try reader.float(0...1e30)
    let biases = try reader.floats()
    let workFactors = try reader.floats(biases.count * options.factors)
    let personFactors = try reader.floats()
    let others = try reader.int32s(below: biases.count)
    guard personFactors.count.isMultiple(of: options.factors) else {
      throw reader.damaged("has an array of another length")
    }
    try reader.finish()
    self.init(
      options: options, workFactors: workFactors, biases: biases, personFactors: personFactors, others: others
    )
  }
}

extension LinearAutoencoder: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .linearAutoencoder) { writer in
      try writer.put(workCount)
      try writer.put(works)
      try writer.put(weights)
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .linearAutoencoder)
    let count = try reader.int(0...Int(Int32.max))
    let works = try reader.int32s(below: count)
    guard works.count < 1 << 15, zip(works, works.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw reader.damaged("has works out of order")
    }
    let weights = try reader.floats(works.count * works.count)
    try reader.finish()
    self.init(workCount: count, works: works, weights: weights)
  }
}

extension ModelReader {
  /// How many factors a model has.
  fileprivate static let factors = 1...65_535
}

extension SVDPlusPlus: StoredModel {
  package func write(to path: String) throws {
    try ModelWriter.write(path, .svdPlusPlus) { writer in
      try scale.write(writer)
      try writer.put(mean)
      try writer.put(foldInRegularisation)
      try writer.put(factors)
      for numbers in [personBiases, workBiases, personFactors, workFactors, implicitFactors] {
        try writer.put(numbers)
      }
    }
  }

  package init(reading path: String) throws {
    var reader = try ModelReader(path, .svdPlusPlus)
    let scale = try RatingScale(&reader)
    let (mean, foldIn) = (try reader.float(), try reader.float(0...1e30))
    let factors = try reader.int(ModelReader.factors)
    let (people, works) = (try reader.floats(), try reader.floats())
    let personFactors = try reader.floats(people.count * factors)
    let workFactors = try reader.floats(works.count * factors)
    let implicitFactors = try reader.floats(works.count * factors)
    try reader.finish()
    self.init(
      scale: scale, mean: mean, factors: factors, foldInRegularisation: foldIn, personBiases: people,
      workBiases: works, personFactors: personFactors, workFactors: workFactors,
      implicitFactors: implicitFactors)
  }
}
