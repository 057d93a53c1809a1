extension YearLexicon {
  /// The words of dates in English, German, French, Italian, Spanish, Dutch, Chinese and Japanese, separated by "|".
  ///
  /// Case, accents, full stops and the form of Chinese characters do not matter (see ``YearTokenizer``).
  static let words: [(YearSign, String)] = [
    (
      .circa, "ca|circa|cca|about|around|approximately|approx|um|gegen|etwa|vers|v|environ|hacia|alrededor de"
    ),
    (.circa, "cerca de|cerca|verso il|verso|intorno al|omstreeks|rond|ongeveer|约|大约|左右|前后|顷|ごろ|ころ"),
    (.letterC, "c"), (.letterS, "s"), (.letterH, "h"),

    (.before, "before|pre|prior to|vor|avant|prima del|prima di|prima|antes de|antes del|voor|ante"),
    (.after, "after|post|nach|apres|dopo il|dopo|despues de|despues del|na"),
    (.until, "until|till|to|through|by|no later than|not later than|not after|terminus ante quem|bis|bis zu"),
    (.until, "spatestens|jusqu en|jusqu a|jusque|jusqu|au plus tard|fino al|al|entro il|hasta|tot|uiterlijk"),
    (.from, "from|since|starting|no earlier than|not earlier than|not before|terminus post quem|ab|seit"),
    (.from, "a partir de|depuis|dal|desde|vanaf|sinds"),
    (.between, "between|zwischen|von|entre|tra il|tra|fra il|fra|tussen|van"),
    (.orEarlier, "or earlier|or before|and earlier|oder fruher|ou avant|o antes|o prima|of eerder|以前|之前"),
    (
      .orLater,
      "or later|or after|and later|onwards|onward|oder spater|ou apres|ou plus tard|o despues|o dopo"
    ),
    (.orLater, "o mas tarde|of later|以后|之后"),
    (.present, "present|today|heute|aujourdhui|oggi|hoy|heden|现在|至今"),

    (.dash, "-|a|à|至|到|から"), (.slash, "/|⁄"), (.comma, ",|;|、|。"),
    (.bracket, "(|)|[|]|<|>|【|】|〔|〕|「|」"),
    (.join, "and|&|or|und|oder|u|et|ou|e|ed|o|y|en|och|和|及|或"),

    (.bce, "bc|bce|b c|b c e|v chr|v u z|avant j-c|av j-c|av jc|avant jesus-christ|a c|a.c.|ac|a chr"),
    (.bce, "a de c|a n e|avanti cristo|antes de cristo|vor christus|voor christus"),
    (.ce, "ad|a d|ce|c e|n chr|u z|apres j-c|ap j-c|apr j-c|d c|dc|d de c|dopo cristo|despues de cristo"),
    (.ce, "nach christus|na christus|公元|西元|西历"),
    (.leadingBCE, "minus|公元前|西元前|纪元前|前"),

    (
      .century,
      "century|centuries|cent|cen|jahrhundert|jahrhunderts|jahrhunderte|jh|jhd|jhdt|jhs|siecle|siecles"
    ),
    (.century, "secolo|secoli|sec|siglo|siglos|seculo|eeuw|eeuws|世纪"),
    (.decadeSuffix, "er jahre|er jahren|er|年代|ies"),
    (.decadePrefix, "annees|anni|anos|decada de|decada de los|decade|decade of|jaren"),

    (
      .part(.early), "early|beginning|beginnings|start|anfang|anfangs|beginn|fruhes|fruhe|fruhen|fruher|debut"
    ),
    (
      .part(.early), "inizio|inizi|principio|principios|comienzos|inicios|begin|vroeg|vroege"
    ),
    (.part(.middle), "mid|middle|mitte|milieu|mediados|midden|medio"),
    (
      .part(.late),
      "late|later|end|ende|spates|spate|spaten|spater|fin|fine|finales|fines|tardo|eind|einde"
    ),
    (.part(.late), "laat|laate|晚"),
    (.part(YearPart(index: 0, count: 2)), "prima meta"),
    (.trailingPart(.early), "初|初期|初头|早期|前期|初年"), (.trailingPart(.middle), "中|中期|中叶|中顷|中ごろ|半ば"),
    (.trailingPart(.late), "末|末期|末叶|晚期|后期|末年"),
    (.trailingPart(YearPart(index: 0, count: 2)), "前半|前半期|上半|上半叶|前半叶"),
    (.trailingPart(YearPart(index: 1, count: 2)), "后半|后半期|下半|下半叶|后半叶"),
    (.last, "last|final|letztes|letzte|letzten|letzter|dernier|derniere|ultimo|ultima|laatste"),
    (.fraction(2), "half|halfte|moitie|helft"), (.halfOrMiddle, "meta|mitad"),
    (.fraction(3), "thirds|drittel|tiers|tercio"),
    (.fraction(4), "quarter|viertel|quart|quarto|cuarto|kwart"),

    (.ordinal(1), "元年|first|erste|ersten|erstes|erster|premier|premiere|primo|primer|primera|eerste"),
    (
      .ordinal(2),
      "second|zweite|zweiten|zweites|zweiter|deuxieme|seconde|secondo|seconda|segundo|segunda|tweede"
    ),
    (.ordinal(3), "third|dritte|dritten|drittes|troisieme|terzo|terza|tercer|tercera|derde"),
    (.ordinal(4), "fourth|vierte|vierten|viertes|quatrieme|vierde"),
    (.ordinal(5), "fifth"), (.ordinal(6), "sixth"), (.ordinal(7), "seventh"), (.ordinal(8), "eighth"),
    (.ordinal(9), "ninth"), (.ordinal(10), "tenth"), (.ordinal(11), "eleventh"), (.ordinal(12), "twelfth"),
    (.ordinal(13), "thirteenth"), (.ordinal(14), "fourteenth"), (.ordinal(15), "fifteenth"),
    (.ordinal(16), "sixteenth"), (.ordinal(17), "seventeenth"), (.ordinal(18), "eighteenth"),
    (.ordinal(19), "nineteenth"), (.ordinal(20), "twentieth"), (.ordinal(21), "twenty-first"),

    (.month, "january|february|march|april|may|june|july|august|september|october|november|december"),
    (.month, "jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|spring|summer|autumn|fall|winter"),
    (.month, "januar|februar|marz|mai|juni|juli|oktober|dezember|okt|dez|fruhling|fruhjahr|sommer|herbst"),
    (
      .month, "janvier|fevrier|mars|avril|juin|juillet|aout|septembre|octobre|novembre|decembre|printemps|ete"
    ),
    (
      .month,
      "automne|hiver|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre"
    ),
    (.month, "primavera|estate|autunno|inverno|enero|febrero|abril|mayo|junio|julio|septiembre|setiembre"),
    (.month, "octubre|noviembre|diciembre|verano|otono|invierno|januari|februari|maart|mei|augustus"),
    (.month, "lente|voorjaar|zomer|herfst|najaar"),
    (.yearMark, "年"), (.monthMark, "月"), (.dayMark, "日"),

    (.nothing, "the|of|in|on|at|year|years|dated|date|datable|dateable|signed|signed and dated|inscribed"),
    (
      .nothing, "signed & dated|inscribed and dated|made|painted|executed|created|drawn|built|carved|designed"
    ),
    (.nothing, "completed|finished|published|probably|possibly|perhaps|presumably|likely|prob|poss"),
    (.nothing, "dynasty|dynasties|period|reign|era|reign period"),
    (
      .nothing,
      "datiert|dat|sign|signiert|signiert und datiert|wohl|vermutlich|wahrscheinlich|der|die|das|des|dem"
    ),
    (
      .nothing, "den|im|jahr|jahre|jahren|date de|signe|signe et date|probablement|sans doute|peut-etre|annee"
    ),
    (.nothing, "le|la|les|l|de|du|d|il|lo|gli|del|della|dello|dell|dei|degli|di|nel|anno|datato|firmato"),
    (
      .nothing, "firmato e datato|probabilmente|forse|el|los|las|fechado|firmado|firmado y fechado|ano|quizas"
    ),
    (.nothing, "probablemente|het|jaar|gedateerd|waarschijnlijk|mogelijk|gesigneerd|gesigneerd en gedateerd"),
    (.nothing, "代|朝|时代|时期|年间|年制|款|的|期|の|年号|王朝"),
  ]
}
