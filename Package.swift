// swift-tools-version: 6.2
import PackageDescription

// Layers, lowest first: a target imports only targets above it in this list, never sideways.
// docs/architecture.md says what each room is for.
let package = Package(
  name: "morelli",
  platforms: [.macOS(.v26)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // Native shims: no third-party type crosses their headers.
    .systemLibrary(name: "CVipsLibrary", pkgConfig: "vips", providers: [.apt(["libvips-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(name: "CKernels"),
    .target(name: "CLinux"),
    .target(name: "CVips", dependencies: ["CVipsLibrary"]),
    .target(
      name: "CFaiss", dependencies: ["COpenBLAS"],
      linkerSettings: ["faiss", "openblas", "gomp", "m"].map { .linkedLibrary($0) }),

    // Fitted numbers, built in, so that the installed program works wherever it is moved.
    .target(
      name: "CFeatureData",
      exclude: [
        "colour.bin", "shape.bin", "shape_words.bin", "texture.bin", "traits.bin", "embedding.safetensors",
      ]),

    // The web page and the description of the API, built in for the same reason.
    .target(name: "CWebFiles", exclude: ["page", "openapi.json"]),

    .target(name: "Model"),
    .target(
      name: "Platform",
      dependencies: [
        "CLinux", "Model",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Telemetry",
      dependencies: [
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(
      name: "Watch",
      dependencies: [
        "CLinux", "Platform",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(name: "Kernels", dependencies: ["CKernels", "COpenBLAS"]),
    .target(name: "Layout", dependencies: ["Kernels"]),
    .target(name: "Neural", dependencies: ["Kernels"]),
    .target(name: "Imaging", dependencies: ["Model", "CVips"]),
    .target(name: "IIIF", dependencies: ["Model"]),
    .target(
      name: "Features",
      dependencies: [
        "Model", "Platform", "Kernels", "Neural", "Imaging", "CFeatureData",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "VectorIndex",
      dependencies: [
        "Model", "Platform", "Kernels", "CFaiss",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Text",
      dependencies: [
        "Model", "Platform", "Kernels", "Neural",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Catalog",
      dependencies: [
        "Model", "Text",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Ingest",
      dependencies: [
        "Model", "Platform", "Watch", "Imaging", "Features", "Catalog",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(
      name: "Search",
      dependencies: [
        "Model", "Platform", "Kernels", "Layout", "VectorIndex", "Features", "Text", "Catalog",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .target(name: "Recommend", dependencies: ["Model", "Kernels", "VectorIndex"]),
    .target(
      name: "Server",
      dependencies: [
        "Platform",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdCore", package: "hummingbird"),
        .product(name: "HTTPTypes", package: "swift-http-types"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .executableTarget(
      name: "morelli",
      dependencies: [
        "Model", "Platform", "Telemetry", "Kernels", "Watch", "Imaging", "Features", "Text", "VectorIndex",
        "Catalog", "Ingest", "Search", "Recommend", "Layout", "IIIF", "CWebFiles", "Server",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "Metrics", package: "swift-metrics"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "UnixSignals", package: "swift-service-lifecycle"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ]),

    .target(name: "TestSupport", path: "Tests/TestSupport"),
    .testTarget(name: "ModelTests", dependencies: ["Model"]),
    .testTarget(
      name: "PlatformTests",
      dependencies: [
        "Platform", "Model",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "TelemetryTests",
      dependencies: [
        "Telemetry",
        .product(name: "CoreMetrics", package: "swift-metrics"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .testTarget(
      name: "WatchTests",
      dependencies: [
        "Watch", "Platform", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(name: "KernelsTests", dependencies: ["Kernels", "TestSupport"]),
    .testTarget(
      name: "LayoutTests", dependencies: ["Layout", "Kernels", "TestSupport"], resources: [.copy("Golden")]),
    .testTarget(
      name: "RecommendTests", dependencies: ["Recommend", "Kernels", "Model", "TestSupport"],
      resources: [.copy("Golden")]),
    .testTarget(name: "IIIFTests", dependencies: ["IIIF", "Model", "TestSupport"]),
    .testTarget(
      name: "NeuralTests", dependencies: ["Neural", "Kernels", "TestSupport"], resources: [.copy("Golden")]),
    .testTarget(
      name: "ImagingTests", dependencies: ["Imaging", "Model", "TestSupport"], resources: [.copy("Fixtures")]),
    .testTarget(
      name: "FeaturesTests",
      dependencies: [
        "Features", "Imaging", "Model", "Neural", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "TextTests",
      dependencies: [
        "Text", "Model", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "VectorIndexTests",
      dependencies: [
        "VectorIndex", "Model", "Platform", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "CatalogTests",
      dependencies: [
        "Catalog", "Model", "Text", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "IngestTests",
      dependencies: [
        "Ingest", "Catalog", "Features", "Imaging", "Model", "Platform", "Text",
        .product(name: "SystemPackage", package: "swift-system"),
      ]),
    .testTarget(
      name: "SearchTests",
      dependencies: [
        "Search", "Catalog", "Features", "Imaging", "Ingest", "Model", "Platform", "Text", "VectorIndex",
        "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      resources: [.copy("Golden")]),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server",
        .product(name: "HTTPTypes", package: "swift-http-types"),
      ]),
    .testTarget(name: "EndToEndTests", dependencies: ["morelli", "TestSupport"]),
  ],
  cxxLanguageStandard: .cxx17
)

// One set of settings for every Swift target.
for target in package.targets where target.type != .system {
  target.swiftSettings = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
  ]
}

// Its state machine is tested from within, in release builds too.
package.targets.first { $0.name == "Watch" }?.swiftSettings?.append(.unsafeFlags(["-enable-testing"]))
