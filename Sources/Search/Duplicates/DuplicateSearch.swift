package import Catalog
import Dispatch
package import Model
import Synchronization
import VectorIndex

/// Proposes files that show the same picture. It proposes and never merges: whether two works are one is for people to
/// say.
///
/// Pictures whose hashes meet (the one whole, mirrored or not, in a window of the other) are laid over one another; see
/// `CopyRegistration`. Different files of one work are expected to look alike and are never proposed, unless their bytes
/// are the same. Immutable, so that any number of threads may ask at once.
package struct DuplicateSearch: Sendable {
  /// How far it is, in pictures.
  package struct Progress: Sendable {
    package let done: Int
    package let total: Int
  }

  /// Files that can't be compared but by their bytes, because what that needs has not been measured.
  package private(set) var unmeasuredCount = 0
  /// Files that are too flat to compare: blank paper, one colour.
  package private(set) var flatCount = 0
  /// Whose each file is.
  package private(set) var artworkIDs: [Int64: ArtworkID] = [:]

  /// Files with the same bytes, in the order of their numbers; they are one picture.
  private var pictures: [[Int64]] = []
  private var views: [View] = []

  private struct View: Sendable {
    let picture: Int
    /// The whole of a picture that has a view inside its border too.
    let hasBorder: Bool
    let hashes: PerceptualHashes
    let thumbnail: [UInt8]
  }

  /// Bits in which gradient hashes may differ for two pictures to be looked at more closely.
  private static let gradientRadius = 8
  /// Pictures' views between two reports of progress, and in one thread's portion.
  private static let slice = 4096
  private static let portion = 64

  /// Reads what is stored of all files whose work is not removed.
  ///
  /// - Parameter among: only files of these works; nil for all.
  package init(_ catalog: Catalog, among: Set<ArtworkID>? = nil) throws(CatalogError) {
    var numbers: [Fingerprint: Int] = [:]
    try catalog.forEachCopyDescriptor { file in
      guard among?.contains(file.artworkID) ?? true else { return }
      artworkIDs[file.fileID] = file.artworkID
      if file.descriptor == nil { unmeasuredCount += 1 }
      if let whole = file.descriptor?.views.first, whole.hashes == nil { flatCount += 1 }
      if let known = numbers[file.contentHash] {
        pictures[known].append(file.fileID)
        return
      }
      let number = pictures.count
      numbers[file.contentHash] = number
      pictures.append([file.fileID])
      let stored = file.descriptor?.views ?? []
      for (place, view) in stored.enumerated() {
        guard let hashes = view.hashes else { continue }
        let hasBorder = place == 0 && stored.dropFirst().contains { $0.hashes != nil }
        views.append(
          View(picture: number, hasBorder: hasBorder, hashes: hashes, thumbnail: view.thumbnail))
      }
    }
  }

  /// Files that are compared.
  package var fileCount: Int { artworkIDs.count }

  /// All proposals of some tiers, in the order of the file numbers.
  ///
  /// - Parameters:
  ///   - tiers: at least one.
  ///   - isStopped: asked now and then; when true, what has been found so far is the answer.
  package func pairs(
    _ tiers: Set<DuplicateTier>, isStopped: () -> Bool = { false }, progress: (Progress) -> Void = { _ in }
  ) -> [DuplicatePair] {
    var pairs: [DuplicatePair] = tiers.contains(.sameBytes) ? sameBytes() : []
    if let radius = tiers.subtracting([.sameBytes]).map(\.radius).max() {
      let found = lookalikes(radius: radius, isStopped: isStopped, progress: progress)
      pairs += found.filter { tiers.contains($0.tier) }
    }
    return pairs.sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// Each file with the first one that has its bytes.
  private func sameBytes() -> [DuplicatePair] {
    pictures.flatMap { files in
      files.dropFirst().map {
        DuplicatePair(tier: .sameBytes, first: files[0], second: $0, evidence: nil)
      }
    }
  }

  /// Pictures that are no copies by their bytes, each pair of pictures once, by its best evidence.
  private func lookalikes(
    radius: Int, isStopped: () -> Bool, progress: (Progress) -> Void
  ) -> [DuplicatePair] {
    let index = LookalikeIndex(views.map(\.hashes), radius: radius, gradientRadius: Self.gradientRadius)
    var best: [PicturePair: CopyRegistration.Evidence] = [:]
    for start in stride(from: 0, to: views.count, by: Self.slice) {
      progress(Progress(done: start, total: views.count))
      if isStopped() { break }
      let end = min(start + Self.slice, views.count)
      let portions = (end - start + Self.portion - 1) / Self.portion
      let results = Mutex<[[(PicturePair, CopyRegistration.Evidence)]]>(Array(repeating: [], count: portions))
      DispatchQueue.concurrentPerform(iterations: portions) { number in
        let first = start + number * Self.portion
        let found = (first..<min(first + Self.portion, end)).flatMap { evidence(for: $0, index) }
        results.withLock { $0[number] = found }
      }
      // In the order of the views, so that equal evidence always gives the same answer.
      for (pair, evidence) in results.withLock({ $0 }).joined() where isBetter(evidence, best[pair]) {
        best[pair] = evidence
      }
    }
    progress(Progress(done: views.count, total: views.count))
    return best.compactMap { pair, evidence in
      guard let tier = DuplicateTier(evidence) else { return nil }
      let files = [pictures[pair.first][0], pictures[pair.second][0]].sorted()
      return DuplicatePair(tier: tier, first: files[0], second: files[1], evidence: evidence)
    }
  }

  private struct PicturePair: Hashable {
    let first, second: Int

    init(_ a: Int, _ b: Int) {
      first = min(a, b)
      second = max(a, b)
    }
  }

  private func isBetter(_ a: CopyRegistration.Evidence, _ b: CopyRegistration.Evidence?) -> Bool {
    guard let b else { return true }
    guard let mine = DuplicateTier(a), let other = DuplicateTier(b) else {
      return a.similarity > b.similarity
    }
    return (mine, -a.similarity) < (other, -b.similarity)
  }

  /// What speaks for other pictures being found, whole, in windows of one view.
  private func evidence(
    for number: Int, _ index: LookalikeIndex
  ) -> [(PicturePair, CopyRegistration.Evidence)] {
    let view = views[number]
    return index.meetings(with: view.hashes).compactMap { meeting in
      let other = views[meeting.view]
      // Two pictures with borders are compared without them: mats and frames look alike.
      guard other.picture != view.picture, !(other.hasBorder && view.hasBorder),
        !shareWork(other.picture, view.picture),
        let evidence = CopyRegistration.evidence(
          of: other.thumbnail, isMirrored: meeting.isMirrored, over: view.thumbnail,
          from: CopyWindow.all[meeting.window]),
        DuplicateTier(evidence) != nil
      else { return nil }
      return (PicturePair(other.picture, view.picture), evidence)
    }
  }

  /// Files of one work are expected to look alike.
  private func shareWork(_ a: Int, _ b: Int) -> Bool {
    pictures[a].contains { file in pictures[b].contains { artworkIDs[$0] == artworkIDs[file] } }
  }
}
