#include "cfeaturedata.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Written by tools/fit-colour/fit_colour.py.
static const unsigned char colour[] = {
#embed "colour.bin"
};

size_t cfeaturedata_colour_word_count(void) { return sizeof colour / 4; }

uint32_t cfeaturedata_colour_word(size_t index) {
  if (index >= sizeof colour / 4) return 0;
  const unsigned char *at = colour + 4 * index;
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
