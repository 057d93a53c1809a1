// What glibc's allocator keeps: malloc.h is in no module that Swift sees.
#pragma once

/// All threads take their memory from so many arenas. Before there are threads.
void morelli_heap_share(int arenas);

/// Gives memory that is not in use back to the system.
void morelli_heap_trim(void);
