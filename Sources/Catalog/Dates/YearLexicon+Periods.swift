extension YearLexicon {
  /// Dynasties, reigns and periods: their names, their kind, their first and last year (negative: BC).
  ///
  /// Chinese dynasties and reigns after Wilkinson, *Chinese History: A New Manual* (5th ed. 2018), tables of
  /// dynasties and of Ming and Qing emperors; a reign's era begins with the new year after the accession, so that
  /// its n-th year is `first + n − 1`. Japanese periods and eras after *Kodansha Encyclopedia of Japan* (1983) and
  /// the Heilbrunn Timeline of Art History (The Metropolitan Museum of Art); where these differ (Momoyama to 1600
  /// or 1615, Edo from 1603 or 1615) the wider span stands. Korea after the same Timeline. Names that mean two
  /// periods are left out: pinyin "Jin", and 南北朝, which is Chinese (420–589) or Japanese (1336–1392).
  static let periods: [(names: String, kind: PeriodKind, earliest: Int, latest: Int)] = [
    ("shang|商", .dynasty, -1600, -1046), ("zhou|周", .dynasty, -1046, -256),
    ("western zhou|西周", .dynasty, -1046, -771), ("eastern zhou|东周", .dynasty, -770, -256),
    ("spring and autumn|春秋", .dynasty, -770, -476), ("warring states|战国", .dynasty, -475, -221),
    ("qin|秦", .dynasty, -221, -206), ("han|汉", .dynasty, -206, 220),
    ("western han|西汉", .dynasty, -206, 9), ("eastern han|东汉", .dynasty, 25, 220),
    ("three kingdoms|三国", .dynasty, 220, 280), ("six dynasties|六朝|魏晋南北朝", .dynasty, 220, 589),
    ("晋", .dynasty, 265, 420), ("western jin|西晋", .dynasty, 265, 316),
    ("eastern jin|东晋", .dynasty, 317, 420), ("northern and southern dynasties", .dynasty, 420, 589),
    ("northern wei|北魏", .dynasty, 386, 534), ("eastern wei|东魏", .dynasty, 534, 550),
    ("western wei|西魏", .dynasty, 535, 556), ("northern qi|北齐", .dynasty, 550, 577),
    ("northern zhou|北周", .dynasty, 557, 581), ("sui|隋", .dynasty, 581, 618),
    ("tang|唐", .dynasty, 618, 907), ("five dynasties|五代", .dynasty, 907, 960),
    ("five dynasties and ten kingdoms|五代十国", .dynasty, 907, 979), ("liao|辽", .dynasty, 907, 1125),
    ("song|宋|sung", .dynasty, 960, 1279), ("northern song|北宋", .dynasty, 960, 1127),
    ("southern song|南宋", .dynasty, 1127, 1279), ("western xia|西夏", .dynasty, 1038, 1227),
    ("jurchen jin|金", .dynasty, 1115, 1234), ("yuan|元", .dynasty, 1271, 1368),
    ("ming|明|大明", .dynasty, 1368, 1644), ("qing|清|大清|ch'ing", .dynasty, 1644, 1911),
    ("republic of china|republican|民国|中华民国", .dynasty, 1912, 1949),

    ("hongwu|洪武", .reign, 1368, 1398), ("jianwen|建文", .reign, 1399, 1402),
    ("yongle|永乐", .reign, 1403, 1424), ("hongxi|洪熙", .reign, 1425, 1425),
    ("xuande|宣德", .reign, 1426, 1435), ("zhengtong|正统", .reign, 1436, 1449),
    ("jingtai|景泰", .reign, 1450, 1456), ("tianshun|天顺", .reign, 1457, 1464),
    ("chenghua|成化", .reign, 1465, 1487), ("hongzhi|弘治", .reign, 1488, 1505),
    ("zhengde|正德", .reign, 1506, 1521), ("jiajing|嘉靖", .reign, 1522, 1566),
    ("longqing|隆庆", .reign, 1567, 1572), ("wanli|万历", .reign, 1573, 1620),
    ("taichang|泰昌", .reign, 1620, 1620), ("tianqi|天启", .reign, 1621, 1627),
    ("chongzhen|崇祯", .reign, 1628, 1644), ("shunzhi|顺治", .reign, 1644, 1661),
    ("kangxi|康熙", .reign, 1662, 1722), ("yongzheng|雍正", .reign, 1723, 1735),
    ("qianlong|乾隆", .reign, 1736, 1795), ("jiaqing|嘉庆", .reign, 1796, 1820),
    ("daoguang|道光", .reign, 1821, 1850), ("xianfeng|咸丰", .reign, 1851, 1861),
    ("tongzhi|同治", .reign, 1862, 1874), ("guangxu|光绪", .reign, 1875, 1908),
    ("xuantong|宣统", .reign, 1909, 1911),

    ("jomon|绳文", .dynasty, -10500, -300), ("yayoi|弥生", .dynasty, -300, 300),
    ("kofun|古坟", .dynasty, 300, 710), ("asuka|飞鸟", .dynasty, 538, 710),
    ("nara|奈良", .dynasty, 710, 794), ("heian|平安", .dynasty, 794, 1185),
    ("kamakura|镰仓", .dynasty, 1185, 1333), ("nanbokucho", .dynasty, 1336, 1392),
    ("muromachi|室町", .dynasty, 1336, 1573),
    ("momoyama|azuchi-momoyama|桃山|安土桃山", .dynasty, 1568, 1615),
    ("edo|tokugawa|江户|德川", .dynasty, 1603, 1868),
    ("meiji|明治", .reign, 1868, 1912), ("taisho|大正", .reign, 1912, 1926),
    ("showa|昭和", .reign, 1926, 1989), ("heisei|平成", .reign, 1989, 2019),
    ("keicho|庆长", .reign, 1596, 1615), ("kan'ei|宽永", .reign, 1624, 1644),
    ("genroku|元禄", .reign, 1688, 1704), ("kyoho|享保", .reign, 1716, 1736),
    ("horeki|宝历", .reign, 1751, 1764), ("meiwa|明和", .reign, 1764, 1772),
    ("an'ei|安永", .reign, 1772, 1781), ("tenmei|天明", .reign, 1781, 1789),
    ("kansei|宽政", .reign, 1789, 1801), ("kyowa|享和", .reign, 1801, 1804),
    ("bunka|文化", .reign, 1804, 1818), ("bunsei|文政", .reign, 1818, 1830),
    ("tenpo|天保", .reign, 1830, 1844), ("koka|弘化", .reign, 1844, 1848),
    ("kaei|嘉永", .reign, 1848, 1854), ("ansei|安政", .reign, 1854, 1860),
    ("bunkyu|文久", .reign, 1861, 1864), ("keio|庆应", .reign, 1865, 1868),

    ("goryeo|koryo|高丽", .dynasty, 918, 1392), ("joseon|choson|朝鲜", .dynasty, 1392, 1910),

    ("duecento", .century, 1201, 1300), ("trecento", .century, 1301, 1400),
    ("quattrocento", .century, 1401, 1500), ("cinquecento", .century, 1501, 1600),
    ("seicento", .century, 1601, 1700), ("settecento", .century, 1701, 1800),
    ("ottocento", .century, 1801, 1900), ("novecento", .century, 1901, 2000),
  ]
}
