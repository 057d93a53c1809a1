#ifndef MORELLI_CKERNELS_TRANSFORMER_H
#define MORELLI_CKERNELS_TRANSFORMER_H

#include <stdint.h>

/// x becomes x * (1 + erf(x / sqrt(2))) / 2 (Hendrycks & Gimpel 2016, arXiv:1606.08415); off by less than 1e-6.
void ckernels_gelu(float *values, int32_t count);

/// Each row becomes exp(scale * row) over the sum of that; relative error below 1e-6, and one rounding of the exponent
/// more. No row is empty.
void ckernels_softmax(float *values, int32_t rows, int32_t columns, int32_t pitch, float scale);

/// Each row of `values` becomes the sum of both rows, less its mean, over sqrt(variance + epsilon), times gain, plus bias
/// (Ba, Kiros & Hinton 2016, arXiv:1607.06450). added: as many rows, or NULL.
void ckernels_layer_norm(
    float *values, const float *added, int32_t rows, int32_t width, const float *gain, const float *bias,
    float epsilon);

/// Floats that ckernels_attention needs as working memory.
int64_t ckernels_attention_scratch(int32_t tokens, int32_t width);

/// Scaled dot-product attention (Vaswani et al. 2017, arXiv:1706.03762) of one sentence, heads side by side.
///
/// states: tokens rows of 3 * heads * width numbers: queries, keys, values. output: tokens rows of heads * width numbers.
void ckernels_attention(
    const float *states, int32_t tokens, int32_t heads, int32_t width, float *output, float *scratch);

#endif
