import Model

/// Where pixels of the upright picture stand in the file (EXIF 2.32, tag 274).
struct StoredOrientation {
  /// Of the picture as stored, in pixels.
  let width, height: Int
  /// 1…8
  let orientation: Int

  init(_ header: ImageHeader) {
    (width, height, orientation) = (header.storedWidth, header.storedHeight, header.orientation)
  }

  /// The stored rectangle that shows as this one.
  func stored(_ box: PictureRegion.Box) -> PictureRegion.Box {
    let isSwapped = orientation >= 5
    let (x, y) = isSwapped ? (box.y, box.x) : (box.x, box.y)
    let (across, down) = isSwapped ? (box.height, box.width) : (box.width, box.height)
    // Which stored axes run against those of the upright picture.
    let isLeftward = [2, 3, 7, 8].contains(orientation)
    let isUpward = [3, 4, 6, 7].contains(orientation)
    return PictureRegion.Box(
      x: isLeftward ? width - x - across : x, y: isUpward ? height - y - down : y, width: across, height: down
    )
  }
}
