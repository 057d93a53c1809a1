#include "steps.h"

VipsImage *morelli_decode_cmyk(VipsImage *image, int width, int height, VipsIntent intent) {
  VipsImage *out = NULL;
  image = morelli_resize(image, width, height, vips_image_get_format(image) == VIPS_FORMAT_USHORT ? 65535 : 255);
  if (image == NULL) return NULL;
  vips_icc_transform(image, &out, "srgb", "embedded", TRUE, "intent", intent, NULL);
  image = morelli_swap(image, out);
  return image == NULL ? NULL : morelli_upright(image);
}

VipsImage *morelli_decode_lab(VipsImage *image, int width, int height) {
  VipsImage *out = NULL;
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
