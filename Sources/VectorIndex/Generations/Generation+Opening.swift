import Model
import Platform
package import SystemPackage

extension Generation {
  /// Opens a finished generation.
  ///
  /// Sizes are compared with the manifest, keys must ascend, and a file that FAISS reads is proved by its
  /// checksum first; `damages` proves all files.
  ///
  /// - Parameter residence: where codes and links are read from.
  /// - Throws: `VectorIndexError` with the code `missing`, `damaged`, `foreignVersion`, `files` or
  ///   `outOfMemory`; it names the file.
  package convenience init(
    opening folder: FilePath, number: Int, _ residence: Residence = .memory
  ) throws(VectorIndexError) {
    let manifestPath = folder.appending(GenerationManifest.name)
    let bytes = try SyncedFiles.contents(of: manifestPath, limit: 1 << 24)
    let manifest = try GenerationManifest(decoding: bytes, doing: "reading \(manifestPath)")
    try self.init(opening: folder, number: number, manifest: manifest, residence)
  }

  convenience init(
    opening folder: FilePath, number: Int, manifest: GenerationManifest, _ residence: Residence = .memory
  ) throws(VectorIndexError) {
    func damaged(_ name: String, _ cause: String) -> VectorIndexError {
      VectorIndexError(code: .damaged, doing: "opening \(folder.appending(name))", cause: cause)
    }
    let (schema, count) = (manifest.schema, manifest.count)
    func memory(_ name: String, size: Int?, mapped: Bool = false) throws(VectorIndexError) -> FileMemory {
      guard let file = manifest.files[name] else { throw damaged(name, "the manifest doesn't name it") }
      if let size, file.size != size {
        throw damaged(name, "the manifest says \(file.size) bytes, \(count) rows take \(size)")
      }
      let path = folder.appending(name)
      do {
        return mapped || residence == .file
          ? try FileMemory(mapping: path, count: file.size, isOrdered: name != GenerationManifest.rows)
          : try FileMemory(reading: path, count: file.size)
      } catch .invalidArgument {
        throw damaged(name, "it is not the file of \(file.size) bytes that was written")
      } catch .noSuchFileOrDirectory {
        throw VectorIndexError(code: .missing, doing: "opening \(path)", cause: "it is not there")
      } catch .noMemory {
        throw VectorIndexError(code: .outOfMemory, doing: "opening \(path)", cause: "\(file.size) bytes")
      } catch {
        throw VectorIndexError(code: .files, doing: "opening \(path)", cause: "\(error)")
      }
    }
    let kind = IndexKind(manifestName: manifest.kind)
    let isFactory = kind.factoryDescription(count: max(count, 1), dimension: schema.dimension) != nil
    let numbers = try memory(GenerationManifest.rows, size: count * schema.dimension * 4, mapped: true)
    let codes = try memory(
      GenerationManifest.codes, size: CodedRows.codesSize(schema, count: count), mapped: isFactory)
    let keys = try memory(GenerationManifest.keys, size: count * 8)
    let all = unsafe keys.numbers(Int64.self)
    for i in 1..<max(1, count) where unsafe all[i - 1] >= all[i] {
      throw damaged(GenerationManifest.keys, "its keys don't ascend")
    }
    let rows: CodedRows
    do throws(VectorIndexError) {
      rows = try CodedRows(schema, codes: codes, rows: numbers, count: count)
    } catch {
      throw error.code == .shape ? damaged(GenerationManifest.codes, error.cause) : error
    }
    let engine: Engine
    if kind == .hnsw {
      let graph = try memory(GenerationManifest.graph, size: nil)
      do throws(VectorIndexError) {
        engine = .graph(try Graph(graph, count: count))
      } catch {
        throw error.code == .shape ? damaged(GenerationManifest.graph, error.cause) : error
      }
    } else if isFactory {
      let path = folder.appending(GenerationManifest.faiss)
      guard let file = manifest.files[GenerationManifest.faiss] else {
        throw damaged(GenerationManifest.faiss, "the manifest doesn't name it")
      }
      guard try SyncedFiles.description(of: path) == file else {
        throw damaged(GenerationManifest.faiss, "its checksum is wrong")
      }
      let index = try FactoryIndex(reading: path)
      guard index.count == count, index.dimension == schema.dimension else {
        throw damaged(GenerationManifest.faiss, "it is an index of other rows")
      }
      engine = .factory(index)
    } else {
      engine = .flat
    }
    self.init(
      number: number, folder: folder, manifest: manifest, kind: kind, rows: rows, keys: keys, engine: engine)
  }

  /// The files that are not what was written, each with the reason; none where all is well. Reads every byte.
  package func damages() -> [VectorIndexError] {
    manifest.files.sorted { $0.key < $1.key }.compactMap { name, file in
      let path = folder.appending(name)
      do throws(VectorIndexError) {
        let found = try SyncedFiles.description(of: path)
        guard found != file else { return nil }
        let cause =
          found.size == file.size
          ? "its checksum is wrong" : "it has \(found.size) bytes, \(file.size) were written"
        return VectorIndexError(code: .damaged, doing: "verifying \(path)", cause: cause)
      } catch {
        return error
      }
    }
  }
}

extension IndexKind {
  /// A kind as a manifest names it: whatever has no name of ours is FAISS's.
  init(manifestName name: String) {
    self = [.flat, .hnsw, .ivfPQ, .ivfSQ].first { $0.name == name } ?? .factory(name)
  }
}

extension SyncedFiles {
  /// All bytes of a file.
  static func contents(of path: FilePath, limit: Int) throws(VectorIndexError) -> [UInt8] {
    do { return try path.contents(limit: limit) } catch {
      let isMissing = error as? Errno == .noSuchFileOrDirectory
      throw VectorIndexError(
        code: isMissing ? .missing : .files, doing: "reading \(path)",
        cause: isMissing ? "it is not there" : "\(error)")
    }
  }
}
