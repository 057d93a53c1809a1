import Catalog
import Foundation
import Platform
import SystemPackage

/// Reads a catalogue file that somebody may be writing to.
enum CatalogueFileReading {
  enum Fault: Error {
    /// It is another one than was seen.
    case changed
    case gone
    /// One sentence for people.
    case unreadable(String)
  }

  /// In bytes.
  private static let limit = 1 << 30

  /// - Parameter seen: the file as it was found.
  static func table(at path: FilePath, seen: FileSighting) throws(Fault) -> CSVTable {
    let bytes: [UInt8]
    do {
      bytes = try path.contents(limit: limit)
    } catch Errno.noSuchFileOrDirectory {
      throw .gone
    } catch {
      throw .unreadable("it can't be read (\(error))")
    }
    guard case .regular(let stamp)? = try? FileKind(at: path), FileSighting(stamp) == seen else {
      throw .changed
    }
    do {
      let table = try CSVTable(bytes: bytes)
      guard table.header.position(of: "id") != nil || table.header.position(of: "file") != nil else {
        throw Fault.unreadable("its header has neither a column 'id' nor a column 'file'")
      }
      return table
    } catch let fault as Fault {
      throw fault
    } catch {
      throw .unreadable("\(error)")
    }
  }
}
