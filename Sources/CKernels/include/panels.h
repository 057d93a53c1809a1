#ifndef MORELLI_CKERNELS_PANELS_H
#define MORELLI_CKERNELS_PANELS_H

#include <stdint.h>

/// A matrix product C = A * B + bias whose B is laid out in panels of 16 columns.
typedef struct {
  /// Of A and of C.
  int32_t rows;
  /// Columns of A, rows of B.
  int32_t inner;
  /// Of B and of C.
  int32_t columns;
  /// Numbers from one row to the next, of A and of C.
  int32_t a_pitch, c_pitch;
} ckernels_product;

/// Columns of a panel.
#define CKERNELS_PANEL 16

/// Rows computed side by side that suit this CPU's registers: 6 or 12.
int32_t ckernels_product_rows(void);

/// C = A * B + bias; A and C don't overlap.
///
/// panels: as ckernels_pack_rows or ckernels_pack_columns lays them out. bias: as many numbers as the panels have columns,
/// or NULL for zeros. tile: 6 or 12. A row of C is the same to the last bit whatever the other rows are.
void ckernels_panel_product(
    const ckernels_product *what, const float *a, const float *panels, const float *bias, float *c, int32_t tile);

/// Lays out B, given row by row of its transpose (columns x inner: the weights of a layer, as PyTorch has them): panel by
/// panel, 16 columns' numbers of each inner place side by side, zeros where the last panel lacks columns.
void ckernels_pack_rows(
    const float *transpose, int32_t columns, int32_t inner, int32_t pitch, float *restrict panels);

/// The same for B given row by row (inner x columns).
void ckernels_pack_columns(
    const float *matrix, int32_t columns, int32_t inner, int32_t pitch, float *restrict panels);

#endif
