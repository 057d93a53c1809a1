#include <vips/vips.h>

#include "morelli_vips.h"
#include "reason.h"

static int is_interlaced(VipsImage *image) {
  int value = 0;
  const char *const names[] = {"interlaced", "jpeg-multiscan"};
  for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
    if (vips_image_get_typeof(image, names[i]) && !vips_image_get_int(image, names[i], &value) && value) return 1;
  vips_error_clear();
  return 0;
}

const char *morelli_vips_find_loader(const void *data, size_t size) {
  const char *loader = vips_foreign_find_load_buffer(data, size);
  vips_error_clear();
  return loader;
}

int morelli_vips_read_header(
    const void *data, size_t size, morelli_vips_header *header, char *reason, size_t reason_size) {
  vips_error_clear();
  VipsImage *image = vips_image_new_from_buffer(data, size, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
  if (image == NULL) return morelli_vips_fail(reason, reason_size);
  header->width = vips_image_get_width(image);
  header->height = vips_image_get_page_height(image);
  header->orientation = vips_image_get_orientation(image);
  header->bands = vips_image_get_bands(image);
  header->bytes_per_band = (int32_t)vips_format_sizeof_unsafe(vips_image_get_format(image));
  header->pages = vips_image_get_n_pages(image);
  header->interlaced = is_interlaced(image);
  g_object_unref(image);
  return 0;
}
