#ifndef MORELLI_CFEATUREDATA_H
#define MORELLI_CFEATUREDATA_H

// Numbers fitted on training art, built into the program so that it works wherever it is moved.
// Read word by word: no pointer crosses into Swift.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many 32-bit words the colour block's fitted projection has.
size_t cfeaturedata_colour_word_count(void);

/// Word `index` of the colour block's fitted projection, its first byte the lowest; 0 beyond the end.
uint32_t cfeaturedata_colour_word(size_t index);

/// How many 32-bit words the words of shape contexts have.
size_t cfeaturedata_shape_words_word_count(void);

/// Word `index` of the words of shape contexts, its first byte the lowest; 0 beyond the end.
uint32_t cfeaturedata_shape_words_word(size_t index);

#ifdef __cplusplus
}
#endif

#endif
