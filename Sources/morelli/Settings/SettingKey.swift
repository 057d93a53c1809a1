import Features
import Imaging
import Model
import Search
import SystemPackage
import Text
import VectorIndex

/// One key of the settings file: what it is called, what it means, and which part of `Settings` it sets.
struct SettingKey {
  /// Why a value can't stand.
  struct Fault: Error {
    let reason: String
  }

  /// Such as `decode.max-pixels`: the table, a dot, the key.
  let name: String
  let documentation: String
  let get: (Settings) -> SettingValue
  let set: (inout Settings, SettingValue) throws(Fault) -> Void

  /// The TOML table that the key stands in.
  var table: String { String(name.prefix { $0 != "." }) }
  /// The key within its table.
  var key: String { String(name.drop { $0 != "." }.dropFirst()) }

  /// All of them, in the order of the file.
  static var all: [SettingKey] {
    [
      formats,
      integer(
        "decode.max-pixels", "Width x height of a picture as stored.", \.limits.pixels, 1...100_000_000_000),
      integer("decode.max-side", "The longer side of a picture, in pixels.", \.limits.side, 1...1_000_000),
      mebibytes("decode.max-file-mib", "Size of a file, in MiB.", \.limits.bytes),
      mebibytes(
        "decode.max-memory-mib", "Memory that decoding one picture may take, in MiB.", \.limits.memory),
      integer("decode.seconds", "Time that one picture may take, in seconds.", \.secondsPerFile, 1...86_400),
      integer(
        "ingest.jobs", "Pictures measured side by side; 0 is one for each processor.", \.jobs, 0...1024),
      boolean("ingest.hidden", "Also files and folders whose names begin with a dot.", \.includesHidden),
      model, textModel,
      integer("search.count", "Works in an answer, unless -k says otherwise.", \.searchCount, 1...100_000),
      weights, indexKind,
      mebibytes(
        "index.max-memory-mib",
        "Memory that codes and links of the index may take before kind = \"auto\" makes it smaller, in MiB; 0 is any.",
        \.indexMemory, from: 0),
      language,
    ] + watching + serving + recommending
  }

  private static var model: SettingKey {
    SettingKey(
      name: "embedding.model",
      documentation: """
        A model of the embedding that you have trained (tools/train-embedding), by its full path; "" is the one built
        in. What was measured with another model doesn't count any more: morelli rebuild --features measures it again.
        """,
      get: { .string($0.model.path?.string ?? "") },
      set: { settings, value throws(Fault) in
        guard case .string(let text) = value, text.isEmpty || text.hasPrefix("/") else {
          throw Fault(reason: "the full path of a .safetensors file is expected")
        }
        guard !text.isEmpty else {
          settings.model = .builtIn
          return
        }
        do throws(EmbeddingModelError) {
          settings.model = try EmbeddingModel(opening: FilePath(text))
        } catch {
          throw Fault(reason: error.reason)
        }
      })
  }

  private static var textModel: SettingKey {
    SettingKey(
      name: "text.model",
      documentation: """
        A sentence model of your own (sentence-transformers, BERT, mean pooling), by the full path of its folder; "" is
        the one that morelli model fetch gets. Vectors of texts by another model don't count any more.
        """,
      get: { .string($0.textModel?.string ?? "") },
      set: { settings, value throws(Fault) in
        guard case .string(let text) = value, text.isEmpty || text.hasPrefix("/") else {
          throw Fault(reason: "the full path of a folder is expected")
        }
        guard text.isEmpty || SentenceModel.hasFiles(in: FilePath(text)) else {
          throw Fault(reason: "\(text) has no model.safetensors, vocab.txt and config.json")
        }
        settings.textModel = text.isEmpty ? nil : FilePath(text)
      })
  }

  private static var indexKind: SettingKey {
    SettingKey(
      name: "index.kind",
      documentation: """
        How the index finds: auto (flat up to 16,384 signatures, hnsw above, ivf where memory says so), flat (every one is
        looked at), hnsw, ivf, ivf-sq, or a factory string of FAISS. It holds from the next morelli rebuild on.
        """,
      get: { .string($0.indexKind.name) },
      set: { settings, value throws(Fault) in
        guard case .string(let text) = value else { throw Fault(reason: "the name of a kind is expected") }
        do throws(VectorIndexError) {
          settings.indexKind = try settings.kind(named: text)
        } catch {
          throw Fault(reason: error.cause)
        }
      })
  }

  private static var language: SettingKey {
    SettingKey(
      name: "output.language",
      documentation: "In which explanations are worded, unless --language says otherwise: en or zh.",
      get: { .string($0.language.rawValue) },
      set: { settings, value throws(Fault) in
        guard case .string(let name) = value, let language = Language(rawValue: name) else {
          let known = Language.allCases.map(\.rawValue).joined(separator: ", ")
          throw Fault(reason: "a language is expected: \(known)")
        }
        settings.language = language
      })
  }

  private static var formats: SettingKey {
    SettingKey(
      name: "decode.formats",
      documentation: """
        The formats that are decoded. Take one off and its files are refused as unsupported.
        svg is off unless you add it: an SVG can refer to other files.
        """,
      get: { .strings(ImageFormat.allCases.filter($0.limits.formats.contains).map(\.rawValue)) },
      set: { settings, value throws(Fault) in
        guard case .strings(let names) = value else {
          throw Fault(reason: "a list of format names is expected")
        }
        var formats: Set<ImageFormat> = []
        for name in names {
          guard let format = ImageFormat(rawValue: name) else {
            let known = ImageFormat.allCases.map(\.rawValue).joined(separator: ", ")
            throw Fault(reason: "'\(name)' is no format; the formats are \(known)")
          }
          formats.insert(format)
        }
        settings.limits.formats = formats
      })
  }

  private static var weights: SettingKey {
    SettingKey(
      name: "search.weights",
      documentation: "How much each block counts, unless --weights says otherwise, such as { colour = 2.0 }.",
      get: { .numbers($0.weights) },
      set: { settings, value throws(Fault) in
        guard case .numbers(let table) = value else {
          throw Fault(reason: "a table such as { colour = 2.0 } is expected")
        }
        if let bad = table.first(where: { $0.value < 0 || !$0.value.isFinite }) {
          throw Fault(reason: "the weight of \(bad.key) is \(bad.value); a weight is 0 or more")
        }
        settings.weights = table
      })
  }

  static func integer(
    _ name: String, _ documentation: String, _ path: WritableKeyPath<Settings, Int>,
    _ range: ClosedRange<Int>,
    unit: Int = 1
  ) -> SettingKey {
    SettingKey(
      name: name, documentation: documentation,
      get: { .integer($0[keyPath: path] / unit) },
      set: { settings, value throws(Fault) in
        guard case .integer(let number) = value, range.contains(number) else {
          throw Fault(reason: "a whole number from \(range.lowerBound) to \(range.upperBound) is expected")
        }
        settings[keyPath: path] = number * unit
      })
  }

  private static func mebibytes(
    _ name: String, _ documentation: String, _ path: WritableKeyPath<Settings, Int>, from least: Int = 1
  ) -> SettingKey {
    integer(name, documentation, path, least...(1 << 30), unit: 1 << 20)
  }

  static func boolean(
    _ name: String, _ documentation: String, _ path: WritableKeyPath<Settings, Bool>
  ) -> SettingKey {
    SettingKey(
      name: name, documentation: documentation,
      get: { .boolean($0[keyPath: path]) },
      set: { settings, value throws(Fault) in
        guard case .boolean(let flag) = value else { throw Fault(reason: "true or false is expected") }
        settings[keyPath: path] = flag
      })
  }
}
