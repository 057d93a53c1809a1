"""The Image API."""
import io
import math
import random

from .report import Missing
from .squares import NAME, validator

# Its tests by the feature, quality or format that they are about; all others are of what any service must do.
FEATURE_TESTS = {
    "baseUriRedirect": ["baseurl_redirect"], "canonicalLinkHeader": ["linkheader_canonical"], "cors": ["cors"],
    "jsonldMediaType": ["jsonld"], "mirroring": ["rot_mirror", "rot_mirror_180"],
    "profileLinkHeader": ["linkheader_profile"], "regionByPct": ["region_percent"], "regionByPx": ["region_pixels"],
    "regionSquare": ["region_square"], "rotationArbitrary": ["rot_full_non90", "rot_region_non90"],
    "rotationBy90s": ["rot_full_basic", "rot_region_basic"], "sizeByConfinedWh": ["size_bwh"], "sizeByH": ["size_ch"],
    "sizeByPct": ["size_percent"], "sizeByW": ["size_wc"], "sizeByWh": ["size_wh", "size_region"],
    "sizeUpscaling": ["size_up"], "bitonal": ["quality_bitonal"], "color": ["quality_color"], "gray": ["quality_grey"],
    "png": ["format_png"],
}
# In words: whose tests need Python 2, or are of formats that the service doesn't have.
NOT_RUN = {"format_gif", "format_jp2", "format_pdf", "format_tif", "format_webp"}
LEVEL_FEATURES = {
    "level0": [],
    "level1": ["regionByPx", "regionSquare", "sizeByW", "sizeByH", "sizeByWh", "baseUriRedirect", "cors", "jsonldMediaType"],
}
LEVEL_FEATURES["level2"] = LEVEL_FEATURES["level1"] + [
    "regionByPct", "sizeByPct", "sizeByConfinedWh", "rotationBy90s", "color", "gray", "png"]


def picture(body):
    from PIL import Image

    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def validate(told, site, works, square, options):
    """Image API 3.0: iiif-validator"""
    module = validator()
    if square is None:
        raise Missing(f"no file named {NAME} in the collection: --write-image makes one")
    _mend(module)
    info = site.get(f"/iiif/image/3/{square}/info.json").json()
    stated = {*LEVEL_FEATURES[info["profile"]]}
    stated |= {name for key in ("extraFeatures", "extraQualities", "extraFormats") for name in info.get(key, [])}
    optional = {name for names in FEATURE_TESTS.values() for name in names}
    wanted = [name for name in module.TestSuite(module.ValidationInfo()).list_tests("3.0") if name not in optional | NOT_RUN]
    wanted += [name for feature in sorted(stated) for name in FEATURE_TESTS.get(feature, [])]
    for seed in range(options.seeds):
        for name in wanted:
            random.seed(seed)
            result = module.ImageAPI(
                str(square), site.server, (site.parts.path.strip("/") + "/iiif/image/3").strip("/"), "http", "", "3.0",
                debug=False)
            try:
                module.TestSuite(module.ValidationInfo()).run_test(name, result)
                error = result.exception
            except Exception as raised:
                error = raised
            told.expect(error is None, f"iiif-validator {name}", f"{error!r} at {result.last_url}")
    told.say(f"{len(wanted)} tests of iiif-validator, {options.seeds} times, for {info['profile']} and what it lists beside: {' '.join(sorted(wanted))}")


def _mend(module):
    """Two of its expectations are not the specification's (4.2); `look` checks what that says in their place."""
    noup, up = module.tests.size_noup.Test_No_Size_Up, module.tests.size_up.Test_Size_Up
    if getattr(noup, "is_mended", False):
        return
    noup_check, up_check = noup.checkSize, up.checkSize
    # `!w,h` larger than the picture is no error: the answer is the picture at its own size.
    noup.checkSize = lambda self, result, size: None if size.startswith("!") else noup_check(self, result, size)
    # `^max` is as large as maxWidth, maxHeight and maxArea allow, and not the picture's own size.
    up.checkSize = lambda self, result, wanted, size, message: (
        None if size == "^max" else up_check(self, result, wanted, size, message))
    noup.is_mended = True


def look(told, site, works, square, options):
    """Image API 3.0: what the validator doesn't look at"""
    told.say("in place of iiif-validator's size_noup with !2000,3000 and size_up with ^max, which depart from section 4.2")
    files = [file for work in works for file in work["files"] if not file["missing"]][: options.works]
    if square is not None:
        files.append({"id": square, "width": 1000, "height": 1000})
    for file in files:
        _service(told, site, file)
    if files:
        _statuses(told, site, files[0])


