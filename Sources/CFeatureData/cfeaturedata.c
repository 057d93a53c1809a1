#include "cfeaturedata.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char colour[] = {
#embed "colour.bin"
};

static const unsigned char texture[] = {
#embed "texture.bin"
};

static const unsigned char shape[] = {
#embed "shape.bin"
};

static const unsigned char shape_words[] = {
#embed "shape_words.bin"
};

static const unsigned char traits[] = {
#embed "traits.bin"
};

static const struct {
  const unsigned char *bytes;
  size_t count;
} files[] = {
    [CFEATUREDATA_COLOUR] = {colour, sizeof colour},
    [CFEATUREDATA_TEXTURE] = {texture, sizeof texture},
    [CFEATUREDATA_SHAPE] = {shape, sizeof shape},
    [CFEATUREDATA_SHAPE_WORDS] = {shape_words, sizeof shape_words},
    [CFEATUREDATA_TRAITS] = {traits, sizeof traits},
};

size_t cfeaturedata_word_count(cfeaturedata_file file) { return files[file].count / 4; }

uint32_t cfeaturedata_word(cfeaturedata_file file, size_t index) {
  if (index >= cfeaturedata_word_count(file)) return 0;
  const unsigned char *at = files[file].bytes + 4 * index;
  return (uint32_t)at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}
