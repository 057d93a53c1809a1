#include "morelli_vips.h"
#include "render_steps.h"
#include "steps.h"

typedef struct {
  const morelli_vips_rendering *asked;
  morelli_vips_encoded *encoded;
} rendering_job;

// What the loader gives may already be smaller than the picture: `shrink` of its pixels are one.
static void box_in_loaded(
    const VipsImage *whole, const VipsImage *loaded, int shrink, const morelli_vips_box *crop, VipsRect *box) {
  int right = crop->left + crop->width, bottom = crop->top + crop->height;
  int across = vips_image_get_width(loaded), down = vips_image_get_height(loaded);
  int whole_height = vips_image_get_page_height((VipsImage *)whole);
  // Loaders round up what is left over at the right and the bottom.
  right = right == vips_image_get_width(whole) ? across : MIN(across, (int)rint((double)right / shrink));
  bottom = bottom == whole_height ? down : MIN(down, (int)rint((double)bottom / shrink));
  box->left = MIN(across - 1, (int)rint((double)crop->left / shrink));
  box->top = MIN(down - 1, (int)rint((double)crop->top / shrink));
  box->width = MAX(1, right - box->left);
  box->height = MAX(1, bottom - box->top);
}

static VipsImage *open_with(const morelli_source *source, const char *option, VipsAccess access) {
  char options[96];
  g_snprintf(options, sizeof options, "[fail_on=%s%s%s]", source->fail_on, *option == 0 ? "" : ",", option);
  return vips_image_new_from_buffer(source->data, source->size, options, "access", access, NULL);
}

// Reads the rows above `top` and forgets them. Left to itself, libvips 8.14 would hold them all at once.
static int skip_rows(VipsImage *image, int top) {
  const int step = 128;
  if (top <= step || !vips_image_is_sequential(image)) return 0;
  VipsRegion *region = vips_region_new(image);
  int failed = 0;
  for (int y = 0; y + step <= top && !failed; y += step) {
    VipsRect rows = {0, y, vips_image_get_width(image), step};
    failed = vips_region_prepare(region, &rows);
  }
  g_object_unref(region);
  return failed;
}

// The crop of the file, as stored, at any resolution that the file gives and that is large enough.
static VipsImage *cropped(const morelli_source *source, const morelli_vips_rendering *asked) {
  const morelli_vips_box *crop = &asked->crop;
  VipsAccess access = asked->is_tiled ? VIPS_ACCESS_RANDOM : VIPS_ACCESS_SEQUENTIAL;
  VipsImage *whole = open_with(source, "", access);
  if (whole == NULL) return NULL;
  int across = vips_image_get_width(whole), down = vips_image_get_page_height(whole);
  if (crop->left < 0 || crop->top < 0 || crop->width < 1 || crop->height < 1 || crop->left > across - crop->width ||
      crop->top > down - crop->height) {
    vips_error("morelli", "the region lies outside the picture");
    return morelli_swap(whole, NULL);
  }
  double factor = MIN((double)crop->width / asked->width, (double)crop->height / asked->height);
  char option[32] = "";
  int shrink = morelli_smaller_option(source, whole, crop, factor, option, sizeof option);
  VipsImage *image = whole, *out = NULL;
  VipsRect box;
  if (shrink > 1) {
    image = open_with(source, option, access);
    if (image == NULL) return morelli_swap(whole, NULL);
  }
  box_in_loaded(whole, image, shrink, crop, &box);
  if (image != whole) g_object_unref(whole);
  if (box.width == vips_image_get_width(image) && box.height == vips_image_get_height(image)) return image;
  if (skip_rows(image, box.top)) return morelli_swap(image, NULL);
  vips_extract_area(image, &out, box.left, box.top, box.width, box.height, NULL);
  return morelli_swap(image, out);
}

// Floating-point pictures are scaled by their brightest sample, wherever in the picture that is.
static VipsImage *wide(const morelli_source *source, const morelli_vips_rendering *asked, VipsImage *image) {
  double brightest = 1;
  if (vips_band_format_isfloat(vips_image_get_format(image))) {
    VipsImage *whole = morelli_open(source, 1);
    int failed = whole == NULL || morelli_brightest(whole, &brightest);
    if (whole != NULL) g_object_unref(whole);
    if (failed) return morelli_swap(image, NULL);
  }
  return morelli_decode_wide(image, asked->width, asked->height, brightest);
}

