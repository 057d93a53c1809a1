#define _GNU_SOURCE
#include "file_system.h"

#include <errno.h>
#include <sys/statvfs.h>
#include <sys/vfs.h>

int morelli_file_system_at(const char *path, morelli_file_system *found) {
  struct statfs status;
  int result;
  do {
    result = statfs(path, &status);
  } while (result != 0 && errno == EINTR);
  if (result != 0) return errno;
  uint64_t unit = (uint64_t)(status.f_frsize > 0 ? status.f_frsize : status.f_bsize);
  found->free_bytes = status.f_bavail * unit;
  found->total_bytes = status.f_blocks * unit;
  found->magic = (uint32_t)status.f_type;
  found->is_read_only = (status.f_flags & ST_RDONLY) != 0;
  return 0;
}
