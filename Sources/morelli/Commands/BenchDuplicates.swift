import ArgumentParser
import Features
import Foundation
import Imaging
import Kernels
import Model
import Search
import VectorIndex

/// What looking for duplicates costs, for docs/benchmarks.md. Hidden: it is for those who change it.
struct BenchDuplicates: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-duplicates",
    abstract:
      "Times the Hamming look-up against a scan, the descriptor of a picture, and the closer look at a pair.",
    shouldDisplay: false)

  @Option(help: ArgumentHelp("Codes in the index.", valueName: "number")) var codes = 100_000
  @Option(help: ArgumentHelp("Queries timed.", valueName: "number")) var queries = 200

  func run() throws {
    try timeLookUp()
    timeDescriptor()
  }

  /// Random codes with as many bits set as not, as hashes about a median have.
  private func timeLookUp() throws {
    var generator = SplitMix(state: 1)
    let values = (0..<codes).map { _ in generator.balanced() }
    let asked = (0..<queries).map { _ in generator.balanced() }
    let clock = ContinuousClock()
    var index: HammingIndex?
    let build = clock.measure { index = HammingIndex(values) }
    guard let index else { return }
    print("\(codes) codes: index built in \(Self.milliseconds(build)) ms")
    index.forEach(within: 64, of: 0) { _, _ in }
    for radius in [6, 8, 10, 12, 14] {
      var found = 0
      let indexed = clock.measure {
        for query in asked { index.forEach(within: radius, of: query) { _, _ in found += 1 } }
      }
      var scanned = 0
      let span = values.span
      let scan = clock.measure {
        for query in asked {
          for i in span.indices where (span[i] ^ query).nonzeroBitCount <= radius { scanned += 1 }
        }
      }
      guard found == scanned else { throw CommandFailure("the index found \(found), a scan \(scanned)") }
      print(
        "radius \(radius): \(Self.milliseconds(indexed / queries)) ms a query, a scan \(Self.milliseconds(scan / queries)) ms; \(found) found"
      )
    }
  }

  /// Noise of several sizes, at the size that scans have when they are measured.
  private func timeDescriptor() {
    var generator = SplitMix(state: 2)
    let (width, height) = (512, 400)
    let pictures = (0..<4).map { _ -> WorkingImage in
      let coarse = (0..<(3 * 26 * 33)).map { _ in Int(generator.next() % 200) }
      var pixels: [UInt8] = []
      pixels.reserveCapacity(3 * width * height)
      for y in 0..<height {
        for x in 0..<width {
          for channel in 0..<3 {
            pixels.append(UInt8(coarse[(y / 16 * 33 + x / 16) * 3 + channel] + (x * 7 + y * 13) % 40))
          }
        }
      }
      return WorkingImage(width: width, height: height, pixels: pixels)
    }
    var extractor = CopyDescriptorExtractor()
    var descriptors = pictures.map { extractor.extract($0) }
    var number = 0
    let time = Self.least {
      number = (number + 1) % pictures.count
      descriptors[number] = extractor.extract(pictures[number])
    }
    print("descriptor of a \(width) × \(height) picture: \(Self.milliseconds(time)) ms")
    let thumbnails = descriptors.map(\.views[0].thumbnail)
    for (name, other) in [("another picture", 1), ("itself, cropped", 0)] {
      var agreed = 0
      let time = Self.least {
        let evidence = CopyRegistration.evidence(
          of: thumbnails[0], isMirrored: false, over: thumbnails[other], from: CopyWindow.all[2])
        if evidence != nil { agreed += 1 }
      }
      print("closer look at \(name): \(Self.milliseconds(time)) ms\(agreed == 0 ? ", given up" : "")")
    }
  }

  /// Of a hundred times: what others run on the machine only ever adds to it.
  private static func least(_ body: () -> Void) -> Duration {
    let clock = ContinuousClock()
    return (0..<100).map { _ in clock.measure(body) }.min() ?? .zero
  }

  private static func milliseconds(_ duration: Duration) -> String {
    String(format: "%.4f", duration / .milliseconds(1))
  }
}

extension SplitMix {
  /// 64 bits, 32 of them set.
  mutating func balanced() -> UInt64 {
    var bits = Array(0..<64)
    bits.shuffle(using: &self)
    return bits.prefix(32).reduce(0) { $0 | 1 << UInt64($1) }
  }
}
