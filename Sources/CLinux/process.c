#define _GNU_SOURCE
#include "morelli_linux.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

int morelli_linux_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno; }
