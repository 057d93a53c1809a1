/* What FAISS's headers use of OpenMP, as gcc's omp.h has it (libgomp's ABI): Swift's clang comes without the header. Not
 * part of the module; anyone else on whose path it lies gets the system's. */
#pragma once

#ifdef MORELLI_FAISS_SHIM

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  unsigned char bytes[4] __attribute__((__aligned__(4)));
} omp_lock_t;

void omp_init_lock(omp_lock_t *);
void omp_destroy_lock(omp_lock_t *);
void omp_set_lock(omp_lock_t *);
void omp_unset_lock(omp_lock_t *);
int omp_get_max_threads(void);
int omp_get_num_threads(void);
int omp_get_thread_num(void);
void omp_set_num_threads(int);

#ifdef __cplusplus
}
#endif

#else
#include_next <omp.h>
#endif
