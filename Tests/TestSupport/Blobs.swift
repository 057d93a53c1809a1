/// One channel of one pixel of a picture of soft blobs, 0…255, by whole numbers alone: the golden scripts make the same.
///
/// Different seeds are different pictures, in one of three colours. Any coordinates from 0 have a level, so that parts of
/// the picture can be taken.
package func blobLevel(_ x: Int, _ y: Int, channel: Int, seed: Int) -> Int {
  func corner(_ i: Int, _ j: Int) -> Int {
    var mixed = (i * 73_856_093 ^ j * 19_349_663 ^ seed * 83_492_791) & 0xFFFF_FFFF
    mixed = (mixed ^ mixed >> 13) * 1_274_126_177 & 0xFFFF_FFFF
    return (mixed ^ mixed >> 16) % 200 + 20
  }
  let (i, j, a, b) = (x >> 5, y >> 5, x & 31, y & 31)
  let upper = corner(i, j) * (32 - a) + corner(i + 1, j) * a
  let lower = corner(i, j + 1) * (32 - a) + corner(i + 1, j + 1) * a
  return (upper * (32 - b) + lower * b) / 1024 * (10 + (seed + channel) % 3 * 2) / 14
}
