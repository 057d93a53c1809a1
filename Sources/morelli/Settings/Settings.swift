import Features
import Imaging
import Ingest
import Model
import Platform
import Search
import SystemPackage
import VectorIndex

/// Everything that `morelli.toml` can say, with its defaults.
struct Settings: Equatable {
  var limits = ImagingLimits()
  /// Makes the embedding.
  var model = EmbeddingModel.builtIn
  /// The folder of the model that makes the text block; nil is the one that was fetched.
  var textModel: FilePath?
  /// For decoding and measuring one file.
  var secondsPerFile = 60
  /// 0 is one for each processor.
  var jobs = 0
  var includesHidden = false
  var searchCount = 10
  /// Of the index.
  var indexKind = IndexKind.auto
  /// What the index may keep in memory, in bytes, before it is made smaller at the cost of time; 0 is any amount.
  var indexMemory = 0
  /// In which what was measured is put into words.
  var language = Language.english
  /// By block name; blocks that are not named keep their default.
  var weights: [String: Double] = [:]

  /// How a daemon watches folders.
  var watch = WatchSettings()
  /// How it answers over the network.
  var server = ServerSettings()
  /// How it recommends works to people.
  var recommend = RecommendSettings()

  var workerSettings: WorkerSettings {
    WorkerSettings(limits: limits, model: model, seconds: secondsPerFile)
  }

  /// The kind of index that a name means. What FAISS makes of a factory string may depend on the numbers of a signature; those
  /// of a text are not known here.
  func kind(named name: String) throws(VectorIndexError) -> IndexKind {
    let visual = schema.descriptors.reduce(0) { $0 + $1.dimension }
    return try IndexKind(parsing: name, dimension: visual + PaletteBlock.descriptor.dimension)
  }

  var buildOptions: BuildOptions {
    var options = BuildOptions()
    options.threads = effectiveJobs
    options.memoryLimit = indexMemory == 0 ? nil : indexMemory
    return options
  }

  var schema: VisualSchema { VisualSchema(model: model) }

  var effectiveJobs: Int { jobs == 0 ? Terminal.processors : jobs }
}
