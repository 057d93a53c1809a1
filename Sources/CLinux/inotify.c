#define _GNU_SOURCE
#include "morelli_inotify.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/vfs.h>
#include <unistd.h>

int morelli_linux_inotify_open(int *queue) {
  *queue = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  return *queue >= 0 ? 0 : errno;
}

int morelli_linux_inotify_add(int queue, const char *path, uint32_t mask, int32_t *watch) {
  *watch = inotify_add_watch(queue, path, mask);
  return *watch >= 0 ? 0 : errno;
}

int morelli_linux_inotify_remove(int queue, int32_t watch) { return inotify_rm_watch(queue, watch) == 0 ? 0 : errno; }

int morelli_linux_inotify_read(int queue, void *buffer, size_t size, size_t *count) {
  ssize_t got;
  do got = read(queue, buffer, size);
  while (got < 0 && errno == EINTR);
  *count = got > 0 ? (size_t)got : 0;
  return got >= 0 || errno == EAGAIN ? 0 : errno;
}

size_t morelli_linux_inotify_record_at(const void *buffer, size_t offset, morelli_linux_inotify_record *record) {
  struct inotify_event head;
  memcpy(&head, (const char *)buffer + offset, sizeof head);
  record->watch = head.wd;
  record->mask = head.mask;
  record->cookie = head.cookie;
  record->name = head.len > 0 ? (const char *)buffer + offset + sizeof head : "";
  return offset + sizeof head + head.len;
}

int morelli_linux_signal_open(int *descriptor) {
  *descriptor = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
  return *descriptor >= 0 ? 0 : errno;
}

int morelli_linux_signal_raise(int descriptor) {
  eventfd_t one = 1;
  return write(descriptor, &one, sizeof one) == sizeof one || errno == EAGAIN ? 0 : errno;
}

int morelli_linux_signal_clear(int descriptor) {
  eventfd_t count;
  return read(descriptor, &count, sizeof count) == sizeof count || errno == EAGAIN ? 0 : errno;
}

int morelli_linux_wait_readable(int first, int second, int timeout) {
  struct pollfd both[2] = {{first, POLLIN, 0}, {second, POLLIN, 0}};
  return poll(both, 2, timeout) >= 0 || errno == EINTR ? 0 : errno;
}

int morelli_linux_probe_writers(int file) {
  // A writer that opens the file in the moment between the two calls breaks the lease. The signal for that is SIGIO unless
  // told otherwise, and SIGIO ends the process; SIGURG is ignored by every process that doesn't ask for it.
  if (fcntl(file, F_SETSIG, SIGURG) != 0) return errno;
  if (fcntl(file, F_SETLEASE, F_RDLCK) != 0) return errno;
  fcntl(file, F_SETLEASE, F_UNLCK);
  return 0;
}

int morelli_linux_filesystem_magic(const char *path, uint64_t *magic) {
  struct statfs status;
  if (statfs(path, &status) != 0) return errno;
  *magic = (uint32_t)status.f_type;
  return 0;
}
