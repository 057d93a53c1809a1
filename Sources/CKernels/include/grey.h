#ifndef MORELLI_GREY_H
#define MORELLI_GREY_H

#include <stdint.h>

/// grey[i] = round(0.299 r + 0.587 g + 0.114 b) in the fixed point of cv2.cvtColor, for `count` interleaved pixels.
void ckernels_luma(const uint8_t *rgb, int32_t count, uint8_t *grey);

/// Sobel 3 x 3 of a grey picture of at least 2 x 2 pixels, the border mirrored without repeating its pixels.
void ckernels_sobel(const uint8_t *grey, int32_t width, int32_t height, int16_t *dx, int16_t *dy);

#endif
