// Private to the shim: the steps of decoding.
//
// Each step takes over the image that it is given and returns the next, or NULL with libvips' error set.
#pragma once

#include <vips/vips.h>

/// How a file was asked for: its bytes, and what its loader shall fail on ("error" or "warning").
typedef struct {
  const void *data;
  size_t size;
  const char *fail_on;
} morelli_source;

/// Releases `old` and returns `new`, which may be NULL.
static inline VipsImage *morelli_swap(VipsImage *old, VipsImage *new) {
  if (old != NULL) g_object_unref(old);
  return new;
}

/// By how much a JPEG loader may shrink a picture by itself, 1, 2, 4 or 8, of which `factor` are to be shrunk in
/// all. As vips_thumbnail chooses it: at least a factor of two is left to the proper resampling.
static inline int morelli_jpeg_shrink(double factor) {
  return factor >= 16 ? 8 : factor >= 8 ? 4 : factor >= 4 ? 2 : 1;
}

/// Whether the image comes from the loader of this name, such as `jpegload`.
int morelli_is_from(VipsImage *image, const char *loader);

/// Opens the file for reading from top to bottom. `shrink` is 1, or 2, 4 or 8 for JPEG.
VipsImage *morelli_open(const morelli_source *source, int shrink);

/// Keeps the first `count` bands.
VipsImage *morelli_keep_channels(VipsImage *image, int count);

/// One band of grey where the loader gives it three times, as ImageMagick's does; alpha stays behind it.
VipsImage *morelli_single_grey(VipsImage *image);

/// The largest size of a `width` × `height` picture's aspect that fits a `side` × `side` box without enlarging.
void morelli_fit(int width, int height, int side, int *fit_width, int *fit_height);

/// Resamples to `width` × `height` in the image's own space; colours are weighted by alpha of `opaque`.
VipsImage *morelli_resize(VipsImage *image, int width, int height, double opaque);

/// Applies the orientation of the metadata. Only for images already shrunk: it holds the whole of them.
VipsImage *morelli_upright(VipsImage *image);

/// Composites alpha on white, in the image's own space.
VipsImage *morelli_on_white(VipsImage *image);

/// Any space that libvips converts by itself to three bands of 8-bit sRGB; further ones are dropped.
VipsImage *morelli_to_srgb8(VipsImage *image);

/// Whether the image has an ICC profile that libvips can convert its pixels with; then `intent` says how.
int morelli_usable_profile(VipsImage *image, VipsIntent *intent);

// The next three resample an image as it is stored to `width` × `height` and turn it upright.

/// CMYK with a profile: vips_thumbnail would convert it with its own idea of CMYK.
VipsImage *morelli_decode_cmyk(VipsImage *image, int width, int height, VipsIntent intent);

/// CIELAB in any of libvips' codings, D50.
VipsImage *morelli_decode_lab(VipsImage *image, int width, int height);

/// Signed, 32-bit, and floating-point samples, for which vips_thumbnail has no convention. `brightest` is the
/// largest sample of a floating-point picture, 0 if that is to be found in the image itself.
VipsImage *morelli_decode_wide(VipsImage *image, int width, int height, double brightest);

/// The largest finite sample of a floating-point picture, at least 1. Reads all of the image, which is not taken
/// over. Not 0 where that fails.
int morelli_brightest(VipsImage *image, double *brightest);

/// Decodes with `work`, whose result is 0 for done; a JPEG whose only damage is harmless is done again with less
/// care. Writes libvips' words to `reason` and returns -1 if that fails.
int morelli_attempt(
    const void *data, size_t size, int (*work)(const morelli_source *source, const char *loader, void *context),
    void *context, char *reason, size_t reason_size);
