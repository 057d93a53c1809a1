import CKernels

/// The cell of each CIELAB colour in a grid of 5 × L* (0…100), 4 × a* (-40…40) and 4 × b* (-40…56), b* fastest: 0…79.
///
/// - Parameters:
///   - planes: three planes of equal length, one after another, for L*, a* and b*.
///   - count: how many colours of each plane, at most its length.
///   - labels: the first `count` are overwritten.
package func labelColours(_ planes: Span<Float>, count: Int, into labels: inout MutableSpan<UInt8>) {
  let stride = planes.count / 3
  precondition(count >= 0 && count <= stride && labels.count >= count)
  unsafe planes.withUnsafeBufferPointer { planes in
    unsafe labels.withUnsafeMutableBufferPointer { labels in
      guard let l = planes.baseAddress, let target = labels.baseAddress else { return }
      unsafe ckernels_label_colours(l, l + stride, l + 2 * stride, Int32(count), target)
    }
  }
}

/// At how many places two sequences of one length have the same byte.
package func countEqual(_ p: Span<UInt8>, _ q: Span<UInt8>) -> Int {
  precondition(p.count == q.count, "\(p.count) bytes against \(q.count)")
  return unsafe p.withUnsafeBufferPointer { p in
    unsafe q.withUnsafeBufferPointer { q in
      guard let first = p.baseAddress, let second = q.baseAddress else { return 0 }
      return unsafe Int(ckernels_count_equal(first, second, Int32(p.count)))
    }
  }
}
