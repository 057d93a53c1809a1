import Catalog
import Crypto
package import Features
package import Imaging
package import Model
package import Platform
package import SystemPackage

/// Reads one file after another: maps it, hashes it, decodes it, measures it. Runs in a worker process.
package struct Measurer: ~Copyable {
  private let decoder: ImageDecoder
  private let renderer: PictureRenderer
  private var features: VisualFeatures

  /// - Throws: `ImagingError` when libvips can't be started with these formats, `EmbeddingModelError` when the model is
  ///   gone or another one, `FittedProjectionError` when the program's own data are damaged.
  package init(limits: ImagingLimits, model: EmbeddingModel) throws {
    let decoder = try ImageDecoder(limits: limits)
    let renderer = try PictureRenderer(limits: limits)
    let features = try VisualFeatures(VisualSchema(model: model))
    self.decoder = decoder
    self.renderer = renderer
    self.features = features
  }

  /// - Throws: `Refusal`; `.changing` when the file was written to while it was read: what was read is then no
  ///   picture of it, and another attempt may be.
  ///
  /// - Parameter region: the part of the picture that is measured; nil for the whole.
  package mutating func measure(_ path: FilePath, region: PictureRegion? = nil) throws(Refusal) -> Measurement
  {
    let file = try Self.open(path)
    guard file.stamp.size <= decoder.limits.bytes else {
      throw Refusal(.tooLarge, "\(file.stamp.size) bytes, the limit is \(decoder.limits.bytes)")
    }
    let (header, image): (ImageHeader, WorkingImage)
    do throws(ImagingError) {
      (header, image) = try decode(file, region)
    } catch {
      throw file.hasChanged() ? Self.changing : Refusal(error)
    }
    let contentHash = file.contentHash()
    let signature = features.measure(image)
    guard !file.hasChanged() else { throw Self.changing }
    return Measurement(
      seen: FileSighting(file.stamp), contentHash: contentHash,
      pictureHash: Self.pictureHash(of: image, header), format: header.format.rawValue, width: header.width,
      height: header.height, blocks: signature.blocks, palette: signature.palette,
      copies: signature.copies)
  }

  /// Derives a picture from a file.
  ///
  /// - Throws: `Refusal`; `.changing` when the file was written to while it was read.
  package func render(_ rendering: Rendering, of path: FilePath) throws(Refusal) -> [UInt8] {
    let file = try Self.open(path)
    guard file.stamp.size <= decoder.limits.bytes else {
      throw Refusal(.tooLarge, "\(file.stamp.size) bytes, the limit is \(decoder.limits.bytes)")
    }
    let picture: [UInt8]
    do throws(ImagingError) {
      picture = try file.withBytes { bytes throws(ImagingError) in try renderer.render(rendering, of: bytes) }
    } catch {
      throw file.hasChanged() ? Self.changing : Refusal(error)
    }
    guard !file.hasChanged() else { throw Self.changing }
    return picture
  }

  private func decode(
    _ file: MappedFile, _ region: PictureRegion?
  ) throws(ImagingError) -> (ImageHeader, WorkingImage) {
    try file.withBytes { bytes throws(ImagingError) in
      let header = try decoder.header(of: bytes)
      guard let region else { return (header, try decoder.workingImage(of: bytes, format: header.format)) }
      return (header, try decoder.detail(region, of: bytes, header: header))
    }
  }

  private static let changing = Refusal(.changing, "it was written to while it was read")

  private static func open(_ path: FilePath) throws(Refusal) -> MappedFile {
    do throws(Errno) {
      return try MappedFile(opening: path)
    } catch .noSuchFileOrDirectory, .notDirectory {
      throw Refusal(.vanished, "it is not there any more")
    } catch .isDirectory {
      throw Refusal(.notAnImage, "it is a folder")
    } catch .notSupported {
      throw Refusal(.notAnImage, "it is a device, a pipe or a socket")
    } catch {
      throw Refusal(.unreadable, "\(error)")
    }
  }

  private static func pictureHash(of image: WorkingImage, _ header: ImageHeader) -> Fingerprint {
    var hash = SHA256()
    hash.update(data: Array("\(header.width)x\(header.height) \(image.width)x\(image.height) ".utf8))
    hash.update(data: image.pixels)
    return Fingerprint(bytes: Array(hash.finalize()))
  }
}

extension FileSighting {
  package init(_ stamp: FileStamp) {
    self.init(size: stamp.size, modified: stamp.modified, changed: stamp.changed, inode: stamp.inode)
  }
}
