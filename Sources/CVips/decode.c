#include <float.h>
#include <stdlib.h>
#include <vips/vips.h>

#include "morelli_vips.h"
#include "reason.h"

// Each step takes the image it is given over and returns the next, or NULL with libvips' error set.

static VipsImage *swap(VipsImage *old, VipsImage *new) {
  if (old != NULL) g_object_unref(old);
  return new;
}

static VipsImage *replace_non_finite(VipsImage *image) {
  // |x| <= FLT_MAX is false for NaN and for both infinities. The one black pixel is extended with black.
  VipsImage *magnitude = NULL, *finite = NULL, *black = NULL, *out = NULL;
  if (!vips_abs(image, &magnitude, NULL) && !vips_lesseq_const1(magnitude, &finite, FLT_MAX, NULL) &&
      !vips_black(&black, 1, 1, "bands", vips_image_get_bands(image), NULL))
    vips_ifthenelse(finite, image, black, &out, NULL);
  if (magnitude) g_object_unref(magnitude);
  if (finite) g_object_unref(finite);
  if (black) g_object_unref(black);
  return swap(image, out);
}

// Float pixels are scene-linear, 0 black and 1 white (libvips' scRGB), unless the largest is far above 1:
// then the file holds 8- or 16-bit counts or a measured quantity, and its largest value is white.
static VipsImage *float_to_scrgb(VipsImage *image) {
  VipsImage *out = NULL;
  double brightest = 1;
  int is_grey = vips_image_get_bands(image) < 3;
  if (vips_extract_band(image, &out, 0, "n", is_grey ? 1 : 3, NULL)) return swap(image, NULL);
  image = swap(image, out);
  if (is_grey) {
    VipsImage *three[] = {image, image, image};
    if (vips_bandjoin(three, &out, 3, NULL)) return swap(image, NULL);
    image = swap(image, out);
  }
  if (!(out = vips_image_copy_memory(image))) return swap(image, NULL);
  image = swap(image, out);
  if (vips_max(image, &brightest, NULL)) return swap(image, NULL);
  double scale = brightest > 16 ? 1 / brightest : 1;
  if (vips_linear1(image, &out, scale, 0, NULL)) return swap(image, NULL);
  image = swap(image, out);
  if (vips_copy(image, &out, "interpretation", VIPS_INTERPRETATION_scRGB, NULL)) return swap(image, NULL);
  return swap(image, out);
}

// Formats that vips_thumbnail has no convention for: shrink first, while the numbers are still linear.
static VipsImage *decode_wide_samples(VipsImage *image, int32_t side) {
  VipsImage *out = NULL;
  VipsBandFormat format = vips_image_get_format(image);
  if (vips_band_format_iscomplex(format)) {
    vips_error("morelli", "complex pixels are no picture");
    return swap(image, NULL);
  }
  if (!vips_band_format_isfloat(format)) {
    // 32-bit (or signed) counts: the format's largest value is white.
    double white = format == VIPS_FORMAT_UINT ? 4294967295.0 : format == VIPS_FORMAT_INT ? 2147483647.0
                 : format == VIPS_FORMAT_SHORT ? 32767.0 : 127.0;
    VipsImage *sixteen = NULL;
    if (vips_linear1(image, &out, 65535.0 / white, 0, NULL)) return swap(image, NULL);
    image = swap(image, out);
    if (vips_cast(image, &sixteen, VIPS_FORMAT_USHORT, NULL)) return swap(image, NULL);
    image = swap(image, sixteen);
    if (vips_copy(image, &out, "interpretation",
            vips_image_get_bands(image) < 3 ? VIPS_INTERPRETATION_GREY16 : VIPS_INTERPRETATION_RGB16, NULL))
      return swap(image, NULL);
    image = swap(image, out);
    if (vips_thumbnail_image(image, &out, side, "height", side, "size", VIPS_SIZE_DOWN, NULL))
      return swap(image, NULL);
    return swap(image, out);
  }
  int longest = MAX(vips_image_get_width(image), vips_image_get_height(image));
  VipsImage *finite = replace_non_finite(image);
  if (finite == NULL) return NULL;
  image = finite;
  if (longest > side) {
    double across = MAX(1, rint((double)vips_image_get_width(image) * side / longest)) / vips_image_get_width(image);
    double down = MAX(1, rint((double)vips_image_get_height(image) * side / longest)) / vips_image_get_height(image);
    if (vips_resize(image, &out, across, "vscale", down, NULL)) return swap(image, NULL);
    image = swap(image, out);
  }
  if (!(image = float_to_scrgb(image)) || vips_autorot(image, &out, NULL)) return swap(image, NULL);
  return swap(image, out);
}

