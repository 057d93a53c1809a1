#ifndef MORELLI_CWEBFILES_H
#define MORELLI_CWEBFILES_H

// The web page's files and the description of the API, built into the program so that it works wherever it is moved.
// Read byte by byte or word by word: no pointer crosses into Swift. tools/check-page holds the list against the folder.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many files there are. A file is meant by its place below; another place is a file without name and bytes.
size_t cwebfiles_count(void);

/// How many bytes the name of a file has, in UTF-8: "index.html", "openapi.json".
size_t cwebfiles_name_count(size_t file);

/// Byte `index` of a file's name; 0 beyond its end.
uint8_t cwebfiles_name_byte(size_t file, size_t index);

/// How many bytes a file has.
size_t cwebfiles_byte_count(size_t file);

/// Word `index` of a file, four of its bytes, the first the lowest; bytes beyond the end are 0.
uint32_t cwebfiles_word(size_t file, size_t index);

#ifdef __cplusplus
}
#endif

#endif
