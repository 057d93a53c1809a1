// Linux calls that Swift can't make by itself: variadic ones, and those that glibc shows only under _GNU_SOURCE.
// Each returns 0, or the errno of the failure.
#pragma once

#include "morelli_inotify.h"

/// A pipe whose ends are closed in every program that is executed. `ends[0]` reads, `ends[1]` writes.
int morelli_linux_pipe(int ends[2]);
