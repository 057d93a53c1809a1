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

static const unsigned char embedding[] = {
#embed "embedding.safetensors"
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
    [CFEATUREDATA_EMBEDDING] = {embedding, sizeof embedding},
};

size_t cfeaturedata_byte_count(cfeaturedata_file file) { return files[file].count; }

size_t cfeaturedata_word_count(cfeaturedata_file file) { return files[file].count / 4; }

uint32_t cfeaturedata_word(cfeaturedata_file file, size_t index) {
  uint32_t word = 0;
  for (size_t i = 0; i < 4 && 4 * index + i < files[file].count; i++)
    word |= (uint32_t)files[file].bytes[4 * index + i] << (8 * i);
  return word;
}
