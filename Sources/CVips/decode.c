#include <string.h>
#include <vips/vips.h>

#include "morelli_vips.h"
#include "reason.h"
#include "steps.h"

// vips_thumbnail shrinks while it loads and turns the picture upright. Three faults of libvips 8.14 are kept out
// of its way:
// - `export_profile` without a profile that fits the pixels turns colours, so it is passed only beside one;
// - `size=down` takes the smallest level of a pyramid (issue 4692), so the box is cut to the picture instead;
// - `fail_on` is forgotten for buffers (issue 5195), so the loader gets it as an option.
static VipsImage *thumbnail(
    const morelli_source *source, VipsImage *image, int side, int has_profile, VipsIntent intent) {
  VipsImage *out = NULL;
  char options[32];
  int box = MIN(side, MAX(vips_image_get_width(image), vips_image_get_page_height(image)));
  g_snprintf(options, sizeof options, "[fail_on=%s]", source->fail_on);
  if (has_profile)
    vips_thumbnail_buffer((void *)source->data, source->size, &out, box, "height", box, "option_string", options,
        "export_profile", "srgb", "intent", intent, NULL);
  else
    vips_thumbnail_buffer(
        (void *)source->data, source->size, &out, box, "height", box, "option_string", options, NULL);
  return morelli_swap(image, out);
}

// An HEIF file may hold a smaller picture beside the real one, cropped or retouched differently, and
// vips_thumbnail_buffer would take it if it is large enough: the real one is decoded whole in any case.
static VipsImage *thumbnail_of_whole(VipsImage *image, int side, int has_profile, VipsIntent intent) {
  VipsImage *out = NULL;
  int box = MIN(side, MAX(vips_image_get_width(image), vips_image_get_height(image)));
  if (has_profile)
    vips_thumbnail_image(image, &out, box, "height", box, "export_profile", "srgb", "intent", intent, NULL);
  else
    vips_thumbnail_image(image, &out, box, "height", box, NULL);
  return morelli_swap(image, out);
}

// As `thumbnail`, in the image's own space: the box that the picture is to fit is a size now.
static VipsImage *cmyk(const morelli_source *source, VipsImage *image, int side, VipsIntent intent) {
  int width, height;
  int across = vips_image_get_width(image), down = vips_image_get_height(image);
  morelli_fit(across, down, side, &width, &height);
  int shrink = morelli_is_from(image, "jpegload") ? morelli_jpeg_shrink((double)MAX(across, down) / side) : 1;
  if (shrink > 1) image = morelli_swap(image, morelli_open(source, shrink));
  return image == NULL ? NULL : morelli_decode_cmyk(image, width, height, intent);
}

static VipsImage *shrunk(const morelli_source *source, const char *loader, const morelli_vips_request *request) {
  int side = request->side;
  int width, height;
  int is_whole = g_str_has_prefix(loader, "VipsForeignLoadHeif");
  VipsImage *image = morelli_open(source, 1);
  if (image != NULL && request->channels > 0) {
    image = morelli_keep_channels(image, request->channels);
    is_whole = 1;
  }
  if (image == NULL) return NULL;
  VipsInterpretation space = vips_image_get_interpretation(image);
  if ((space == VIPS_INTERPRETATION_B_W || space == VIPS_INTERPRETATION_GREY16) && vips_image_get_bands(image) > 2) {
    if ((image = morelli_single_grey(image)) == NULL) return NULL;
    is_whole = 1;
  }
  VipsIntent intent = VIPS_INTENT_RELATIVE;
  VipsBandFormat format = vips_image_get_format(image);
  morelli_fit(vips_image_get_width(image), vips_image_get_height(image), side, &width, &height);
  switch (space) {
    case VIPS_INTERPRETATION_LAB:
    case VIPS_INTERPRETATION_LABQ:
    case VIPS_INTERPRETATION_LABS:
      return morelli_decode_lab(image, width, height);
    default:
      break;
  }
  if (format != VIPS_FORMAT_UCHAR && format != VIPS_FORMAT_USHORT)
    return morelli_decode_wide(image, width, height, 0);
  // Without a usable profile the pixels are sRGB (or CMYK, …, by the file's own word), and libvips converts
  // them by itself.
  int has_profile = morelli_usable_profile(image, &intent);
  if (has_profile && space == VIPS_INTERPRETATION_CMYK) return cmyk(source, image, side, intent);
  if (is_whole) return thumbnail_of_whole(image, side, has_profile, intent);
  return thumbnail(source, image, side, has_profile, intent);
}

typedef struct {
  const morelli_vips_request *request;
  morelli_vips_pixels *pixels;
} decoding;

static int decode(const morelli_source *source, const char *loader, void *context) {
  const decoding *asked = context;
  morelli_vips_pixels *pixels = asked->pixels;
  size_t bytes = 0;
  int side = asked->request->side;
  VipsImage *image = shrunk(source, loader, asked->request);
  if (image != NULL) image = morelli_on_white(image);
  if (image != NULL) image = morelli_to_srgb8(image);
  if (image == NULL) return -1;
  int bands = vips_image_get_bands(image);
  pixels->width = vips_image_get_width(image);
  pixels->height = vips_image_get_height(image);
  pixels->rgb = vips_image_write_to_memory(image, &bytes);
  g_object_unref(image);
  if (pixels->rgb == NULL) return -1;
  if (bands == 3 && pixels->width <= side && pixels->height <= side &&
      bytes == (size_t)3 * (size_t)pixels->width * (size_t)pixels->height)
    return 0;
  morelli_vips_pixels_free(pixels);
  vips_error("morelli", "the picture did not come out as three bands of 8 bits");
  return -1;
}

int morelli_attempt(
    const void *data, size_t size, int (*work)(const morelli_source *source, const char *loader, void *context),
    void *context, char *reason, size_t reason_size) {
  vips_error_clear();
  const char *loader = vips_foreign_find_load_buffer(data, size);
  if (loader == NULL) return morelli_vips_fail(reason, reason_size);
  // libjpeg calls nearly every damage a warning, codes that don't exist and missing rows among them.
  int is_jpeg = strcmp(loader, "VipsForeignLoadJpegBuffer") == 0;
  morelli_source source = {data, size, is_jpeg ? "warning" : "error"};
  if (!work(&source, loader, context)) return 0;
  char *text = vips_error_buffer_copy();
  // One of its warnings is no damage: padding before a marker, which many old files have. Only the text tells
  // it from the others.
  int is_padding = is_jpeg && strstr(text, "extraneous bytes before marker") != NULL;
  source.fail_on = "error";
  int failed = !is_padding || work(&source, loader, context);
  if (failed) morelli_vips_say(text, reason, reason_size);
  g_free(text);
  vips_error_clear();
  return failed ? -1 : 0;
}

int morelli_vips_decode(
    const void *data, size_t size, const morelli_vips_request *request, morelli_vips_pixels *pixels, char *reason,
    size_t reason_size) {
  decoding asked = {request, pixels};
  pixels->rgb = NULL;
  return morelli_attempt(data, size, decode, &asked, reason, reason_size);
}

void morelli_vips_pixels_free(morelli_vips_pixels *pixels) {
  g_free(pixels->rgb);
  pixels->rgb = NULL;
}
