"""Photoshop and SVG files."""

import gzip, io, struct

import numpy as np

from .ledger import good, bad, cut
from .pictures import W, H, COLOURS, flat, u8, RGB


def psd_svg_files():
    head = lambda w, h: b"8BPS" + struct.pack(">H6xHIIHH", 1, 3, h, w, 8, 3) + bytes(12)
    data = head(W, H) + struct.pack(">H", 0) + np.moveaxis(RGB, -1, 0).tobytes()
    good("psd.psd", "psd", data, "a flattened picture, not compressed")
    cut("psd", ".psd", data, "psd")
    marks = [(0, 0, 32, 24), (32, 0, 32, 24), (0, 24, 32, 24), (32, 24, 32, 24), (4, 4, 12, 9)]
    shape = "".join('<rect x="%d" y="%d" width="%d" height="%d" fill="#%02x%02x%02x"/>' % (*m, *c)
                    for m, c in zip(marks, u8(COLOURS)))
    size = 'xmlns="http://www.w3.org/2000/svg" width="64" height="48" viewBox="0 0 64 48"'
    svg = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg {size}>{shape}</svg>\n'.encode()
    good("svg.svg", "svg", svg, "drawn only where SVG is turned on", seen=flat, tolerance=2, option="svg")
    bad("svg-entity.svg", "unsupported corrupt",
        ('<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'
         f'<svg {size}><text x="2" y="20" font-size="8">&x;</text></svg>\n').encode(), "wants to show a file of the machine", "svg", "svg")
    bad("svg-outside-image.svg", "unsupported corrupt",
        f'<svg {size}><image href="file:///etc/passwd" width="64" height="48"/></svg>\n'.encode(),
        "refers to a file of the machine: with SVG on it may also be drawn empty, never with the file's content", "svg", "svg")
    out = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, out, mtime=0) as z:
        z.write(svg)
    bad("svgz.svgz", "unsupported not-an-image", out.getvalue(), "compressed SVG is a gzip file to whoever does not open it")
