#include <vips/vips.h>

#include "morelli_vips.h"

int morelli_vips_start(const char *program, const char *const *loaders) {
  if (VIPS_INIT(program)) return -1;
  // Images run side by side, one thread each; a decoded image is never asked for twice.
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  // Blocking the untrusted alone would leave many loaders on: block all, then allow by name.
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  for (const char *const *name = loaders; *name != NULL; name++) vips_operation_block_set(*name, FALSE);
  // Warnings go to the error buffer's owner, not to the terminal of whoever runs the program.
  g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO, NULL, NULL);
  return 0;
}

void morelli_vips_thread_end(void) { vips_thread_shutdown(); }

const char *morelli_vips_version(void) { return vips_version_string(); }
