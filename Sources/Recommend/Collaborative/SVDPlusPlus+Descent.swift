import Kernels

extension SVDPlusPlus {
  /// The numbers as they are learned.
  struct Descent {
    let mean, rate, regularisation: Float
    let factors: Int
    var personBiases, workBiases: [Float]
    var people, works, implicit: [Float]
    /// Of one person, made once: `Σ yⱼ`, and what each yⱼ gained.
    private var sum: [Float] = []
    private var gain: [Float] = []

    init(
      mean: Float, rate: Float, regularisation: Float, factors: Int, personBiases: [Float],
      workBiases: [Float], people: [Float], works: [Float], implicit: [Float]
    ) {
      (self.mean, self.rate, self.regularisation, self.factors) = (mean, rate, regularisation, factors)
      (self.personBiases, self.workBiases) = (personBiases, workBiases)
      (self.people, self.works, self.implicit) = (people, works, implicit)
    }

    /// One step for each rating of a person.
    mutating func learn(_ person: Int, _ table: SparseRows) {
      let row = table.row(person)
      guard !row.isEmpty else { return }
      sum.fill(factors)
      gain.fill(factors)
      for entry in row {
        let start = Int(table.columns[entry]) * factors
        for i in 0..<factors { sum[i] += implicit[start + i] }
      }
      let size = Float(row.count).squareRoot()
      let kept = 1 - rate * regularisation
      for entry in row {
        step(person, Int(table.columns[entry]), rating: table.values[entry], size: size, kept: kept)
      }
      var left: Float = 1
      for _ in row { left *= kept }
      for entry in row {
        let start = Int(table.columns[entry]) * factors
        for i in 0..<factors { implicit[start + i] = left * implicit[start + i] + gain[i] }
      }
    }

    private mutating func step(_ person: Int, _ work: Int, rating: Float, size: Float, kept: Float) {
      let (p, q) = (person * factors, work * factors)
      var expected = mean + personBiases[person] + workBiases[work]
      for i in 0..<factors { expected += works[q + i] * (people[p + i] + sum[i] / size) }
      let error = rating - expected
      personBiases[person] += rate * (error - regularisation * personBiases[person])
      workBiases[work] += rate * (error - regularisation * workBiases[work])
      for i in 0..<factors {
        let (own, theirs) = (people[p + i], works[q + i])
        people[p + i] += rate * (error * theirs - regularisation * own)
        works[q + i] += rate * (error * (own + sum[i] / size) - regularisation * theirs)
        // Each y shrinks to `kept` of itself and gains the same, so their sum gains as often as there are.
        gain[i] = kept * gain[i] + rate * error * theirs / size
        sum[i] = kept * sum[i] + rate * error * theirs * size
      }
    }
  }
}
