#include <string.h>

#include "render_steps.h"

static VipsImage *turned_by_quarters(VipsImage *image, int quarters) {
  static const VipsAngle angles[] = {VIPS_ANGLE_D0, VIPS_ANGLE_D90, VIPS_ANGLE_D180, VIPS_ANGLE_D270};
  VipsImage *out = NULL;
  vips_rot(image, &out, angles[quarters], NULL);
  return morelli_swap(image, out);
}

static VipsImage *turned_freely(VipsImage *image, double degrees) {
  VipsImage *out = NULL;
  if (!vips_image_hasalpha(image)) {
    vips_bandjoin_const1(image, &out, 255, NULL);
    image = morelli_swap(image, out);
    if (image == NULL) return NULL;
    out = NULL;
  }
  vips_rotate(image, &out, degrees, NULL);
  image = morelli_swap(image, out);
  if (image == NULL) return NULL;
  out = NULL;
  vips_cast(image, &out, VIPS_FORMAT_UCHAR, NULL);
  return morelli_swap(image, out);
}

VipsImage *morelli_turned(VipsImage *image, int mirrored, double degrees) {
  VipsImage *out = NULL;
  if (!mirrored && degrees == 0) return image;
  // Turning reads columns.
  out = vips_image_copy_memory(image);
  image = morelli_swap(image, out);
  if (image != NULL && mirrored) {
    out = NULL;
    vips_flip(image, &out, VIPS_DIRECTION_HORIZONTAL, NULL);
    image = morelli_swap(image, out);
  }
  if (image == NULL || degrees == 0) return image;
  double quarters = degrees / 90;
  return quarters == rint(quarters) ? turned_by_quarters(image, (int)quarters & 3) : turned_freely(image, degrees);
}

VipsImage *morelli_in_quality(VipsImage *image, morelli_vips_quality quality, int is_opaque) {
  VipsImage *out = NULL;
  if (is_opaque || quality == MORELLI_VIPS_BITONAL) image = morelli_on_white(image);
  if (image == NULL || quality == MORELLI_VIPS_COLOUR) return image;
  vips_colourspace(image, &out, VIPS_INTERPRETATION_B_W, NULL);
  image = morelli_swap(image, out);
  if (image == NULL || quality == MORELLI_VIPS_GREY) return image;
  out = NULL;
  // All bits set where it holds: 255.
  vips_moreeq_const1(image, &out, 128, NULL);
  return morelli_swap(image, out);
}

static void *remove_field(VipsImage *image, const char *name, GValue *value, void *data) {
  (void)image, (void)value;
  // The profile and the packets of EXIF, XMP and IPTC are all called `…-data`.
  if (g_str_has_prefix(name, "exif") || g_str_has_suffix(name, "-data")) vips_image_remove((VipsImage *)data, name);
  return NULL;
}

// The savers' own `strip` leaves them in WebP (libvips 8.14).
static VipsImage *without_metadata(VipsImage *image) {
  VipsImage *bare = NULL;
  if (vips_copy(image, &bare, NULL)) return NULL;
  vips_image_map(image, remove_field, bare);
  return bare;
}

static guint32 little(const guint8 *bytes) {
  return (guint32)bytes[0] | (guint32)bytes[1] << 8 | (guint32)bytes[2] << 16 | (guint32)bytes[3] << 24;
}

// Takes the chunk of EXIF out, which libvips 8.14 adds to every WebP, and returns what remains of `count` bytes
// (RIFF; WebP Container Specification: bit 3 of VP8X's flags says that there is one).
static size_t without_exif(guint8 *file, size_t count) {
  size_t kept = 12;
  if (count < 30 || memcmp(file + 12, "VP8X", 4) != 0) return count;
  file[20] &= (guint8)~0x08;
  for (size_t offset = 12, length; offset + 8 <= count; offset += length) {
    length = 8 + (size_t)little(file + offset + 4);
    length = MIN(count - offset, length + (length & 1));
    if (memcmp(file + offset, "EXIF", 4) == 0) continue;
    memmove(file + kept, file + offset, length);
    kept += length;
  }
  for (int i = 0; i < 4; i++) file[4 + i] = (guint8)((kept - 8) >> (8 * i));
  return kept;
}

int morelli_encode(VipsImage *image, const morelli_vips_rendering *asked, morelli_vips_encoded *encoded) {
  void *bytes = NULL;
  int failed = -1;
  if ((image = without_metadata(image)) == NULL) return -1;
  switch (asked->format) {
    case MORELLI_VIPS_JPEG:
      failed = vips_jpegsave_buffer(image, &bytes, &encoded->count, "Q", 85, "strip", TRUE, NULL);
      break;
    case MORELLI_VIPS_PNG:
      failed = vips_pngsave_buffer(
          image, &bytes, &encoded->count, "compression", 4, "strip", TRUE, "bitdepth",
          asked->quality == MORELLI_VIPS_BITONAL ? 1 : 8, NULL);
      break;
    case MORELLI_VIPS_WEBP:
      failed = vips_webpsave_buffer(
          image, &bytes, &encoded->count, "Q", 80, "effort", 2, "lossless", asked->quality == MORELLI_VIPS_BITONAL,
          "strip", TRUE, NULL);
      if (!failed) encoded->count = without_exif(bytes, encoded->count);
      break;
  }
  encoded->bytes = bytes;
  encoded->width = vips_image_get_width(image);
  encoded->height = vips_image_get_height(image);
  g_object_unref(image);
  return failed;
}
