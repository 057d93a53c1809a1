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
} cfeaturedata_file;

/// How many whole 32-bit words a file has.
size_t cfeaturedata_word_count(cfeaturedata_file file);

/// Word `index` of a file, its first byte the lowest; 0 beyond the end.
uint32_t cfeaturedata_word(cfeaturedata_file file, size_t index);

/// How many 32-bit words the words of shape contexts have.
size_t cfeaturedata_shape_words_word_count(void);

/// Word `index` of the words of shape contexts, its first byte the lowest; 0 beyond the end.
uint32_t cfeaturedata_shape_words_word(size_t index);

#ifdef __cplusplus
}
#endif

#endif
