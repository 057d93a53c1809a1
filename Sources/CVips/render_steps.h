// Private to the shim: the steps of deriving a picture. As in steps.h, each takes over the image that it is given and
// returns the next, or NULL with libvips' error set.
#pragma once

#include "morelli_vips.h"
#include "steps.h"

/// What the loader of `whole` is to be asked for, so that it gives a picture 2, 4, 8, … times smaller where the file
/// has one or its decoder makes one, where the crop is to be shrunk by `factor` in all. Writes an option of the loader
/// to `option`, and returns how many of the picture's pixels are one of what it gives; 1 without an option.
int morelli_smaller_option(
    const morelli_source *source, VipsImage *whole, const morelli_vips_box *crop, double factor, char *option,
    size_t option_size);

/// Mirrored, then turned clockwise; where that leaves corners, they are transparent.
VipsImage *morelli_turned(VipsImage *image, int mirrored, double degrees);

/// In grey or in black and white, if so asked. On white if `is_opaque`, and in black and white.
VipsImage *morelli_in_quality(VipsImage *image, morelli_vips_quality quality, int is_opaque);

/// Writes the image in the format; not 0 where that fails. Does not take it over.
int morelli_encode(VipsImage *image, const morelli_vips_rendering *asked, morelli_vips_encoded *encoded);
