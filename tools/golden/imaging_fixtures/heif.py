"""HEIF and AVIF files."""

import io

import pillow_heif

from .encoders import save, tool, turned
from .icc import ICC_P3
from .ledger import PROBES, good, cut
from .pictures import W, H, colour, over_white, sample, u8, u16, textured, RGB, RGBA
from .seen import P3_DEVICE, P3_SEEN


def heif(a, mode="RGB", **options):
    out = io.BytesIO()
    pillow_heif.from_bytes(mode, (a.shape[1], a.shape[0]), a.tobytes()).save(out, **options)
    return out.getvalue()


def heif_files():
    good("heic.heic", "heif", heif(RGB, quality=95, chroma=444), "HEVC", tolerance=8)
    good("heic-420-odd-size.heic", "heif", heif(u8(sample(colour, 61, 45)), quality=90), "odd size with chroma at half size",
         tolerance=8, upright=(61, 45))
    good("heic-10bit.heic", "heif", heif((u16(sample(colour)) >> 6) << 6, "RGB;16", quality=95, chroma=444), "10 bits a channel", tolerance=8)
    good("heic-alpha.heic", "heif", heif(RGBA, "RGBA", quality=95, chroma=444), "alpha, on white", seen=over_white(colour), tolerance=8)
    turned_jpeg = save(turned(RGB, 6), "JPEG", quality=100, subsampling=0, exif=6)
    exif_only = tool("heif-enc", turned_jpeg, ".jpg", ".heic", "-q", "95", "-p", "chroma=444")
    aside = lambda u, v: colour(1 - v, u)
    good("heic-exif-only-orientation-6.heic", "heif", exif_only, "an EXIF orientation without irot: HEIF says to leave it",
         seen=aside, tolerance=8, upright=(H, W), probes=[(y, 1 - x) for x, y in PROBES])
    pillow_heif.register_heif_opener()
    both = save(turned(RGB, 6), "HEIF", exif=6, quality=95, chroma=444)
    assert b"irot" in both
    good("heic-orientation-6.heic", "heif", both, "turned by irot while the EXIF also says so: turn once", tolerance=8)
    good("heic-thumbnail.heic", "heif", tool("heif-enc", save(RGB, "PNG"), ".png", ".heic", "-q", "95", "-p", "chroma=444", "-t", "32"),
         "an embedded thumbnail of half the size is not the picture", tolerance=8)
    good("avif.avif", "avif", save(RGB, "AVIF", quality=95, subsampling="4:4:4", codec="aom", max_threads=1), "AV1", tolerance=8)
    good("avif-alpha.avif", "avif", save(RGBA, "AVIF", quality=95, subsampling="4:4:4", codec="aom", max_threads=1), "alpha, on white",
         seen=over_white(colour), tolerance=8)
    good("avif-icc-display-p3.avif", "avif", save(u8(sample(P3_DEVICE)), "AVIF", quality=100, subsampling="4:4:4", codec="aom",
                                                 max_threads=1, icc_profile=ICC_P3), "a profile in the colr box", seen=P3_SEEN, tolerance=8)
    cut("heic", ".heic", heif(textured(), quality=90), "heif")
    cut("avif", ".avif", save(textured(), "AVIF", quality=90, codec="aom", max_threads=1), "avif")