// Scaled and upright; in sRGB, or in another space that `in_srgb` converts, beside a profile if `intent` is set.
static VipsImage *scaled(
    const morelli_source *source, const morelli_vips_rendering *asked, int *has_profile, VipsIntent *intent) {
  VipsImage *image = cropped(source, asked);
  if (image != NULL && asked->channels > 0) image = morelli_keep_channels(image, asked->channels);
  if (image == NULL) return NULL;
  VipsInterpretation space = vips_image_get_interpretation(image);
  if ((space == VIPS_INTERPRETATION_B_W || space == VIPS_INTERPRETATION_GREY16) && vips_image_get_bands(image) > 2) {
    if ((image = morelli_single_grey(image)) == NULL) return NULL;
  }
  VipsBandFormat format = vips_image_get_format(image);
  *has_profile = 0;
  switch (space) {
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_LABS:
      return morelli_decode_lab(image, asked->width, asked->height);
    default:
      break;
  }
  if (format != VIPS_FORMAT_UCHAR && format != VIPS_FORMAT_USHORT) return wide(source, asked, image);
  *has_profile = morelli_usable_profile(image, intent);
  image = morelli_resize(image, asked->width, asked->height, format == VIPS_FORMAT_USHORT ? 65535 : 255);
  if (image == NULL) return NULL;
  // What stands as it is stored can stream on to the encoder, unless its colours and alpha go separate ways.
  return vips_image_get_orientation(image) == 1 && !vips_image_hasalpha(image) ? image : morelli_upright(image);
}

static VipsImage *in_srgb(VipsImage *image, int has_profile, VipsIntent intent) {
  VipsImage *out = NULL;
  if (has_profile) {
    vips_icc_transform(image, &out, "srgb", "embedded", TRUE, "intent", intent, NULL);
    image = morelli_swap(image, out);
  }
  return image == NULL ? NULL : morelli_to_srgb8(image);
}

// 8-bit sRGB, and alpha behind it where the file has one: converted apart, since the two have nothing in common.
static VipsImage *in_srgb_with_alpha(VipsImage *image, int has_profile, VipsIntent intent) {
  if (!vips_image_hasalpha(image)) return in_srgb(image, has_profile, intent);
  VipsImage *colour = NULL, *alpha = NULL, *opacity = NULL, *out = NULL;
  int count = vips_image_get_bands(image);
  if (!vips_extract_band(image, &colour, 0, "n", count - 1, NULL) &&
      !vips_extract_band(image, &alpha, count - 1, NULL) &&
      !vips_cast(alpha, &opacity, VIPS_FORMAT_UCHAR, "shift", TRUE, NULL)) {
    colour = in_srgb(colour, has_profile, intent);
    if (colour != NULL) vips_bandjoin2(colour, opacity, &out, NULL);
  }
  VipsImage *const all[] = {colour, alpha, opacity};
  for (size_t i = 0; i < G_N_ELEMENTS(all); i++)
    if (all[i] != NULL) g_object_unref(all[i]);
  return morelli_swap(image, out);
}

static int render(const morelli_source *source, const char *loader, void *context) {
  (void)loader;
  const rendering_job *job = context;
  const morelli_vips_rendering *asked = job->asked;
  int has_profile = 0;
  VipsIntent intent = VIPS_INTENT_RELATIVE;
  VipsImage *image = scaled(source, asked, &has_profile, &intent);
  if (image != NULL) image = in_srgb_with_alpha(image, has_profile, intent);
  if (image != NULL) image = morelli_turned(image, asked->mirrored, asked->degrees);
  if (image != NULL) image = morelli_in_quality(image, asked->quality, asked->format == MORELLI_VIPS_JPEG);
  if (image == NULL) return -1;
  int failed = morelli_encode(image, asked, job->encoded);
  g_object_unref(image);
  return failed;
}

int morelli_vips_render(
    const void *data, size_t size, const morelli_vips_rendering *rendering, morelli_vips_encoded *encoded,
    char *reason, size_t reason_size) {
  rendering_job job = {rendering, encoded};
  encoded->bytes = NULL;
  return morelli_attempt(data, size, render, &job, reason, reason_size);
}

void morelli_vips_encoded_free(morelli_vips_encoded *encoded) {
  g_free(encoded->bytes);
  encoded->bytes = NULL;
}
