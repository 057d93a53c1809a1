import Foundation

/// Proposals of duplicates for people: groups, and in each the files with what speaks for them.
enum DuplicatesPrinter {
  static func print(_ document: DuplicatesDocument) {
    for group in document.groups {
      Swift.print("\(words(group.tier)):")
      var table = Table(header: ["  id", "work", "pixels", "like the first", "file"])
      for (place, file) in group.files.enumerated() {
        table.add([
          "  " + file.id, work(file), "\(file.width) × \(file.height)", likeness(of: place, in: group),
          file.file,
        ])
      }
      table.print()
      Swift.print()
    }
    Swift.print(sentence(document))
  }

  private static func words(_ tier: String) -> String {
    switch tier {
    case "same-bytes": "The same bytes"
    case "same-reproduction": "The same reproduction"
    default: "Probably the same work"
    }
  }

  private static func work(_ file: DuplicatesDocument.File) -> String {
    [file.title, file.artist, file.date].compactMap { $0 }.joined(separator: ", ")
  }

  /// What the pair with the group's first file says, else the surest one that the file is in.
  private static func likeness(of place: Int, in group: DuplicatesDocument.Group) -> String {
    guard place > 0 else { return "" }
    let own = group.pairs.filter { $0.files.contains(place) }
    let withFirst = own.first { $0.files.contains(0) }
    guard let pair = withFirst ?? own.first else { return "" }
    var words: [String] = []
    if let evidence = pair.evidence {
      words.append(String(format: "%.2f", pair.similarity))
      if evidence.mirrored { words.append("mirrored") }
      if abs(evidence.rotation) >= 0.6 { words.append(String(format: "%+.1f°", evidence.rotation)) }
      if evidence.lumaDifference > 11 || evidence.chromaDifference > 4 { words.append("other colours") }
    } else {
      words.append("same bytes")
    }
    if withFirst == nil, let other = pair.files.first(where: { $0 != place }) {
      words.append("(like \(group.files[other].id))")
    }
    return words.joined(separator: " ")
  }

  private static func sentence(_ document: DuplicatesDocument) -> String {
    let counts = document.pairs.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    let flat = document.flat > 0 ? " \(document.flat) are too flat to compare." : ""
    return "\(document.groups.count) groups among \(document.files) files; pairs: "
      + counts.joined(separator: ", ") + "." + flat
  }
}
