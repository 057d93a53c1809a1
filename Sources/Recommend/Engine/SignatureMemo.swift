/// Signatures of works, each read from the shelf once; for one list on one thread.
final class SignatureMemo {
  private let read: (Int32) -> [Float]?
  private var known: [Int32: [Float]?] = [:]

  init(_ read: @escaping (Int32) -> [Float]?) { self.read = read }

  /// nil where a work has none.
  func callAsFunction(_ work: Int32) -> [Float]? {
    if let signature = known[work] { return signature }
    let signature = read(work)
    known[work] = .some(signature)
    return signature
  }
}
