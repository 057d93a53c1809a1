// Private to the shim: hands libvips' error text to the caller and empties the buffer.
#pragma once

#include <string.h>
#include <vips/vips.h>

/// Writes `text`, which libvips stacks with newlines, as one line.
static inline int morelli_vips_say(const char *text, char *reason, size_t size) {
  if (reason == NULL || size == 0) return -1;
  g_strlcpy(reason, text, size);
  for (char *c = reason; *c != 0; c++)
    if (*c == '\n') *c = c[1] == 0 ? 0 : ';';
  return -1;
}

static inline int morelli_vips_fail(char *reason, size_t size) {
  // A copy: other threads write into the buffer, too.
  char *text = vips_error_buffer_copy();
  morelli_vips_say(text, reason, size);
  g_free(text);
  return -1;
}
