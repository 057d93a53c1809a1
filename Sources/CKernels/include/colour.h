#ifndef MORELLI_COLOUR_H
#define MORELLI_COLOUR_H

#include <stdint.h>

/// labels[i] = the cell of CIELAB colour i in a grid of 5 x L* (0 to 100), 4 x a* (-40 to 40) and 4 x b* (-40 to 56).
void ckernels_label_colours(const float *l, const float *a, const float *b, int32_t count, uint8_t *labels);

/// How many of `count` bytes are equal.
int32_t ckernels_count_equal(const uint8_t *p, const uint8_t *q, int32_t count);

#endif
