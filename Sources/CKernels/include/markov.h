#ifndef MORELLI_MARKOV_H
#define MORELLI_MARKOV_H

#include <stdint.h>

/// Pairs of neighbours, and with the pixel itself and the constant 1, the variables whose products are summed.
#define CKERNELS_MARKOV_PAIRS 10
#define CKERNELS_MARKOV_VARIABLES 12

/// Sums of products of the variables over the pixels that are 2 and more from the border, of every
/// `step`th row, minus `level`.
///
/// Variable i < 10 is the sum of the two pixels at (dx, dy) and (-dx, -dy), for (1, 0), (0, 1), (1, 1), (-1, 1), (2, 0),
/// (0, 2), (2, 1), (1, 2), (-2, 1), (-1, 2); 10 is the pixel, 11 is 1. products[12 i + j] is filled for j <= i.
/// `room` has 12 x width numbers.
void ckernels_markov_products(
    const uint8_t *plane, int32_t width, int32_t height, int32_t level, int32_t step, int16_t *room, int64_t *products);

#endif
