#include "include/grey.h"

#include "versions.h"

VERSIONED void ckernels_luma(const uint8_t *restrict rgb, int32_t count, uint8_t *restrict grey) {
  // OpenCV's weights in 2^-15.
  for (int32_t i = 0; i < count; i++)
    grey[i] = (uint8_t)((rgb[3 * i] * 9798u + rgb[3 * i + 1] * 19235u + rgb[3 * i + 2] * 3735u + 16384u) >> 15);
}

VERSIONED static void sobel_row(
    const uint8_t *restrict above, const uint8_t *restrict here, const uint8_t *restrict below, int32_t width,
    int16_t *restrict dx, int16_t *restrict dy) {
  for (int32_t x = 1; x < width - 1; x++) {
    int16_t left = (int16_t)(above[x - 1] + 2 * here[x - 1] + below[x - 1]);
    int16_t right = (int16_t)(above[x + 1] + 2 * here[x + 1] + below[x + 1]);
    int16_t top = (int16_t)(above[x - 1] + 2 * above[x] + above[x + 1]);
    int16_t bottom = (int16_t)(below[x - 1] + 2 * below[x] + below[x + 1]);
    dx[x] = (int16_t)(right - left);
    dy[x] = (int16_t)(bottom - top);
  }
  // Beyond the border lies what lies before it: no difference across, twice the neighbour along.
  dx[0] = 0;
  dx[width - 1] = 0;
  dy[0] = (int16_t)(2 * (below[0] + below[1] - above[0] - above[1]));
  dy[width - 1] =
      (int16_t)(2 * (below[width - 1] + below[width - 2] - above[width - 1] - above[width - 2]));
}

void ckernels_sobel(const uint8_t *grey, int32_t width, int32_t height, int16_t *dx, int16_t *dy) {
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *here = grey + y * width;
    const uint8_t *above = y > 0 ? here - width : here + width;
    const uint8_t *below = y < height - 1 ? here + width : here - width;
    sobel_row(above, here, below, width, dx + y * width, dy + y * width);
  }
}
