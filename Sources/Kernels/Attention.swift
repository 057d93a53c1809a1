import CKernels

/// Scaled dot-product attention of several heads (Vaswani et al. 2017, arXiv:1706.03762): each token's output is the mean of
/// all tokens' values, weighted by softmax(query · key / √width).
///
/// Owns its working memory, made beforehand: one for each thread.
package struct Attention: Sendable {
  package let heads: Int
  /// Numbers of a head.
  package let width: Int
  /// Of a sentence, at most.
  package let maximumTokens: Int
  private var scratch: [Float]

  /// - Precondition: none is 0; no more than 4,096 tokens.
  package init(heads: Int, width: Int, maximumTokens: Int) {
    precondition(heads > 0 && width > 0 && (1...4096).contains(maximumTokens))
    self.heads = heads
    self.width = width
    self.maximumTokens = maximumTokens
    scratch = [Float](
      repeating: 0, count: Int(ckernels_attention_scratch(Int32(maximumTokens), Int32(width))))
  }

  /// Attention within one sentence.
  ///
  /// - Parameters:
  ///   - tokens: the rows of the sentence, in both.
  ///   - states: rows of 3 × heads × width numbers: the queries of all heads, their keys, their values.
  ///   - output: rows of heads × width numbers; other rows are left as they are.
  package mutating func callAsFunction(
    _ tokens: Range<Int>, of states: Span<Float>, into output: inout MutableSpan<Float>
  ) {
    let hidden = heads * width
    precondition(tokens.lowerBound >= 0 && tokens.count <= maximumTokens)
    precondition(states.count >= tokens.upperBound * 3 * hidden && output.count >= tokens.upperBound * hidden)
    guard !tokens.isEmpty else { return }
    let (heads, width) = (Int32(heads), Int32(width))
    var room = scratch.mutableSpan
    unsafe states.withUnsafeBufferPointer { states in
      unsafe output.withUnsafeMutableBufferPointer { output in
        unsafe room.withUnsafeMutableBufferPointer { room in
          guard let from = states.baseAddress, let to = output.baseAddress, let scratch = room.baseAddress
          else { return }
          unsafe ckernels_attention(
            from + tokens.lowerBound * 3 * hidden, Int32(tokens.count), heads, width,
            to + tokens.lowerBound * hidden,
            scratch)
        }
      }
    }
  }
}
