/// Whether no number of `v` is a NaN or an infinity; true for an empty vector.
package func allFinite(_ v: Span<Float>) -> Bool {
  // No early way out: the loop then has no branch, and vectors are nearly always finite.
  var finite = true
  for i in v.indices { finite = v[i].isFinite && finite }
  return finite
}
