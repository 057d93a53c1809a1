// The few libvips operations that Morelli needs, as plain C.
//
// No libvips or GLib type crosses this header. Every call but `morelli_vips_start` may be made from any
// thread; the caller keeps `data` alive and unchanged until the call returns. A non-zero return is failure,
// and `reason` then holds libvips' own words (NUL-terminated, cut to `reason_size`): a hint for people, since
// libvips keeps one error buffer for all threads.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a file's header says, before any pixel is decoded.
typedef struct {
  /// As stored, before the orientation is applied, in pixels.
  int32_t width, height;
  /// EXIF orientation, 1…8.
  int32_t orientation;
  int32_t bands;
  /// Bytes of one band of one pixel.
  int32_t bytes_per_band;
  /// Pages, frames or pyramid levels in the file.
  int32_t pages;
  /// Progressive JPEG or interlaced PNG: the decoder must hold the whole picture.
  int32_t interlaced;
} morelli_vips_header;

/// What is wanted of a picture.
typedef struct {
  /// At most so many pixels on the long side.
  int32_t side;
  /// Keep only the first so many bands, if that is not 0; libvips takes any band behind the colours for alpha.
  int32_t channels;
} morelli_vips_request;

/// 8-bit sRGB, interleaved, without padding. Freed by `morelli_vips_pixels_free`.
typedef struct {
  int32_t width, height;
  uint8_t *rgb;
} morelli_vips_pixels;

/// A rectangle in pixels.
typedef struct {
  int32_t left, top, width, height;
} morelli_vips_box;

typedef enum { MORELLI_VIPS_JPEG, MORELLI_VIPS_PNG, MORELLI_VIPS_WEBP } morelli_vips_format;
typedef enum { MORELLI_VIPS_COLOUR, MORELLI_VIPS_GREY, MORELLI_VIPS_BITONAL } morelli_vips_quality;

/// A picture to be derived from a file: cropped, scaled, mirrored, turned and encoded, in this order.
typedef struct {
  /// As in `morelli_vips_request`.
  int32_t channels;
  /// Of the picture as it is stored, before its orientation is applied; inside it.
  morelli_vips_box crop;
  /// Of the scaled crop, as it is stored.
  int32_t width, height;
  /// Not 0: its loader can read any part by itself, so that it need not be read from the top.
  int32_t is_tiled;
  /// Not 0: left and right of the upright picture are exchanged.
  int32_t mirrored;
  /// Clockwise, in degrees, 0 ..< 360.
  double degrees;
  morelli_vips_quality quality;
  morelli_vips_format format;
} morelli_vips_rendering;

/// An encoded picture. Freed by `morelli_vips_encoded_free`.
typedef struct {
  uint8_t *bytes;
  size_t count;
  /// As encoded: upright and turned.
  int32_t width, height;
} morelli_vips_encoded;

/// Starts libvips with every loader blocked, one thread an image and no cache.
/// Called once, on one thread, before anything else.
int morelli_vips_start(const char *program);

/// Unblocks a loader for the whole process; `loader` is libvips' class name. A loader that this libvips
/// doesn't have is passed over.
void morelli_vips_allow(const char *loader);

/// Gives back what libvips keeps for the calling thread.
void morelli_vips_thread_end(void);

/// The class name of the allowed loader that claims these bytes, such as `VipsForeignLoadJpegBuffer`; NULL if none
/// does. Looks at the first bytes only.
const char *morelli_vips_find_loader(const void *data, size_t size);

/// Reads the header of the first page or frame.
int morelli_vips_read_header(
    const void *data, size_t size, morelli_vips_header *header, char *reason, size_t reason_size);

/// Decodes the first page or frame upright, as 8-bit sRGB on white.
/// Fails on truncated and on damaged data instead of filling in grey.
int morelli_vips_decode(
    const void *data, size_t size, const morelli_vips_request *request, morelli_vips_pixels *pixels, char *reason,
    size_t reason_size);

void morelli_vips_pixels_free(morelli_vips_pixels *pixels);

/// Derives a picture from the first page or frame, without metadata, in sRGB: a JPEG of quality 85, baseline, on
/// white; PNG and WebP keep what is transparent. Fails as `morelli_vips_decode` does, on what it reads of the file.
int morelli_vips_render(
    const void *data, size_t size, const morelli_vips_rendering *rendering, morelli_vips_encoded *encoded,
    char *reason, size_t reason_size);

void morelli_vips_encoded_free(morelli_vips_encoded *encoded);

/// The running libvips, such as `8.14.1`.
const char *morelli_vips_version(void);

#ifdef __cplusplus
}
#endif
