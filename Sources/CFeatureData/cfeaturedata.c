#include "cfeaturedata.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

// Written by tools/fit-colour/fit_colour.py.
static const unsigned char colour[] = {
#embed "colour.bin"
};

// Written by tools/fit-shape-words/fit_shape_words.py.
static const unsigned char shape_words[] = {
#embed "shape_words.bin"
};

static uint32_t word(const unsigned char *bytes, size_t size, size_t index) {
  if (index >= size / 4) return 0;
  const unsigned char *at = bytes + 4 * index;
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

size_t cfeaturedata_colour_word_count(void) { return sizeof colour / 4; }

uint32_t cfeaturedata_colour_word(size_t index) { return word(colour, sizeof colour, index); }

size_t cfeaturedata_shape_words_word_count(void) { return sizeof shape_words / 4; }

uint32_t cfeaturedata_shape_words_word(size_t index) { return word(shape_words, sizeof shape_words, index); }
