package import Features

extension VisualTrait {
  /// What a curator says of a work that lies at an end of this trait.
  package func phrase(_ end: TraitEnd) -> Phrase {
    switch (self, end) {
    case (.lightness, .low): Phrase("dark overall tone", "整体色调幽暗")
    case (.lightness, .high): Phrase("light overall tone", "整体色调明亮")
    case (.lightDarkContrast, .low): Phrase("little contrast of light and dark", "明暗对比微弱")
    case (.lightDarkContrast, .high): Phrase("strong contrast of light and dark", "明暗对比强烈")
    case (.chroma, .low): Phrase("muted, nearly colourless palette", "色彩素淡，近于无彩")
    case (.chroma, .high): Phrase("vivid palette", "色彩鲜艳")
    case (.saturationContrast, .low): Phrase("even saturation", "饱和度均匀")
    case (.saturationContrast, .high): Phrase("vivid accents against muted colours", "鲜艳色与素色对比")
    case (.warmth, .low): Phrase("cold palette", "冷色调")
    case (.warmth, .high): Phrase("warm palette", "暖色调")
    case (.hueVariety, .low): Phrase("one ruling hue", "单一主色")
    case (.hueVariety, .high): Phrase("many hues", "色相繁多")
    case (.complementaryContrast, .low): Phrase("no complementary colours", "无互补色")
    case (.complementaryContrast, .high): Phrase("complementary colours against each other", "互补色对比")
    case (.flatness, .low): Phrase("finely broken colour", "色彩细碎交错")
    case (.flatness, .high): Phrase("large flat areas of colour", "大面积平涂色块")
    case (.lightAbove, .low): Phrase("darker above than below", "上暗下亮")
    case (.lightAbove, .high): Phrase("lighter above than below", "上亮下暗")
    case (.lightWithin, .low): Phrase("dark middle in light surroundings", "中心暗、四周亮")
    case (.lightWithin, .high): Phrase("light gathered in the middle", "光线集中于中心")
    }
  }
}

extension VisualTrait.Aspect {
  /// Its name.
  package var phrase: Phrase {
    switch self {
    case .palette: Phrase("palette", "色彩")
    case .brushwork: Phrase("brushwork", "笔触")
    case .drawing: Phrase("drawing", "线条")
    case .composition: Phrase("composition", "构图")
    }
  }
}
