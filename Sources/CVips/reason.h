// Private to the shim: hands libvips' error text to the caller and empties the buffer.
#pragma once

#include <string.h>
#include <vips/vips.h>

static inline int morelli_vips_fail(char *reason, size_t size) {
  if (reason != NULL && size > 0) {
    g_strlcpy(reason, vips_error_buffer(), size);
    // One line: libvips stacks its messages with newlines.
    for (char *c = reason; *c != 0; c++)
      if (*c == '\n') *c = c[1] == 0 ? 0 : ';';
  }
  vips_error_clear();
  return -1;
}