def _service(told, site, file):
    base = f"/iiif/image/3/{file['id']}"
    answer = site.get(base)
    told.equal(answer.status, 303, f"{base} leads to its information")
    told.expect(answer.headers.get("location", "").endswith(base + "/info.json"), f"Location of {base}")
    for accept, kind in (("", "application/ld+json"), ("application/ld+json", "application/ld+json"),
                         ("application/json", "application/json")):
        answer = site.get(base + "/info.json", **({"Accept": accept} if accept else {}))
        told.equal((answer.status, answer.type), (200, kind), f"{base}/info.json for Accept: {accept}")
    info = answer.json()
    told.equal(info["id"], site.base + base, f"id of {base}")
    told.equal((info["width"], info["height"]), (file["width"], file["height"]), f"size of {base}")
    told.equal(list(info)[0], "@context", f"first member of {base}")
    w, h = info["width"], info["height"]
    largest = _fit(w, h, info, 1)
    for size in info["sizes"]:
        _image(told, site, base, f"full/{size['width']},{size['height']}/0/default.jpg", (size["width"], size["height"]))
    for tile in info["tiles"]:
        for factor in tile["scaleFactors"]:
            side = tile["width"] * factor
            x, y = (w - 1) // side * side, (h - 1) // side * side
            wr, hr = min(side, w - x), min(side, h - y)
            size = (-(-wr // factor), -(-hr // factor))
            _image(told, site, base, f"{x},{y},{wr},{hr}/{size[0]},{size[1]}/0/default.jpg", size)
    _image(told, site, base, "full/max/0/default.jpg", largest, "full/max/0/default.jpg")
    _image(told, site, base, f"full/!{2 * w},{3 * h}/0/default.jpg", largest, "full/max/0/default.jpg")
    across = min(w, 150)
    # To the nearest pixel, a half up; less than half a pixel is refused.
    down = math.floor(h * across / w + 0.5)
    if down < 1:
        told.equal(site.get(f"{base}/full/{across},/0/default.jpg").status, 400, f"{base}/full/{across},/0/default.jpg")
    else:
        thumb = (across, down)
        shape = "max" if thumb == largest else f"{across},{down}"
        _image(told, site, base, f"full/{across},/0/color.jpg", thumb, f"full/{shape}/0/default.jpg")
        _image(told, site, base, f"full/{across},/!90/gray.png", thumb[::-1], f"full/{shape}/!90/gray.png")
        _image(told, site, base, f"full/{across},/270/bitonal.png", thumb[::-1])
        _image(told, site, base, f"full/{across},/0/default.webp", thumb)
    if "sizeUpscaling" in info.get("extraFeatures", []):
        # A corner: the whole may be too large to be enlarged.
        wr, hr = min(w, 100), min(h, 100)
        _image(told, site, base, f"0,0,{wr},{hr}/^max/0/default.jpg", _fit(wr, hr, info, None))
        _image(told, site, base, f"0,0,{wr},{hr}/%5E{2 * wr},{2 * hr}/0/default.jpg", (2 * wr, 2 * hr))


def _fit(width, height, info, most):
    """The largest size within the limits; the sides of what is bounded by its area may be one off."""
    across = info.get("maxWidth", 10**9)
    scales = [across / width, info.get("maxHeight", across) / height, (info.get("maxArea", 10**18) / (width * height)) ** 0.5]
    scale = min(scales + ([most] if most else []))
    return max(1, math.floor(width * scale + 0.5)), max(1, math.floor(height * scale + 0.5))


TYPES = {"jpg": ("image/jpeg", "JPEG"), "png": ("image/png", "PNG"), "webp": ("image/webp", "WEBP")}


def _image(told, site, base, path, size, canonical=None):
    answer = site.get(f"{base}/{path}", Origin="http://example.org")
    kind, name = TYPES[path.rsplit(".", 1)[1]]
    if not told.equal((answer.status, answer.type), (200, kind), f"{base}/{path}"):
        return
    image = picture(answer.body)
    told.equal(image.format, name, f"{base}/{path}")
    near = 1 if size[0] * size[1] > 1_000_000 else 0
    told.expect(
        abs(image.width - size[0]) <= near and abs(image.height - size[1]) <= near, f"size of {base}/{path}",
        f"{image.size} instead of {size}")
    told.expect(not {"exif", "icc_profile", "progressive"} & set(image.info), f"metadata of {base}/{path}", list(image.info))
    if "bitonal" in path:
        told.expect({c for _, c in image.convert("L").getcolors(256)} <= {0, 255}, f"colours of {base}/{path}")
    if canonical:
        told.equal(answer.links().get("canonical"), f"{site.base}{base}/{canonical}", f"canonical link of {base}/{path}")
        told.expect(answer.links().get("profile", "").startswith("http://iiif.io/api/image/3/level"), f"profile of {path}")
        tag = answer.headers.get("etag")
        if told.expect(tag, f"ETag of {base}/{path}"):
            told.equal(site.get(f"{base}/{path}", If_None_Match=tag).status, 304, f"{base}/{path} unchanged")


def _statuses(told, site, file):
    base = f"/iiif/image/3/{file['id']}"
    bad = [
        "0,0,0,10/max/0/default.jpg", "999999,0,10,10/max/0/default.jpg", "-1,0,10,10/max/0/default.jpg",
        "full/full/0/default.jpg", "full/0,/0/default.jpg", "full/99999,/0/default.jpg", "full/pct:101/0/default.jpg",
        "full/%5E999999999999,/0/default.jpg", "full/max/361/default.jpg", "full/max/-90/default.jpg",
        "full/max/nan/default.jpg", "full/max/0/native.jpg", "full/max/0/default.gif", "full/max/0/default",
        "pct:nan,0,10,10/max/0/default.jpg", "full/%D9%A1,/0/default.jpg", "full/max/0/default.jpg%00",
        "9" * 5000 + ",0,1,1/max/0/default.jpg",
    ]
    for path in bad:
        answer = site.get(f"{base}/{path}")
        if len(path) > 4096 and answer.status in (414, 431):
            continue
        if path.endswith("%00") and answer.status == 404:
            continue
        told.equal(answer.status, 400, f"{base}/{path[:60]}")
        told.equal(answer.type, "application/problem+json", f"type of {base}/{path[:60]}")
    for name in ("0", "-1", "999999999999", "99999999999999999999999", "a", "17x", "..%2F..%2Fetc%2Fpasswd", "%00", "1%2F2"):
        for rest in ("/info.json", "/full/max/0/default.jpg"):
            told.equal(site.get(f"/iiif/image/3/{name}{rest}").status, 404, f"/iiif/image/3/{name}{rest}")
