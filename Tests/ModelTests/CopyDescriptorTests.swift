import Foundation
import Model
import Testing

@Suite struct CopyDescriptorTests {
  /// A worker hands it over as JSON.
  @Test func survivesJSON() throws {
    let thumbnail = (0..<CopyDescriptor.View.thumbnailCount).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    let descriptor = CopyDescriptor(views: [
      .init(
        hashes: PerceptualHashes(windows: (0..<14).map { .max - $0 }, mirrored: 1, gradient: 1 << 63),
        thumbnail: thumbnail),
      .init(hashes: nil, thumbnail: Array(thumbnail.reversed())),
    ])
    let data = try JSONEncoder().encode(descriptor)
    #expect(try JSONDecoder().decode(CopyDescriptor.self, from: data) == descriptor)
  }

  @Test func aThumbnailOfAnotherSizeIsRefused() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(CopyDescriptor.self, from: Data(#"{"views":[{"thumbnail":[1,2]}]}"#.utf8))
    }
  }

  @Test func windowsLieInsideTheView() {
    #expect(CopyWindow.all.count == PerceptualHashes.windowCount)
    #expect(Set(CopyWindow.all).count == CopyWindow.all.count)
    #expect(CopyWindow.all[0] == CopyWindow(scale: 1, offsetX: 0, offsetY: 0))
    for window in CopyWindow.all {
      #expect(
        abs(window.offsetX) + window.scale <= 1 + 1e-9 && abs(window.offsetY) + window.scale <= 1 + 1e-9)
    }
  }
}
