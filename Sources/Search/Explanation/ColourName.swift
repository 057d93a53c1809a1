package import Model

extension Palette.Swatch {
  /// What people call it: the name of the nearest of some three dozen colours of paint and paper.
  ///
  /// Lightness counts half: "dark red" and "red" are nearer to each other than "red" and "orange".
  package var name: Phrase {
    func distance(_ colour: NamedColour) -> Float {
      let (dl, da, db) = ((l - colour.l) / 2, a - colour.a, b - colour.b)
      return dl * dl + da * da + db * db
    }
    var nearest = NamedColour.all[0]
    for colour in NamedColour.all where distance(colour) < distance(nearest) { nearest = colour }
    return nearest.name
  }
}

/// A colour with a name. The values are the CIELAB (D65) of typical sRGB colours.
private struct NamedColour {
  let name: Phrase
  let l, a, b: Float

  init(_ english: String, _ chinese: String, _ l: Float, _ a: Float, _ b: Float) {
    name = Phrase(english, chinese)
    (self.l, self.a, self.b) = (l, a, b)
  }

  static let all = [
    NamedColour("black", "黑色", 6, 0, 0),
    NamedColour("dark grey", "深灰色", 29, 0, 0),
    NamedColour("grey", "灰色", 54, 0, 0),
    NamedColour("light grey", "浅灰色", 77, 0, 0),
    NamedColour("white", "白色", 97, 0, 0),
    NamedColour("cream", "米白色", 91, -1, 14),
    NamedColour("beige", "米色", 78, 2, 21),
    NamedColour("ochre", "赭黄色", 59, 11, 47),
    NamedColour("sand", "沙色", 71, 5, 29),
    NamedColour("brown", "棕色", 38, 14, 29),
    NamedColour("dark brown", "深棕色", 19, 6, 14),
    NamedColour("grey-brown", "灰褐色", 47, 3, 14),
    NamedColour("red", "红色", 43, 59, 38),
    NamedColour("dark red", "暗红色", 25, 37, 22),
    NamedColour("brick red", "砖红色", 44, 31, 27),
    NamedColour("pink", "粉红色", 72, 24, 9),
    NamedColour("flesh", "肉色", 77, 12, 20),
    NamedColour("orange", "橙色", 61, 35, 57),
    NamedColour("golden yellow", "金黄色", 73, 5, 66),
    NamedColour("yellow", "黄色", 86, -9, 70),
    NamedColour("pale yellow", "淡黄色", 89, -5, 33),
    NamedColour("olive", "橄榄绿", 44, -6, 33),
    NamedColour("dark olive", "暗橄榄色", 22, -4, 17),
    NamedColour("green", "绿色", 52, -40, 33),
    NamedColour("dark green", "深绿色", 26, -22, 14),
    NamedColour("pale green", "淡绿色", 77, -18, 17),
    NamedColour("grey-green", "灰绿色", 56, -11, 8),
    NamedColour("turquoise", "青绿色", 60, -29, -9),
    NamedColour("light blue", "浅蓝色", 77, -6, -18),
    NamedColour("blue", "蓝色", 44, 10, -47),
    NamedColour("dark blue", "深蓝色", 19, 11, -31),
    NamedColour("grey-blue", "灰蓝色", 56, -3, -16),
    NamedColour("violet", "紫色", 40, 36, -36),
    NamedColour("dark violet", "深紫色", 19, 21, -23),
    NamedColour("lilac", "淡紫色", 72, 16, -17),
    NamedColour("purple-red", "紫红色", 38, 54, -8),
  ]
}
