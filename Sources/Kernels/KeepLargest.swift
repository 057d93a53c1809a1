import CKernels

/// Keeps the largest values above 0 of a part of two arrays, largest first (of equal ones the smallest number first), at the part's beginning.
///
/// - Parameters:
///   - kept: so many at most.
///   - numbers: what each value belongs to.
///   - range: the part; what lies beyond those kept is void.
/// - Returns: how many there are.
package func keepLargest(
  _ kept: Int, of numbers: inout [Int32], _ values: inout [Float], in range: Range<Int>
) -> Int {
  precondition(numbers.count == values.count && range.lowerBound >= 0 && range.upperBound <= numbers.count)
  guard !range.isEmpty else { return 0 }
  var count: Int32 = 0
  unsafe numbers.withUnsafeMutableBufferPointer { numbers in
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let numbers = numbers.baseAddress, let values = values.baseAddress else { return }
      unsafe count = ckernels_keep_largest(
        numbers + range.lowerBound, values + range.lowerBound, Int32(range.count), -1, Int32(clamping: kept))
    }
  }
  return Int(count)
}

/// The same for values that are all above 0, in no order, and faster.
package func partLargest(
  _ kept: Int, of numbers: inout [Int32], _ values: inout [Float], in range: Range<Int>
) -> Int {
  precondition(numbers.count == values.count && range.lowerBound >= 0 && range.upperBound <= numbers.count)
  guard range.count > kept else { return range.count }
  var count: Int32 = 0
  unsafe numbers.withUnsafeMutableBufferPointer { numbers in
    unsafe values.withUnsafeMutableBufferPointer { values in
      guard let numbers = numbers.baseAddress, let values = values.baseAddress else { return }
      unsafe count = ckernels_part_largest(
        numbers + range.lowerBound, values + range.lowerBound, Int32(range.count), Int32(clamping: kept))
    }
  }
  return Int(count)
}
