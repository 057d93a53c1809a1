import Features
import Foundation
import Search

/// An explanation for people.
enum ExplanationPrinter {
  private static let mostColours = 4
  /// As many as the summary has.
  private static let mostTraits = 8

  static func print(_ document: ExplanationDocument, _ language: Language) {
    let words = ExplanationWords(language: language)
    for work in document.works {
      let known = [work.title, work.artist].compactMap { $0 }
      Swift.print(([work.name] + known).joined(separator: "  "))
    }
    Swift.print("\n\(document.summary)\n" + words.inCommon(document.percentile) + "\n")
    var table = Table(header: ["", "", ""])
    for trait in document.alike.prefix(mostTraits) {
      table.add([words.aspect(trait.aspect), trait.phrase, words.rarity(trait)])
    }
    let shared = document.colours.prefix(mostColours).map { colour in
      "\(colour.name) \(percent(colour.shares[0])) / \(percent(colour.shares[1]))"
    }
    if !shared.isEmpty { table.add([words.colours, shared.joined(separator: words.comma), ""]) }
    for trait in document.unlike {
      table.add([words.unlike, trait.phrase + words.against + (trait.opposite ?? ""), ""])
    }
    for block in document.blocks {
      table.add([
        block.name, String(format: "%+.2f", block.cosine), words.closer(block.percentile),
      ])
    }
    for line in table.lines().dropFirst() { Swift.print("  " + line.trimmingCharacters(in: .whitespaces)) }
  }

  private static func percent(_ share: Double) -> String { String(format: "%.0f %%", 100 * share) }
}

/// What stands around the phrases.
struct ExplanationWords {
  let language: Language

  private func either(_ english: String, _ chinese: String) -> String {
    switch language {
    case .english: english
    case .chinese: chinese
    }
  }

  var colours: String { either("colours", "共有色彩") }
  var unlike: String { either("unlike", "相异") }
  var against: String { either(" against ", " 对比 ") }
  var comma: String { either(", ", "，") }

  func aspect(_ name: String) -> String { VisualTrait.Aspect(rawValue: name)?.phrase[language] ?? name }

  /// Beyond how much of real art the less extreme of the two works lies.
  func rarity(_ trait: ExplanationDocument.Trait) -> String {
    let least =
      trait.end == TraitEnd.low.rawValue ? trait.percentiles.max() : trait.percentiles.min().map { 100 - $0 }
    let part = Self.percent(max(least ?? 0, 0.5))
    return either("both among the outermost \(part) of real art", "两者均处于真实作品的前 \(part)")
  }

  func inCommon(_ percentile: Double) -> String {
    let part = Self.percent(percentile)
    return either(
      "They have more in common that is unusual than \(part) of random pairs.", "其不寻常的共同点多于 \(part) 的随机作品对。")
  }

  func closer(_ percentile: Double) -> String {
    let part = Self.percent(percentile)
    return either("closer than \(part) of random pairs", "比 \(part) 的随机作品对更接近")
  }

  /// Whole per cents, with one decimal towards either end; nothing is said to be all or none.
  private static func percent(_ value: Double) -> String {
    let value = min(max(value, 0.1), 99.9)
    return String(format: value < 1 || value > 99 ? "%.1f %%" : "%.0f %%", value)
  }
}
