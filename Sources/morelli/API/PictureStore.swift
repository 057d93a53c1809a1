import Catalog
import Foundation
import Ingest
import Model
import Server
import Synchronization

/// Pictures that people sent, as what was measured of them: the images themselves are not kept. In memory alone, for an hour.
final class PictureStore: Sendable {
  static let seconds = 3600
  private static let prefix = "picture:"
  /// A picture takes some twenty kilobytes.
  private static let most = 2000
  /// Parts of works' pictures that were measured.
  private static let mostParts = 500

  private struct Entry {
    let picture: Ingest.Measurement
    let end: ContinuousClock.Instant
  }

  private struct Part: Hashable {
    let bytes: Fingerprint
    let region: PictureRegion
  }

  private let entries = Mutex<[String: Entry]>([:])
  private let parts = Mutex<[Part: Ingest.Measurement]>([:])

  /// The token in `picture:TOKEN`; nil for anything else.
  static func token(in text: String) -> String? {
    text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : nil
  }

  /// - Returns: the name by which it can be asked about.
  func keep(_ picture: Ingest.Measurement) -> String {
    var generator = SystemRandomNumberGenerator()
    let token = (0..<2).map { _ in String(generator.next() as UInt64, radix: 36) }.joined()
    entries.withLock { entries in
      let now = ContinuousClock.now
      if entries.count >= Self.most { entries = entries.filter { $0.value.end > now } }
      if entries.count >= Self.most, let oldest = entries.min(by: { $0.value.end < $1.value.end })?.key {
        entries[oldest] = nil
      }
      entries[token] = Entry(picture: picture, end: now + .seconds(Self.seconds))
    }
    return Self.prefix + token
  }

  /// - Throws: `Problem` (410) where it is not kept any more.
  func picture(_ token: String) throws(Problem) -> Ingest.Measurement {
    let entry = entries.withLock { entries -> Entry? in
      guard let entry = entries[token], entry.end > .now else {
        entries[token] = nil
        return nil
      }
      return entry
    }
    guard let entry else {
      throw Problem(410, "Gone", "the picture is not kept any more, or never was: send it again")
    }
    return entry.picture
  }

  func forget(_ token: String) throws(Problem) {
    guard entries.withLock({ $0.removeValue(forKey: token) }) != nil else {
      throw .missing("there is no such picture")
    }
  }

  /// A part of a file's picture, measured where it is not known.
  func part(_ region: PictureRegion, of file: ArtworkFile, measure: () throws -> Ingest.Measurement) throws
    -> Ingest.Measurement
  {
    let part = Part(bytes: file.contentHash, region: region)
    if let known = parts.withLock({ $0[part] }) { return known }
    let made = try measure()
    parts.withLock { parts in
      if parts.count >= Self.mostParts { parts = [:] }
      parts[part] = made
    }
    return made
  }
}
