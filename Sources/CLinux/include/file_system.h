// statfs(2), which Swift's Glibc lacks. Returns 0, or the errno of the failure.
#pragma once
#include <stdint.h>

typedef struct {
  uint64_t free_bytes;   // that an ordinary user may still fill
  uint64_t total_bytes;
  uint32_t magic;        // of the superblock
  int is_read_only;
} morelli_file_system;

int morelli_file_system_at(const char *path, morelli_file_system *found);
