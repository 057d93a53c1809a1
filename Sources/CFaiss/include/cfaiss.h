/* The door to FAISS: plain C, no FAISS type crosses it.
 *
 * Every function that can fail returns a code of `morelli_faiss_code` and, when it is not MORELLI_FAISS_OK, copies
 * a message (always NUL-terminated, cut to fit) into the caller's buffer. No C++ exception leaves a function.
 * Matrices are row-major and contiguous. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The dimensions beyond which an index is refused: the error bound of a single-precision sum needs d far below 2^24. */
#define MORELLI_FAISS_MAX_DIMENSION 1048576

enum morelli_faiss_code {
  MORELLI_FAISS_OK = 0,
  MORELLI_FAISS_INVALID_ARGUMENT = 1, /* a null pointer, a count or a dimension out of range */
  MORELLI_FAISS_NOT_FINITE = 2,       /* NaN or an infinity in the rows or the queries */
  MORELLI_FAISS_SCORE_OVERFLOW = 3,   /* finite numbers whose inner product may not fit a float */
  MORELLI_FAISS_OUT_OF_MEMORY = 4,
  MORELLI_FAISS_LIBRARY = 5, /* any other exception; the message is its own */
};

#ifdef __cplusplus
}
#endif
