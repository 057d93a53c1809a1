import CFaiss

/// Which instructions sum the codes; chosen by the processor as the first search begins. All give the same
/// numbers.
package enum CodeKernel {
  /// The fastest first; a processor need not have all.
  package static let names = ["avx512", "avx2", "plain"]

  /// The one in use.
  package static var current: String { unsafe String(cString: morelli_codes_kernel()) }

  /// For tests: uses another from now on; false where the processor has none such.
  package static func use(_ name: String) -> Bool { unsafe morelli_codes_use_kernel(name) != 0 }
}
