#ifndef MORELLI_CFEATUREDATA_H
#define MORELLI_CFEATUREDATA_H

// Numbers fitted on training art, built into the program so that it works wherever it is moved.
// Read word by word: no pointer crosses into Swift.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What was fitted, each written by a script in tools/.
typedef enum {
  /// The colour block's projection.
  CFEATUREDATA_COLOUR,
  /// The texture block's projection.
  CFEATUREDATA_TEXTURE,
  /// The shape block's projection.
  CFEATUREDATA_SHAPE,
  /// The words of shape contexts.
  CFEATUREDATA_SHAPE_WORDS,
  /// How traits are spread over real art.
  CFEATUREDATA_TRAITS,
  /// The network of the embedding.
  CFEATUREDATA_EMBEDDING,
} cfeaturedata_file;

/// How many bytes a file has.
size_t cfeaturedata_byte_count(cfeaturedata_file file);

/// How many whole 32-bit words a file has.
size_t cfeaturedata_word_count(cfeaturedata_file file);

/// Word `index` of a file, its first byte the lowest; bytes beyond the end are 0.
uint32_t cfeaturedata_word(cfeaturedata_file file, size_t index);

#ifdef __cplusplus
}
#endif

#endif