static VipsImage *on_white(VipsImage *image) {
  VipsImage *out = NULL;
  if (!vips_image_hasalpha(image)) return image;
  double white = 255;
  VipsArrayDouble *background = vips_array_double_new(&white, 1);
  int failed = vips_flatten(image, &out, "background", background, NULL);
  vips_area_unref(VIPS_AREA(background));
  return swap(image, failed ? NULL : out);
}

static VipsImage *to_srgb8(VipsImage *image) {
  VipsImage *out = NULL;
  if (vips_colourspace(image, &out, VIPS_INTERPRETATION_sRGB, NULL)) return swap(image, NULL);
  image = swap(image, out);
  if (vips_image_get_bands(image) > 3) {
    if (vips_extract_band(image, &out, 0, "n", 3, NULL)) return swap(image, NULL);
    image = swap(image, out);
  }
  if (vips_cast(image, &out, VIPS_FORMAT_UCHAR, NULL)) return swap(image, NULL);
  return swap(image, out);
}

static VipsImage *load(const void *data, size_t size, int32_t side) {
  morelli_vips_header header;
  VipsImage *out = NULL;
  if (morelli_vips_read_header(data, size, &header, NULL, 0)) {
    vips_error("morelli", "the header can't be read");
    return NULL;
  }
  VipsImage *image = vips_image_new_from_buffer(
      data, size, "", "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
  if (image == NULL) return NULL;
  VipsBandFormat format = vips_image_get_format(image);
  VipsInterpretation space = vips_image_get_interpretation(image);
  int has_convention = format == VIPS_FORMAT_UCHAR || format == VIPS_FORMAT_USHORT ||
                       space == VIPS_INTERPRETATION_LAB || space == VIPS_INTERPRETATION_LABS;
  if (!has_convention) return decode_wide_samples(image, side);
  g_object_unref(image);
  // Without a profile the pixels are sRGB (or CMYK, Lab, … by the file's own word), and libvips converts
  // them by itself; an embedded profile that doesn't fit the pixels is left out, not believed.
  int failed = header.has_usable_profile
      ? vips_thumbnail_buffer((void *)data, size, &out, side, "height", side, "size", VIPS_SIZE_DOWN,
            "fail_on", VIPS_FAIL_ON_ERROR, "output_profile", "srgb", NULL)
      : vips_thumbnail_buffer((void *)data, size, &out, side, "height", side, "size", VIPS_SIZE_DOWN,
            "fail_on", VIPS_FAIL_ON_ERROR, NULL);
  return failed ? NULL : out;
}

int morelli_vips_decode(
    const void *data, size_t size, int32_t side, morelli_vips_pixels *pixels, char *reason, size_t reason_size) {
  vips_error_clear();
  pixels->rgb = NULL;
  VipsImage *image = load(data, size, side);
  if (image != NULL) image = on_white(image);
  if (image != NULL) image = to_srgb8(image);
  if (image == NULL) return morelli_vips_fail(reason, reason_size);
  size_t bytes = 0;
  pixels->width = vips_image_get_width(image);
  pixels->height = vips_image_get_height(image);
  pixels->rgb = vips_image_write_to_memory(image, &bytes);
  int bands = vips_image_get_bands(image);
  g_object_unref(image);
  if (pixels->rgb == NULL) return morelli_vips_fail(reason, reason_size);
  if (bands != 3 || bytes != (size_t)3 * (size_t)pixels->width * (size_t)pixels->height) {
    morelli_vips_pixels_free(pixels);
    vips_error("morelli", "the picture did not come out as three bands of 8 bits");
    return morelli_vips_fail(reason, reason_size);
  }
  return 0;
}

void morelli_vips_pixels_free(morelli_vips_pixels *pixels) {
  g_free(pixels->rgb);
  pixels->rgb = NULL;
}
