#include <cblas.h>

// LAPACK, which Debian's OpenBLAS holds but has no header for.

/// Eigenvalues (ascending, in `w`) and eigenvectors (in `a`, column by column) of a symmetric matrix.
void dsyevd_(
    const char *jobz, const char *uplo, const int *n, double *a, const int *lda, double *w, double *work,
    const int *lwork, int *iwork, const int *liwork, int *info);

/// The Cholesky factor of a positive definite matrix, and the inverse of a matrix from its factor, in place, one half each.
void spotrf_(const char *uplo, const int *n, float *a, const int *lda, int *info);
void spotri_(const char *uplo, const int *n, float *a, const int *lda, int *info);
