import Features

extension TraitEnd {
  /// The other one.
  package var opposite: TraitEnd { self == .low ? .high : .low }
}

extension Explanation {
  /// What is said to be alike, in one line, aspect by aspect.
  package var summary: Phrase {
    guard !alike.isEmpty else {
      return Phrase("Nothing that is unusual in common.", "没有不寻常的共同之处。")
    }
    let aspects = VisualTrait.Aspect.allCases.map { aspect in said.filter { $0.trait.aspect == aspect } }
    func line(_ language: Language, comma: String, semicolon: String) -> String {
      aspects.filter { !$0.isEmpty }.map { shared in
        shared.map { $0.trait.phrase($0.end)[language] }.joined(separator: comma)
      }.joined(separator: semicolon)
    }
    return Phrase(
      "Alike: " + line(.english, comma: ", ", semicolon: "; ") + ".",
      "相似之处：" + line(.chinese, comma: "，", semicolon: "；") + "。")
  }
}
