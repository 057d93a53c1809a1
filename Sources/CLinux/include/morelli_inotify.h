// What watching folders needs and Swift can't say by itself: packed event records, variadic fcntl, magic numbers of file systems.
// Each call returns 0, or the errno of the failure.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// One record of the queue; `name` points into the buffer and ends with a zero byte (empty for the watched thing itself).
typedef struct {
  int32_t watch;
  uint32_t mask;
  uint32_t cookie;
  const char *name;
} morelli_linux_inotify_record;

/// A queue that never blocks and is closed in every program that is executed.
int morelli_linux_inotify_open(int *queue);
int morelli_linux_inotify_add(int queue, const char *path, uint32_t mask, int32_t *watch);
int morelli_linux_inotify_remove(int queue, int32_t watch);
/// Reads what is there, as many whole records as fit. `count` is 0 when nothing is there.
int morelli_linux_inotify_read(int queue, void *buffer, size_t size, size_t *count);
/// The record that begins `offset` bytes into the buffer; returns the offset of the next one.
size_t morelli_linux_inotify_record_at(const void *buffer, size_t offset, morelli_linux_inotify_record *record);

/// A counter that poll() sees (eventfd), non-blocking.
int morelli_linux_signal_open(int *descriptor);
int morelli_linux_signal_raise(int descriptor);
int morelli_linux_signal_clear(int descriptor);
/// Waits until one of the two can be read. `timeout` in milliseconds; an interrupted wait is a finished one.
int morelli_linux_wait_readable(int first, int second, int timeout);

/// 0 when nobody has the file open for writing, EAGAIN when somebody has, another errno when that can't be known. The file is
/// open for reading and regular.
int morelli_linux_probe_writers(int file);

/// The file system's magic number (statfs).
int morelli_linux_filesystem_magic(const char *path, uint64_t *magic);
