#include "steps.h"

// As vips_thumbnail chooses it: the loader leaves at least a factor of two to the proper resampling.
static int jpeg_shrink(const VipsImage *image, int side) {
  double shrink = (double)MAX(vips_image_get_width(image), vips_image_get_height(image)) / side;
  return shrink >= 16 ? 8 : shrink >= 8 ? 4 : shrink >= 4 ? 2 : 1;
}

static int is_jpeg(VipsImage *image) {
  const char *loader = NULL;
  return vips_image_get_typeof(image, VIPS_META_LOADER) && !vips_image_get_string(image, VIPS_META_LOADER, &loader) &&
         g_str_has_prefix(loader, "jpegload");
}

VipsImage *morelli_decode_cmyk(const morelli_source *source, VipsImage *image, int side, VipsIntent intent) {
  VipsImage *out = NULL;
  int width, height;
  morelli_fit(vips_image_get_width(image), vips_image_get_height(image), side, &width, &height);
  int shrink = is_jpeg(image) ? jpeg_shrink(image, side) : 1;
  if (shrink > 1) image = morelli_swap(image, morelli_open(source, shrink));
  if (image == NULL) return NULL;
  image = morelli_resize(image, width, height, vips_image_get_format(image) == VIPS_FORMAT_USHORT ? 65535 : 255);
  if (image == NULL) return NULL;
  vips_icc_transform(image, &out, "srgb", "embedded", TRUE, "intent", intent, NULL);
  image = morelli_swap(image, out);
  return image == NULL ? NULL : morelli_upright(image);
}

VipsImage *morelli_decode_lab(VipsImage *image, int side) {
  VipsImage *out = NULL;
  int width, height;
  morelli_fit(vips_image_get_width(image), vips_image_get_height(image), side, &width, &height);
  // Through floats: libvips' direct way from its 8-bit Lab is a coarse table, off by up to 13 of 255.
  vips_colourspace(image, &out, VIPS_INTERPRETATION_LAB, NULL);
  image = morelli_swap(image, out);
  if (image != NULL) image = morelli_resize(image, width, height, 255);
  if (image == NULL) return NULL;
  // Lab is a profile connection space itself, with D50 white, whether or not a profile says so: TIFF 6.0 leaves
  // the white open, and D50 is what Photoshop writes.
  out = NULL;
  vips_icc_export(
      image, &out, "pcs", VIPS_PCS_LAB, "output_profile", "srgb", "intent", VIPS_INTENT_RELATIVE, "depth", 8, NULL);
  image = morelli_swap(image, out);
  return image == NULL ? NULL : morelli_upright(image);
}
