#include "steps.h"

int morelli_is_from(VipsImage *image, const char *loader) {
  const char *name = NULL;
  return vips_image_get_typeof(image, VIPS_META_LOADER) && !vips_image_get_string(image, VIPS_META_LOADER, &name) &&
         g_str_has_prefix(name, loader);
}

VipsImage *morelli_open(const morelli_source *source, int shrink) {
  char options[64];
  if (shrink > 1)
    g_snprintf(options, sizeof options, "[shrink=%d,fail_on=%s]", shrink, source->fail_on);
  else
    g_snprintf(options, sizeof options, "[fail_on=%s]", source->fail_on);
  return vips_image_new_from_buffer(source->data, source->size, options, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
}

// A count of bands that libvips found no name for has one when the further ones are gone.
static VipsInterpretation named(VipsImage *image) {
  VipsInterpretation space = vips_image_get_interpretation(image);
  if (space != VIPS_INTERPRETATION_MULTIBAND) return space;
  int is_wide = vips_image_get_format(image) == VIPS_FORMAT_USHORT;
  return vips_image_get_bands(image) < 3 ? (is_wide ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_B_W)
                                         : (is_wide ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB);
}

VipsImage *morelli_keep_channels(VipsImage *image, int count) {
  VipsImage *out = NULL;
  if (count >= vips_image_get_bands(image)) return image;
  vips_extract_band(image, &out, 0, "n", count, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_copy(image, &out, "interpretation", named(image), NULL);
  return morelli_swap(image, out);
}

VipsImage *morelli_single_grey(VipsImage *image) {
  VipsImage *grey = NULL, *alpha = NULL, *out = NULL;
  int count = vips_image_get_bands(image);
  if (count == 3) return morelli_keep_channels(image, 1);
  if (!vips_extract_band(image, &grey, 0, NULL) && !vips_extract_band(image, &alpha, count - 1, NULL))
    vips_bandjoin2(grey, alpha, &out, NULL);
  if (grey != NULL) g_object_unref(grey);
  if (alpha != NULL) g_object_unref(alpha);
  return morelli_swap(image, out);
}

void morelli_fit(int width, int height, int side, int *fit_width, int *fit_height) {
  double scale = MIN(1.0, (double)side / MAX(width, height));
  *fit_width = MAX(1, (int)rint(width * scale));
  *fit_height = MAX(1, (int)rint(height * scale));
}

static VipsImage *resize_bands(VipsImage *image, int width, int height) {
  VipsImage *out = NULL;
  double across = (double)width / vips_image_get_width(image);
  double down = (double)height / vips_image_get_height(image);
  if (across == 1 && down == 1) return image;
  vips_resize(image, &out, across, "vscale", down, NULL);
  return morelli_swap(image, out);
}

// Divides the colours by alpha, of which `opaque` is all, and goes back to `format`.
static VipsImage *unmultiplied(VipsImage *image, VipsBandFormat format, double opaque) {
  VipsImage *out = NULL;
  vips_unpremultiply(image, &out, "max_alpha", opaque, NULL);
  image = morelli_swap(image, out);
  if (image == NULL || vips_band_format_isfloat(format)) return image;
  out = NULL;
  vips_rint(image, &out, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_cast(image, &out, format, NULL);
  return morelli_swap(image, out);
}

VipsImage *morelli_resize(VipsImage *image, int width, int height, double opaque) {
  VipsImage *out = NULL;
  if (!vips_image_hasalpha(image)) return resize_bands(image, width, height);
  VipsBandFormat format = vips_image_get_format(image);
  vips_premultiply(image, &out, "max_alpha", opaque, NULL);
  image = morelli_swap(image, out);
  if (image != NULL) image = resize_bands(image, width, height);
  return image == NULL ? NULL : unmultiplied(image, format, opaque);
}

VipsImage *morelli_upright(VipsImage *image) {
  // Quarter turns read columns, which a picture that streams from top to bottom can't give.
  VipsImage *out = vips_image_copy_memory(image);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_autorot(image, &out, NULL);
  return morelli_swap(image, out);
}

VipsImage *morelli_on_white(VipsImage *image) {
  VipsImage *out = NULL;
  if (!vips_image_hasalpha(image)) return image;
  double white = 255;
  VipsInterpretation space = vips_image_get_interpretation(image);
  if (space == VIPS_INTERPRETATION_RGB16 || space == VIPS_INTERPRETATION_GREY16) white = 65535;
  VipsArrayDouble *background = vips_array_double_new(&white, 1);
  vips_flatten(image, &out, "background", background, NULL);
  vips_area_unref(VIPS_AREA(background));
  return morelli_swap(image, out);
}

VipsImage *morelli_to_srgb8(VipsImage *image) {
  VipsImage *out = NULL;
  vips_colourspace(image, &out, VIPS_INTERPRETATION_sRGB, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  // A file may hold more than colour and alpha, such as spot inks and masks.
  if (vips_image_get_bands(image) > 3) {
    vips_extract_band(image, &out, 0, "n", 3, NULL);
    image = morelli_swap(image, out);
    if (image == NULL) return NULL;
    out = NULL;
  }
  vips_cast(image, &out, VIPS_FORMAT_UCHAR, NULL);
  return morelli_swap(image, out);
}
