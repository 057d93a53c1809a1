import CKernels
import Dispatch
import Synchronization

/// A symmetric graph with weights, its edges row by row (compressed sparse rows), checked once so that loops need not check again.
package struct WeightedGraph: Sendable {
  /// Columns of a block that `step` multiplies.
  package static let blockColumns = Int(CKERNELS_GRAPH_COLUMNS)

  /// points + 1 numbers: the edges of point i are `offsets[i]..<offsets[i + 1]`.
  package let offsets: [Int32]
  /// The point at the other end of each edge.
  package let targets: [Int32]
  /// One an edge, 0…1.
  package let weights: [Float]
  /// One a point: the sum of the weights of its edges.
  package let degrees: [Float]

  package var pointCount: Int { offsets.count - 1 }

  /// - Parameters:
  ///   - offsets: points + 1 numbers that never fall, from 0 to the number of edges.
  ///   - targets: points' numbers. An edge is expected in the rows of both of its ends, with one weight.
  ///   - weights: as many as targets, 0…1.
  package init(offsets: [Int32], targets: [Int32], weights: [Float]) {
    precondition(offsets.first == 0 && offsets.last == Int32(targets.count) && weights.count == targets.count)
    let points = offsets.count - 1
    var degrees = [Float](repeating: 0, count: points)
    for i in 0..<points {
      precondition(offsets[i] <= offsets[i + 1], "the offsets of a graph never fall")
      var degree: Float = 0
      for edge in Int(offsets[i])..<Int(offsets[i + 1]) {
        precondition(targets[edge] >= 0 && targets[edge] < Int32(points), "an edge leads out of the graph")
        precondition(weights[edge] >= 0 && weights[edge] <= 1, "a weight is 0…1")
        degree += weights[edge]
      }
      degrees[i] = degree
    }
    self.offsets = offsets
    self.targets = targets
    self.weights = weights
    self.degrees = degrees
  }

  /// `product = factor · (P·block − centre·block) − share · product`, where P is the random walk on the graph: each row the
  /// mean of its neighbours' rows, by weight (zeros where there is no neighbour).
  ///
  /// - Parameters:
  ///   - block: points × `blockColumns` numbers.
  ///   - product: as many, finite.
  ///   - threads: 1 or more. The answer is the same whatever their number.
  package func step(
    _ block: Span<Float>, factor: Float, centre: Float, share: Float, threads: Int,
    into product: inout MutableSpan<Float>
  ) {
    let size = pointCount * Self.blockColumns
    precondition(block.count == size && product.count == size)
    var what = ckernels_graph_combination(factor: factor, centre: centre, share: share)
    unsafe withPointers { offsets, targets, weights in
      unsafe degrees.withUnsafeBufferPointer { degrees in
        unsafe block.withUnsafeBufferPointer { block in
          unsafe product.withUnsafeMutableBufferPointer { product in
            guard let degrees = degrees.baseAddress, let from = block.baseAddress,
              let to = product.baseAddress
            else { return }
            unsafe withUnsafePointer(to: &what) { what in
              inParts(threads) { first, last in
                unsafe ckernels_graph_step(what, offsets, targets, weights, degrees, from, to, first, last)
              }
            }
          }
        }
      }
    }
  }

  /// What one epoch of the descent needs to know besides the graph.
  package struct Epoch: Sendable {
    /// Of the curve 1 / (1 + a·d^2b), both above 0.
    package var a, b: Float
    /// How far a gradient moves a point.
    package var rate: Float
    /// From 1: an edge of weight w acts ⌊w·n⌋ times in the epochs to the nth.
    package var number: Int
    package var seed: UInt64

    package init(a: Float, b: Float, rate: Float, number: Int, seed: UInt64) {
      precondition(a > 0 && b > 0 && number > 0 && number < 1 << 20)
      (self.a, self.b, self.rate, self.number, self.seed) = (a, b, rate, number, seed)
    }
  }

  /// One epoch of UMAP's descent in the plane: each point is drawn to neighbours whose turn it is, and pushed away from
  /// `CKERNELS_LAYOUT_SAMPLES` points drawn at random each time. All see where the others were when the epoch began.
  ///
  /// - Parameters:
  ///   - places: points × 2 finite numbers.
  ///   - moved: as many, overwritten.
  ///   - threads: 1 or more. The answer is the same whatever their number.
  package func descend(
    _ epoch: Epoch, from places: Span<Float>, threads: Int, into moved: inout MutableSpan<Float>
  ) {
    precondition(places.count == 2 * pointCount && moved.count == 2 * pointCount)
    var step = ckernels_layout_step(
      a: epoch.a, b: epoch.b, rate: epoch.rate, epoch: UInt32(epoch.number), seed: epoch.seed)
    let points = Int32(pointCount)
    unsafe withPointers { offsets, targets, weights in
      unsafe places.withUnsafeBufferPointer { places in
        unsafe moved.withUnsafeMutableBufferPointer { moved in
          guard let from = places.baseAddress, let to = moved.baseAddress else { return }
          unsafe withUnsafePointer(to: &step) { step in
            inParts(threads) { first, last in
              unsafe ckernels_layout_epoch(step, offsets, targets, weights, points, from, to, first, last)
            }
          }
        }
      }
    }
  }

  private func withPointers(
    _ body: (UnsafePointer<Int32>, UnsafePointer<Int32>, UnsafePointer<Float>) -> Void
  ) {
    // A graph without edges has no addresses, and kernels never follow these.
    let noTarget: [Int32] = [0]
    let noWeight: [Float] = [0]
    unsafe offsets.withUnsafeBufferPointer { offsets in
      unsafe (targets.isEmpty ? noTarget : targets).withUnsafeBufferPointer { targets in
        unsafe (weights.isEmpty ? noWeight : weights).withUnsafeBufferPointer { weights in
          guard let offsets = offsets.baseAddress, let targets = targets.baseAddress,
            let weights = weights.baseAddress
          else { return }
          unsafe body(offsets, targets, weights)
        }
      }
    }
  }

  /// Calls `body` with ranges of points that together are all of them, on as many threads.
  private func inParts(_ threads: Int, _ body: (Int32, Int32) -> Void) {
    precondition(threads > 0)
    let points = pointCount
    // Less is done before a thread has started.
    guard threads > 1 && points >= 2_048 else { return body(0, Int32(points)) }
    // Many parts, taken as they come, as rows are uneven and other programs take a core away for a while.
    let parts = 16 * threads
    let next = Atomic(0)
    nonisolated(unsafe) let work = body
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while true {
        let part = next.add(1, ordering: .relaxed).oldValue
        guard part < parts else { break }
        unsafe work(Int32(points * part / parts), Int32(points * (part + 1) / parts))
      }
    }
  }
}
