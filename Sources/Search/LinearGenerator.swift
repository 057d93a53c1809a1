/// The same "random" numbers in every run, from the same seed (Knuth's MMIX).
struct LinearGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    // The low bits of such a generator are poor.
    return state ^ state >> 32
  }
}
