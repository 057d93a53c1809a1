#ifndef MORELLI_CKERNELS_CONVOLUTION_H
#define MORELLI_CKERNELS_CONVOLUTION_H

#include <stdint.h>

/// A square convolution that keeps the side (padding kernel / 2) or divides it by the stride, over maps that are stored
/// position by position, the channels of a position side by side, with a border of one position of zeros all around.
typedef struct {
  /// Of a position of the input and of the output.
  int32_t channels, filters;
  /// 1 or 3.
  int32_t kernel;
  int32_t stride;
  /// Positions in a row of the input, without its border.
  int32_t input_width;
  /// Of the output, without its border.
  int32_t width, height;
  /// Results are added to what the output holds.
  int32_t adds;
  /// Negative results become 0, at the very end.
  int32_t rectifies;
} ckernels_convolution;

/// Filters are computed so many at a time: weights are laid out for that.
#define CKERNELS_FILTER_GROUP 16

/// Positions computed side by side that suit this CPU's registers: 6 or 12.
int32_t ckernels_convolution_positions(void);

/// output = input * weights + bias, the border of the output left as it is. Input and output don't overlap.
///
/// weights: for each group of 16 filters, kernel rows, kernel columns and channels in turn: the 16 filters' weights (zeros
/// for filters there are none of). bias: as many numbers as the groups have filters. positions: 6 or 12.
void ckernels_convolve(
    const ckernels_convolution *what, const float *input, const float *weights, const float *bias, float *output,
    int32_t positions);

/// Adds the values and the squares of every channel over all positions of a row without its border.
void ckernels_add_moments(
    const float *row, int32_t width, int32_t channels, float *restrict sums, float *restrict squares);

#endif
