#include "heap.h"

#include <malloc.h>

void morelli_heap_share(int arenas) { mallopt(M_ARENA_MAX, arenas); }

void morelli_heap_trim(void) { malloc_trim(0); }
