// How a finished graph lies in memory and in its file: whole numbers of 32 bits, little-endian, parts at multiples of
// 64.
#pragma once

#include <cstddef>
#include <cstdint>

namespace morelli {

/// Ends a list of links that is not full.
constexpr uint32_t no_link = UINT32_MAX;

/// What stands first. Rows that are on higher levels too are called climbers and numbered anew; links on the higher
/// levels name climbers, those on the lowest level rows.
struct GraphHeader {
  static constexpr uint32_t right_magic = 0x4752574D;

  uint32_t magic;
  uint32_t version;
  uint32_t count;
  /// Links a row has room for on the lowest level, and on each higher one.
  uint32_t low_links;
  uint32_t high_links;
  uint32_t climbers;
  /// Lists of the climbers on all higher levels.
  uint32_t lists;
  /// The highest level, 0 for none but the lowest.
  uint32_t top_level;
  /// The row where searches begin, and, where there are higher levels, its climber.
  uint32_t entry_row;
  uint32_t entry_climber;
  uint32_t reserved[6];
};
static_assert(sizeof(GraphHeader) == 64, "the header has its place in files");

/// Where the parts lie: links of the rows (count × low_links); row of each climber; first list of each climber, and one
/// more; links of the lists (lists × high_links).
struct GraphLayout {
  explicit GraphLayout(const GraphHeader &header) {
    low_at = sizeof(GraphHeader);
    rows_at = aligned(low_at + size_t{header.count} * header.low_links * 4);
    firsts_at = aligned(rows_at + size_t{header.climbers} * 4);
    high_at = aligned(firsts_at + (size_t{header.climbers} + 1) * 4);
    size = aligned(high_at + size_t{header.lists} * header.high_links * 4);
  }

  static constexpr size_t aligned(size_t size) { return (size + 63) / 64 * 64; }

  size_t low_at, rows_at, firsts_at, high_at, size;
};

}  // namespace morelli
