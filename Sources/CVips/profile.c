#include <string.h>

#include "steps.h"

// ICC.1:2022, clause 7: a header of 128 bytes, then a table of tags with their places, in big-endian numbers.
typedef struct {
  const guint8 *data;
  size_t size;
} icc_profile;

static guint32 number(const icc_profile *profile, size_t offset) {
  const guint8 *p = profile->data + offset;
  return (guint32)p[0] << 24 | (guint32)p[1] << 16 | (guint32)p[2] << 8 | p[3];
}

static int has_tag(const icc_profile *profile, const char *name) {
  if (profile->size < 132) return 0;
  size_t count = MIN(number(profile, 128), (profile->size - 132) / 12);
  for (size_t i = 0; i < count; i++) {
    size_t entry = 132 + 12 * i;
    size_t offset = number(profile, entry + 4), length = number(profile, entry + 8);
    if (memcmp(profile->data + entry, name, 4) == 0)
      return offset <= profile->size && length <= profile->size - offset;
  }
  return 0;
}

static int has_tags(const icc_profile *profile, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (!has_tag(profile, names[i])) return 0;
  return 1;
}

static int has_curves(const icc_profile *profile) {
  const char *const grey[] = {"kTRC"};
  const char *const rgb[] = {"rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"};
  return memcmp(profile->data + 16, "GRAY", 4) == 0 ? has_tags(profile, grey, G_N_ELEMENTS(grey))
                                                    : has_tags(profile, rgb, G_N_ELEMENTS(rgb));
}

static int is_for(const icc_profile *profile, VipsImage *image) {
  if (profile->size < 132) return 0;
  int colours = vips_image_get_bands(image) - (vips_image_hasalpha(image) ? 1 : 0);
  int is_cmyk = vips_image_get_interpretation(image) == VIPS_INTERPRETATION_CMYK;
  const char *space = is_cmyk ? "CMYK" : colours == 1 ? "GRAY" : colours == 3 ? "RGB " : "none";
  return memcmp(profile->data + 16, space, 4) == 0;
}

// libvips quietly takes a profile of its own in place of one that it can't open, but fails where the tables are
// unsound: that is found by converting one pixel.
static int converts(VipsImage *image, const void *profile, size_t size, VipsIntent intent) {
  VipsImage *black = NULL, *cast = NULL, *pixel = NULL, *out = NULL;
  int works = 0;
  if (!vips_black(&black, 1, 1, "bands", vips_image_get_bands(image), NULL) &&
      !vips_cast(black, &cast, vips_image_get_format(image), NULL) &&
      !vips_copy(cast, &pixel, "interpretation", vips_image_get_interpretation(image), NULL)) {
    vips_image_set_blob_copy(pixel, VIPS_META_ICC_NAME, profile, size);
    works = !vips_icc_transform(pixel, &out, "srgb", "embedded", TRUE, "intent", intent, NULL);
  }
  VipsImage *const all[] = {out, pixel, cast, black};
  for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
    if (all[i] != NULL) g_object_unref(all[i]);
  return works;
}

int morelli_usable_profile(VipsImage *image, VipsIntent *intent) {
  const void *data = NULL;
  icc_profile profile = {NULL, 0};
  int usable = 0;
  if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) &&
      !vips_image_get_blob(image, VIPS_META_ICC_NAME, &data, &profile.size)) {
    profile.data = data;
    // A table for the perceptual intent alone serves all intents (ICC.1:2022, 8.10), but libvips has to ask for it.
    int has_table = has_tag(&profile, "A2B1"), has_perceptual_table = has_tag(&profile, "A2B0");
    *intent = !has_table && has_perceptual_table ? VIPS_INTENT_PERCEPTUAL : VIPS_INTENT_RELATIVE;
    usable = is_for(&profile, image) && (has_table || has_perceptual_table || has_curves(&profile)) &&
             converts(image, data, profile.size, *intent);
  }
  vips_error_clear();
  return usable;
}
