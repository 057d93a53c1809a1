"""The test picture of iiif-validator: 10 x 10 squares of 100 pixels, whose colours are in the package."""
import sys
import types

from .report import Missing

NAME = "iiif-validator.png"


def validator():
    """The package's module `validator`."""
    try:
        # Only its tests of JPEG 2000 and PDF, which are not run, want libmagic.
        sys.modules.setdefault("magic", types.ModuleType("magic"))
        from iiif_validator import validator as module
        return module
    except ImportError as error:
        raise Missing(f"iiif-validator is not installed ({error})")


def write(path):
    from PIL import Image

    colours = validator().ValidationInfo().colorInfo
    picture = Image.new("RGB", (1000, 1000))
    for x, column in enumerate(colours):
        for y, colour in enumerate(column):
            picture.paste(colour, (100 * x, 100 * y, 100 * x + 100, 100 * y + 100))
    picture.save(path)
