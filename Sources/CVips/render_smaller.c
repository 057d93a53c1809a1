#include "render_steps.h"

// Levels of a pyramid halve the picture, rounded either way.
static int is_level(int whole, int level, int part) {
  int half = whole >> level;
  return part == MAX(1, half) || part == half + 1;
}

// Whether `option` with the numbers of all levels up to `level` gives a picture halved so often.
static int has_levels(const morelli_source *source, VipsImage *whole, const char *name, int first, int level) {
  char options[64];
  for (int i = 1; i <= level; i++) {
    g_snprintf(options, sizeof options, "[fail_on=%s,%s=%d]", source->fail_on, name, first + i - 1);
    VipsImage *image =
        vips_image_new_from_buffer(source->data, source->size, options, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    int fits = image != NULL && is_level(vips_image_get_width(whole), i, vips_image_get_width(image)) &&
               is_level(vips_image_get_page_height(whole), i, vips_image_get_page_height(image)) &&
               vips_image_get_bands(image) == vips_image_get_bands(whole) &&
               vips_image_get_format(image) == vips_image_get_format(whole);
    if (image != NULL) g_object_unref(image);
    if (!fits) {
      vips_error_clear();
      return 0;
    }
  }
  return 1;
}

// How much of `factor` may be left to a shrinking that knows no fractions: where edges of the crop would fall between
// its pixels, one step less, so that they are off by an eighth of a pixel of the result at most.
static double left_to_loader(const morelli_vips_box *crop, const VipsImage *whole, double factor) {
  int step = morelli_jpeg_shrink(factor);
  int is_whole = crop->width == vips_image_get_width(whole) &&
                 crop->height == vips_image_get_page_height((VipsImage *)whole);
  int is_aligned = (crop->left | crop->top | crop->width | crop->height) % step == 0;
  return is_whole || is_aligned ? factor : factor / 2;
}

// A level from which the proper resampling still has a factor of two or more to do, at most `highest`.
static int level_for(double factor, int highest) {
  int level = 0;
  while (level < highest && factor >= (double)(4 << level)) level++;
  return level;
}

static int pyramid_level(
    const morelli_source *source, VipsImage *whole, const char *name, int first, int highest, double factor,
    char *option, size_t size) {
  for (int level = level_for(factor, highest); level > 0; level--)
    if (has_levels(source, whole, name, first, level)) {
      g_snprintf(option, size, "%s=%d", name, first + level - 1);
      return 1 << level;
    }
  return 1;
}

int morelli_smaller_option(
    const morelli_source *source, VipsImage *whole, const morelli_vips_box *crop, double factor, char *option,
    size_t option_size) {
  factor = left_to_loader(crop, whole, factor);
  if (factor < 4) return 1;
  int shrink = morelli_jpeg_shrink(factor);
  if (morelli_is_from(whole, "jpegload")) {
    g_snprintf(option, option_size, "shrink=%d", shrink);
    return shrink;
  }
  if (morelli_is_from(whole, "webpload") && vips_image_get_n_pages(whole) == 1) {
    g_snprintf(option, option_size, "scale=%g", 1.0 / shrink);
    return shrink;
  }
  if (morelli_is_from(whole, "jp2kload"))
    return pyramid_level(source, whole, "page", 1, 5, factor, option, option_size);
  if (morelli_is_from(whole, "tiffload")) {
    int pages = vips_image_get_n_pages(whole), levels = vips_image_get_n_subifds(whole);
    if (levels > 0) return pyramid_level(source, whole, "subifd", 0, MIN(12, levels), factor, option, option_size);
    // Several pages may be several pictures: only if all are levels is it a pyramid.
    if (pages > 1 && pages <= 12 && has_levels(source, whole, "page", 1, pages - 1))
      return pyramid_level(source, whole, "page", 1, pages - 1, factor, option, option_size);
  }
  return 1;
}
