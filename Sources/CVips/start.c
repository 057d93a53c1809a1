#include <vips/vips.h>

#include "morelli_vips.h"

static void say_nothing(const char *domain, GLogLevelFlags level, const char *message, void *data) {
  (void)domain, (void)level, (void)message, (void)data;
}

int morelli_vips_start(const char *program) {
  // What a loader can only give whole is held in memory, whatever its size: left to itself, libvips writes more than
  // 100 MiB to a temporary file, which a worker may not make, and the limits count memory.
  g_setenv("VIPS_DISC_THRESHOLD", "1024g", TRUE);
  if (VIPS_INIT(program)) return -1;
  // Images run side by side, one thread each; a decoded image is never asked for twice.
  vips_concurrency_set(1);
  vips_cache_set_max(0);
  // Blocking the untrusted alone would leave many loaders on: block all, then allow by name.
  vips_block_untrusted_set(TRUE);
  vips_operation_block_set("VipsForeignLoad", TRUE);
  // What matters of a warning is in the error text: the terminal belongs to whoever runs the program.
  g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG, say_nothing, NULL);
  return 0;
}

void morelli_vips_allow(const char *loader) { vips_operation_block_set(loader, FALSE); }

void morelli_vips_thread_end(void) { vips_thread_shutdown(); }

const char *morelli_vips_version(void) { return vips_version_string(); }
