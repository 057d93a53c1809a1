import Foundation
import Model

extension Calibration {
  /// What the bytes begin with: the format and its version.
  private static let magic = Array("MORELLI-CALIBRATION-1\n".utf8)

  /// How many there are of everything, in front of the numbers.
  private struct Header: Codable {
    let descriptors: [BlockDescriptor]
    let works, pairs: Int
    /// How many neighbours each has.
    let nearest: [Int]
  }

  /// To be kept: the magic line; the length of a JSON header (UInt32); the header; then 32-bit words, little-endian.
  package var bytes: [UInt8] {
    get throws {
      let header = Header(
        descriptors: descriptors, works: works.count, pairs: pairs.count, nearest: nearest.map(\.count))
      let json = try Array(JSONEncoder().encode(header))
      var words: [UInt32] = []
      func put(_ values: [Float]) { words += values.map(\.bitPattern) }
      put(population.mean)
      put(population.covariance)
      for work in works { put(work.means + work.covariances) }
      for pair in pairs {
        words += [UInt32(pair.a), UInt32(pair.b)]
        put(pair.cosines)
      }
      for neighbour in nearest.joined() {
        put(neighbour.cosines + neighbour.moments.means + neighbour.moments.covariances)
      }
      return Self.magic + Self.littleEndian([UInt32(json.count)]) + json + Self.littleEndian(words)
    }
  }

  /// - Returns: nil where the bytes are not what `bytes` gives.
  package init?(_ bytes: [UInt8]) {
    let start = Self.magic.count + 4
    guard bytes.starts(with: Self.magic), bytes.count >= start else { return nil }
    let length = Int(Self.word(bytes, at: Self.magic.count))
    guard length <= bytes.count - start,
      let header = try? JSONDecoder().decode(Header.self, from: Data(bytes[start..<start + length])),
      header.descriptors.allSatisfy({ (1...1 << 16).contains($0.dimension) }),
      (1...64).contains(header.descriptors.count),
      header.works >= 0, header.pairs >= 0, header.nearest.allSatisfy({ $0 >= 0 })
    else { return nil }
    let layout = SignatureLayout(header.descriptors)
    let (d, b) = (layout.dimension, header.descriptors.count)
    let each = b + b * b
    let limit = bytes.count
    // Each count by itself first, so that no product overflows.
    guard d <= limit, header.works <= limit, header.pairs <= limit, header.nearest.count <= limit,
      header.nearest.allSatisfy({ $0 <= limit })
    else { return nil }
    let neighbours = header.nearest.reduce(0, +)
    let count = d + d * d + header.works * each + header.pairs * (2 + b) + neighbours * (b + each)
    guard bytes.count == start + length + 4 * count else { return nil }

    var place = start + length
    func word() -> UInt32 {
      defer { place += 4 }
      return Self.word(bytes, at: place)
    }
    func numbers(_ count: Int) -> [Float] { (0..<count).map { _ in Float(bitPattern: word()) } }
    func moments() -> Moments { Moments(means: numbers(b), covariances: numbers(b * b)) }
    let mean = numbers(d)
    let population = Population(bounds: layout.offsets + [d], mean: mean, covariance: numbers(d * d))
    let works = (0..<header.works).map { _ in moments() }
    let pairs = (0..<header.pairs).map { _ in Pair(a: Int(word()), b: Int(word()), cosines: numbers(b)) }
    let nearest = header.nearest.map { count in
      (0..<count).map { _ in Neighbour(cosines: numbers(b), moments: moments()) }
    }
    guard pairs.allSatisfy({ $0.a < works.count && $0.b < works.count }) else { return nil }
    self.init(
      descriptors: header.descriptors, population: population, works: works, pairs: pairs, nearest: nearest)
  }

  private static func word(_ bytes: [UInt8], at place: Int) -> UInt32 {
    (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) }
  }

  private static func littleEndian(_ words: [UInt32]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(4 * words.count)
    for word in words { for shift in 0..<4 { bytes.append(UInt8(truncatingIfNeeded: word >> (8 * shift))) } }
    return bytes
  }
}
