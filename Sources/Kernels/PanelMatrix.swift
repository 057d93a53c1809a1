import CKernels

/// A matrix that many others are multiplied by, such as the weights of a layer, laid out once for that.
///
/// A product of few rows then costs one reading of the matrix, where BLAS would lay it out anew at each call.
package struct PanelMatrix: Sendable {
  private static let panel = Int(CKERNELS_PANEL)

  /// Numbers of a row that goes in, and of one that comes out.
  package let inner, columns: Int
  private let panels: [Float]
  private let bias: [Float]

  /// - Parameters:
  ///   - weights: columns × inner, row by row: the transpose, as PyTorch has the weights of a layer.
  ///   - bias: one number a column.
  /// - Precondition: no count is 0, and they fit.
  package init(weights: [Float], bias: [Float]) {
    precondition(!bias.isEmpty && !weights.isEmpty && weights.count.isMultiple(of: bias.count))
    columns = bias.count
    inner = weights.count / bias.count
    precondition(weights.count <= 1 << 30, "a matrix of \(weights.count) numbers")
    let whole = (columns + Self.panel - 1) / Self.panel * Self.panel
    self.bias = bias + [Float](repeating: 0, count: whole - columns)
    var panels = [Float](repeating: 0, count: whole * inner)
    var target = panels.mutableSpan
    let (columns, inner) = (Int32(columns), Int32(inner))
    unsafe weights.span.withUnsafeBufferPointer { weights in
      unsafe target.withUnsafeMutableBufferPointer { panels in
        guard let from = weights.baseAddress, let to = panels.baseAddress else { return }
        unsafe ckernels_pack_rows(from, columns, inner, inner, to)
      }
    }
    self.panels = panels
  }

  /// How many rows are computed side by side: 6 fill the registers of AVX2, 12 (and twice the columns) those of AVX-512.
  package enum Tile: Int32, CaseIterable, Sendable {
    case six = 6
    case twelve = 12

    /// What suits this machine.
    package static let best = Tile(rawValue: ckernels_product_rows()) ?? .six
  }

  /// `output = input · matrix + bias`. Each row of the output is the same to the last bit, whatever the other rows are.
  ///
  /// - Parameters:
  ///   - input: at least `rows` × `inner` numbers, row by row; what is beyond is not looked at.
  ///   - output: at least `rows` × `columns` numbers; what is beyond is left as it is.
  package func multiply(
    _ input: Span<Float>, rows: Int, tile: Tile = .best, into output: inout MutableSpan<Float>
  ) {
    precondition(rows >= 0 && rows <= 1 << 20)
    precondition(input.count >= rows * inner && output.count >= rows * columns)
    var what = ckernels_product(
      rows: Int32(rows), inner: Int32(inner), columns: Int32(columns), a_pitch: Int32(inner),
      c_pitch: Int32(columns))
    unsafe input.withUnsafeBufferPointer { input in
      unsafe panels.span.withUnsafeBufferPointer { panels in
        unsafe bias.span.withUnsafeBufferPointer { bias in
          unsafe output.withUnsafeMutableBufferPointer { output in
            guard let from = input.baseAddress, let matrix = panels.baseAddress, let add = bias.baseAddress,
              let to = output.baseAddress
            else { return }
            unsafe ckernels_panel_product(&what, from, matrix, add, to, tile.rawValue)
          }
        }
      }
    }
  }
}
