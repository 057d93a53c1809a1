#include "steps.h"

// Sums of larger numbers would overflow while resampling.
#define LARGEST 1e30

static VipsImage *replace_non_numbers(VipsImage *image) {
  if (image == NULL) return NULL;
  // |x| <= LARGEST is false for NaN and for both infinities. The one black pixel is extended with black.
  VipsImage *magnitude = NULL, *finite = NULL, *black = NULL, *out = NULL;
  if (!vips_abs(image, &magnitude, NULL) && !vips_lesseq_const1(magnitude, &finite, LARGEST, NULL) &&
      !vips_black(&black, 1, 1, "bands", vips_image_get_bands(image), NULL))
    vips_ifthenelse(finite, image, black, &out, NULL);
  if (magnitude) g_object_unref(magnitude);
  if (finite) g_object_unref(finite);
  if (black) g_object_unref(black);
  return morelli_swap(image, out);
}

static VipsImage *scaled(VipsImage *image, double scale, VipsBandFormat format, VipsInterpretation space) {
  VipsImage *out = NULL;
  vips_linear1(image, &out, scale, 0, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_cast(image, &out, format, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_copy(image, &out, "interpretation", space, NULL);
  return morelli_swap(image, out);
}

static VipsImage *bands(VipsImage *image, int first, int count) {
  VipsImage *out = NULL;
  vips_extract_band(image, &out, first, "n", count, NULL);
  return out;
}

// Signed and 32-bit counts: the format's largest value is white, and opaque. Floats: 1.
static double white_of(VipsBandFormat format) {
  switch (format) {
    case VIPS_FORMAT_UINT: return 4294967295.0;
    case VIPS_FORMAT_INT: return 2147483647.0;
    case VIPS_FORMAT_SHORT: return 32767;
    case VIPS_FORMAT_CHAR: return 127;
    default: return 1;
  }
}

static VipsImage *counts_to_16_bits(VipsImage *image) {
  VipsInterpretation space = vips_image_get_bands(image) < 3 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16;
  return scaled(image, 65535 / white_of(vips_image_get_format(image)), VIPS_FORMAT_USHORT, space);
}

// Floating-point pixels are scene-linear, 0 black and 1 white (libvips' scRGB), unless the largest is far above 1:
// then the file holds 8- or 16-bit counts or a measured quantity, and its largest value is white.
static VipsImage *light_to_srgb8(VipsImage *image, double brightest) {
  VipsImage *out = NULL;
  VipsImage *light = bands(image, 0, vips_image_get_bands(image) < 3 ? 1 : 3);
  image = morelli_swap(image, light);
  if (image == NULL) return NULL;
  if (vips_image_get_bands(image) == 1) {
    VipsImage *three[] = {image, image, image};
    vips_bandjoin(three, &out, 3, NULL);
    image = morelli_swap(image, out);
    if (image == NULL) return NULL;
  }
  if (brightest <= 0 && vips_max(image, &brightest, NULL)) return morelli_swap(image, NULL);
  double scale = brightest > 16 ? 1 / brightest : 1;
  image = scaled(image, scale, VIPS_FORMAT_FLOAT, VIPS_INTERPRETATION_scRGB);
  return image == NULL ? NULL : morelli_to_srgb8(image);
}

// Alpha is 0…1 beside float pixels, and no light: it is neither scaled by the brightest nor gamma-encoded.
static VipsImage *floats_to_srgb8(VipsImage *image, double brightest) {
  int count = vips_image_get_bands(image);
  int has_alpha = count == 2 || count == 4;
  VipsImage *opacity = has_alpha ? bands(image, count - 1, 1) : NULL;
  VipsImage *out = NULL;
  image = has_alpha && opacity == NULL ? morelli_swap(image, NULL) : light_to_srgb8(image, brightest);
  if (!has_alpha) return image;
  if (opacity != NULL) opacity = scaled(opacity, 255, VIPS_FORMAT_UCHAR, VIPS_INTERPRETATION_B_W);
  if (image != NULL && opacity != NULL) vips_bandjoin2(image, opacity, &out, NULL);
  if (opacity != NULL) g_object_unref(opacity);
  return morelli_swap(image, out);
}

int morelli_brightest(VipsImage *image, double *brightest) {
  int count = vips_image_get_bands(image);
  *brightest = 1;
  if (!vips_band_format_isfloat(vips_image_get_format(image))) return 0;
  VipsImage *light = replace_non_numbers(bands(image, 0, count < 3 ? 1 : 3));
  int failed = light == NULL || vips_max(light, brightest, NULL);
  if (light != NULL) g_object_unref(light);
  // Of a picture that is black or below, too.
  *brightest = MAX(1, *brightest);
  return failed;
}

VipsImage *morelli_decode_wide(VipsImage *image, int width, int height, double brightest) {
  VipsBandFormat format = vips_image_get_format(image);
  if (vips_band_format_iscomplex(format)) {
    vips_error("morelli", "complex pixels are no picture");
    return morelli_swap(image, NULL);
  }
  int is_float = vips_band_format_isfloat(format);
  if (is_float) image = replace_non_numbers(image);
  if (image == NULL) return NULL;
  // Shrunk first, while the numbers are what the file says.
  image = morelli_resize(image, width, height, white_of(format));
  if (image != NULL) image = morelli_upright(image);
  if (image == NULL) return NULL;
  return is_float ? floats_to_srgb8(image, brightest) : counts_to_16_bits(image);
}
