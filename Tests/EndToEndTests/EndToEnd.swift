import Testing

/// The built program, driven as a user drives it: arguments, files and signals in; exit status, text and files out.
///
/// One test after another: some of them watch processes and kill them at chosen moments.
@Suite(.serialized) enum EndToEnd {
  /// Tests that read one home, in which the samples were ingested before the first of them.
  @Suite(.samples) enum WithSamples {}
}
