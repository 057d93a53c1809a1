"""Values that are wrong wherever they are put."""

# In a path, as they are sent. None of them names a work, a file or a picture.
WRONG_IDS = (
    *rb"""nope - %20 ..%2f..%2fetc%2fpasswd %2e%2e%2f%2e%2e%2fetc%2fpasswd %252e%252e%252fetc%252fpasswd ..%5c..%5cwindows %2fetc%2fpasswd
    C:%5cboot.ini %00 colour-field-01%00 colour-field-01%00.jpg %ff%fe %c0%ae%c0%ae%c0%af %zz % %e0%80 '%20or%201=1--
    %27%3b%20DROP%20TABLE%20artwork%3b-- {id} * %25 null %0d%0aX-Injected:%20yes %0a %7f picture:nope picture: ..; %2e %2e%2e
    COLOUR-FIELD-01 colour-field-01%20 colour_field_0%25 %ef%bf%bd""".split(),
    b"\xff\xfe", b"a" * 201, b"a" * 5000, b"%f0%9f%8e%a8" * 80)

# After /page/ and elsewhere.
WRONG_PATHS = rb"""../../../../../../etc/passwd ..%2f..%2f..%2fetc%2fpasswd %2e%2e/%2e%2e/%2e%2e/etc/passwd %252e%252e/%252e%252e/etc/passwd
    ....//....//etc/passwd ..\..\etc\passwd ..%5c..%5cetc%5cpasswd /etc/passwd //etc/passwd %2fetc%2fpasswd index.html%00.js %00
    .%00./.%00./etc/passwd ..%c0%af..%c0%afetc/passwd ..%ef%bc%8f..%ef%bc%8fetc/passwd ./app.js/../../x file:///etc/passwd
    ~root/.ssh/id_rsa proc/self/environ morelli.toml catalog.sqlite""".split()

# Of these, some are numbers within some limits: `fits` tells.
WRONG_NUMBERS = (
    *"0 -1 abc 1.5 1e9 1e999 NaN nan inf -inf Infinity 0x10 +5 5; 5,5 ٣ true null 1_000 5% ²".split(),
    "", " 5", "5 ", "5\0", "9" * 19, "9" * 400, "-" + "9" * 30)

NO_UTF8 = (b"%ff", b"%c3%28", b"%ed%a0%80", b"%f8%88%80%80%80", b"%c0%80", b"a%fe%ff")
LONG = "a" * 4097

# By the name of the parameter.
WRONG_TEXTS = {
    "palette": (
        *"zzz #12 #12345 #1234567 #gggggg #123456: #123456:-1 #123456:nan #123456:inf #123456:1e999 #123456:0 , #123456, #123456:1:1".split(),
        ",".join(["#123456"] * 33), LONG, "#１２３４５６"),
    "weights": (
        *"colour colour= colour=x colour=-1 colour=nan colour=inf colour=1e999 nope=1 =1 colour=1,colour=2 COLOUR=1".split(),
        "colour=0,texture=0,shape=0,embedding=0,text=0,palette=0", LONG),
    "region": (
        *"full 1,2,3 1,2,3,4,5 a,b,c,d -1,0,10,10 0,0,0,10 0,0,10,-1 nan,0,1,1 inf,0,1,1 1e400,0,1,1 0,0,1e999,1 pct:".split(),
        *"pct:0,0,0,0 pct:-1,0,10,10 pct:nan,nan,nan,nan 9999999999999999999999,0,1,1 100000000,100000000,5,5".split(), LONG),
    "max_per": (
        *"artist artist= =2 artist=0 artist=-1 artist=1.5 artist=x artist=99999999999999999999999 nope-nope=2".split(), LONG),
    "filter": (
        "(", ")", "artist", "artist =", "= 'x'", "artist = 'x", "artist == 'x'", "artist = 'x' and", "nope-nope = 'x'",
        "artist = 'x'; DROP TABLE artwork", "artist = 'x' -- ", "date < ", "not", "and", "artist in (", "artist in ()", "\0", "1 = 1",
        "(" * 2000, "not " * 1000, "(" * 1300 + "artist = 'x'" + ")" * 1200, "artist = 'x' or " * 250, LONG),
    "text": (LONG, "é" * 2049),
    "after": (*"nope ! 0 -1 e30 bnVsbA== W10 eyJhIjoxfQ ../..".split(), "9" * 1000, LONG),
    "sort": (*"nope --title title; title,artist TITLE rowid".split(), LONG),
    "format": ("nope", "JSON", "../csv", LONG),
    "language": ("fr", "EN", "../en", LONG),
    "tier": ("nope", "same-bytes,same-work", LONG),
    "diverse": ("maybe", "2", "TRUE", "yes!", LONG),
    "colour": ("nope-nope", "id; DROP", "a\0", LONG),
    "facets": ("nope-nope", "artist,nope-nope", LONG, ",".join(["artist"] * 2000)),
    "columns": (",", "nope-nope", "artist,nope-nope", LONG),
    "first": (*"nope picture:nope picture: ../../etc/passwd".split(), LONG),
    "second": ("nope", "picture:nope", LONG),
    "like": (
        *"nope picture:nope picture: /etc/passwd file:///etc/passwd http://127.0.0.1/ -".split(), "picture:" + "A" * 4000, LONG, "\0"),
    "unlike": ("nope", "picture:nope", LONG),
}
# Sound, if unusual: they must be answered.
SOUND_FILTERS = (
    "(" * 30 + "artist = 'x'" + ")" * 30, "artist = 'it''s'", "artist in ('a', 'b')", "title ~ '%'", "title ~ '_'",
    "not not artist = 'x'")
SOUND_TEXTS = (
    *"* \" NEAR( title:x ^ ( - a\"b \\ 😀 ' %".split(), "a OR b AND NOT", "\u202e", "a" * 4096, "a " * 2048)

# Bodies that are no JSON, and JSON of other kinds than anybody asks for.
NO_JSON = (
    b"", b"{", b"}", b"nope", b"{'a':1}", b"[1", b"{\"a\":}", b"\xff\xfe{}", b"\xff", b"{\"a\":\"\xff\"}", b"{}{}",
    b"{} x", b"[" * 100_000, b"{\"a\":" * 50_000, b"NaN", b"{\"price\":NaN}", b"\0", b"<a/>", b"a=b")
OTHER_JSON = (
    b"null", b"[]", b"1", b"\"x\"", b"true", b"{\"nope\":1}", b"{\"\":1}", b"{\"ids\":1}", b"{\"ids\":[1]}", b"{\"features\":\"yes\"}",
    b"{\"kind\":\"nope\"}", b"{\"kind\":5}", b"{\"key\":5}", b"{\"key\":null}", b"{\"id\":\"x\"}", b"{\"removed\":\"x\"}",
    b"{\"title\":5}", b"{\"title\":[]}", b"{\"tags\":\"x\"}", b"{\"tags\":[1]}", b"{\"tags\":{}}", b"{\"price\":\"x\"}", b"{\"price\":-1}",
    b"{\"price\":1e999}", b"{\"attributes\":[]}", b"{\"attributes\":{\"a\":1}}", b"{\"attributes\":{\"a\":{}}}", b"{\"__proto__\":{}}")
OTHER_TYPES = (
    "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "image/jpeg", "x", "", "/",
    "a" * 2000)
