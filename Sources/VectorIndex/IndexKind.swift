/// How an index finds candidates. The answer is scored exactly whatever the kind.
package enum IndexKind: Hashable, Sendable {
  /// What suits the number of rows and the memory; see `resolved`.
  case auto
  /// Every row is looked at: exact for any weights and any selection.
  case flat
  /// A graph built by FAISS over coded rows.
  case hnsw
  /// Inverted lists of product-quantised rows: a quarter of a byte a number.
  case ivfPQ
  /// Inverted lists of rows of 8 bits a number.
  case ivfSQ
  /// Whatever FAISS makes of the string (`faiss::index_factory`), such as `OPQ16,IVF256,PQ16`.
  case factory(String)

  /// Up to so many rows `auto` looks at each.
  static let flatLimit = 16_384

  /// The kind that a setting names: `auto`, `flat`, `hnsw`, `ivf` or `ivf-pq`, `ivf-sq`, or a factory string
  /// of FAISS.
  ///
  /// - Throws: `VectorIndexError` with the code `kind`. Only whether FAISS can make something of a factory
  ///   string is asked, for rows of `dimension` numbers; whether there are rows enough to train it shows when
  ///   it is built.
  package init(parsing text: String, dimension: Int) throws(VectorIndexError) {
    switch text {
    case "auto": self = .auto
    case "flat": self = .flat
    case "hnsw": self = .hnsw
    case "ivf", "ivf-pq": self = .ivfPQ
    case "ivf-sq": self = .ivfSQ
    default:
      do {
        _ = try FactoryIndex(description: text, dimension: dimension)
      } catch {
        throw VectorIndexError(
          code: .kind, doing: "reading the index kind '\(text)'",
          cause:
            "it is none of auto, flat, hnsw, ivf, ivf-pq, ivf-sq, and no factory string of FAISS for rows of "
            + "\(dimension) numbers: \(error.cause)")
      }
      self = .factory(text)
    }
  }

  /// As a setting names it.
  package var name: String {
    switch self {
    case .auto: "auto"
    case .flat: "flat"
    case .hnsw: "hnsw"
    case .ivfPQ: "ivf-pq"
    case .ivfSQ: "ivf-sq"
    case .factory(let description): description
    }
  }

  /// What `auto` means for so many rows: `flat` up to 16,384 rows, above `hnsw`, or `ivf-pq` where codes and
  /// graph would take more than `memoryLimit` bytes.
  package func resolved(count: Int, bytesPerRow: Int, memoryLimit: Int?) -> IndexKind {
    guard self == .auto else { return self }
    if count <= Self.flatLimit { return .flat }
    if let memoryLimit, count * bytesPerRow > memoryLimit { return .ivfPQ }
    return .hnsw
  }

  /// The factory string of FAISS, for the kinds that have one.
  func factoryDescription(count: Int, dimension: Int) -> String? {
    // Four lists to the square root of the rows is FAISS's own advice; k-means wants some forty rows a list.
    let lists = max(1, min(Int(4 * Double(count).squareRoot()), count / 40))
    switch self {
    case .auto, .flat, .hnsw: return nil
    case .ivfPQ:
      // Four numbers a part, and fewer parts where the dimension doesn't divide so.
      guard count >= 256,
        let parts = (1...max(1, dimension / 4)).last(where: { dimension.isMultiple(of: $0) })
      else { return "IVF\(lists),SQ8" }
      // Without FAISS's polysemous ordering of the codes, which takes minutes and which no search here uses.
      return "IVF\(lists),PQ\(parts)np"
    case .ivfSQ: return "IVF\(lists),SQ8"
    case .factory(let description): return description
    }
  }
}
