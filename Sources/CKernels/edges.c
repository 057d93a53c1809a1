#include "include/edges.h"

#include <string.h>

#include "versions.h"

VERSIONED void ckernels_l1_magnitude(
    const int16_t *restrict dx, const int16_t *restrict dy, int32_t count, uint16_t *restrict magnitude) {
  for (int32_t i = 0; i < count; i++) {
    int16_t x = dx[i], y = dy[i];
    magnitude[i] = (uint16_t)((x < 0 ? -x : x) + (y < 0 ? -y : y));
  }
}

void ckernels_magnitude_histogram(
    const uint16_t *magnitude, int32_t count, int32_t shift, int32_t bins, int32_t *histogram) {
  memset(histogram, 0, (size_t)bins * sizeof *histogram);
  for (int32_t i = 0; i < count; i++) {
    int32_t bin = magnitude[i] >> shift;
    histogram[bin < bins ? bin : bins - 1]++;
  }
}

// A pixel of the map while edges are found. Bytes are also tested eight at a time.
enum { none = 0, edge = 1, weak = 2, strong = 4 };
static const uint64_t every_edge = 0x0101010101010101, every_strong = 0x0404040404040404;

// One row of maxima. The three rows of magnitudes have a 0 before and after; `above[x]` is that of pixel x - 1.
VERSIONED static void maxima_row(
    const int16_t *restrict dx, const int16_t *restrict dy, const uint16_t *restrict above,
    const uint16_t *restrict here, const uint16_t *restrict below, int32_t width, int32_t low, int32_t high,
    uint8_t *restrict out) {
  const int32_t tangent_22 = 13573;  // tan 22.5 degrees in 2^-15
  for (int32_t x = 0; x < width; x++) {
    int32_t right = dx[x], m = here[x + 1];
    int32_t across = right < 0 ? -right : right;
    int32_t down = (dy[x] < 0 ? -dy[x] : dy[x]) << 15;
    int32_t flat = across * tangent_22;
    int32_t steep = flat + (across << 16);
    // Masks rather than choices, so that the loop becomes vector instructions.
    int32_t is_flat = -(down < flat), is_steep = -(down > steep), is_rising = (right ^ dy[x]) >> 31;
    int32_t horizontal = (m > here[x]) & (m >= here[x + 2]);
    int32_t vertical = (m > above[x + 1]) & (m >= below[x + 1]);
    int32_t falling = (m > above[x]) & (m > below[x + 2]);
    int32_t rising = (m > above[x + 2]) & (m > below[x]);
    int32_t diagonal = (is_rising & rising) | (~is_rising & falling);
    int32_t maximum = (is_flat & horizontal) | (is_steep & vertical) | (~is_flat & ~is_steep & diagonal);
    out[x] = (uint8_t)(((maximum & (m > low)) << 1) << (m > high));
  }
}

VERSIONED static void keep_edges(uint8_t *restrict line, int32_t width) {
  for (int32_t x = 0; x < width; x++) line[x] &= edge;
}

int32_t ckernels_canny(
    const int16_t *dx, const int16_t *dy, const uint16_t *magnitude, int32_t width, int32_t height, int32_t low,
    int32_t high, uint16_t *row, uint8_t *map, int32_t *edges) {
  const int32_t stride = width + 2;
  memset(map, none, (size_t)stride * (size_t)(height + 2));
  uint16_t *above = row, *here = row + stride, *below = row + 2 * stride;
  memset(row, 0, 3 * (size_t)stride * sizeof *row);
  memcpy(here + 1, magnitude, (size_t)width * sizeof *row);
  for (int32_t y = 0; y < height; y++) {
    if (y < height - 1)
      memcpy(below + 1, magnitude + (y + 1) * width, (size_t)width * sizeof *row);
    else
      memset(below, 0, (size_t)stride * sizeof *row);
    maxima_row(dx + y * width, dy + y * width, above, here, below, width, low, high, map + (y + 1) * stride + 1);
    uint16_t *free = above;
    above = here;
    here = below;
    below = free;
  }

  // Every pixel is put on the stack once at most; it is kept in `edges`, whose final content is written afterwards.
  const int32_t around[8] = {-stride - 1, -stride, -stride + 1, -1, 1, stride - 1, stride, stride + 1};
  const int32_t last = stride * (height + 1);
  int32_t depth = 0;
  for (int32_t block = stride; block < last; block += 8) {
    // The map has a row to spare below `last`, so that eight bytes can be read.
    uint64_t bytes;
    memcpy(&bytes, map + block, sizeof bytes);
    if ((bytes & every_strong) == 0) continue;
    for (int32_t seed = block; seed < block + 8; seed++) {
      if (map[seed] != strong) continue;
      map[seed] = edge;
      edges[depth++] = seed;
      while (depth > 0) {
        int32_t at = edges[--depth];
        for (int32_t k = 0; k < 8; k++) {
          if (map[at + around[k]] < weak) continue;
          map[at + around[k]] = edge;
          edges[depth++] = at + around[k];
        }
      }
    }
  }
  int32_t count = 0;
  for (int32_t y = 0; y < height; y++) {
    uint8_t *line = map + (y + 1) * stride + 1;
    keep_edges(line, width);
    int32_t x = 0;
    for (; x + 8 <= width; x += 8) {
      uint64_t bytes;
      memcpy(&bytes, line + x, sizeof bytes);
      if ((bytes & every_edge) == 0) continue;
      for (int32_t k = 0; k < 8; k++) {
        // Written in any case and kept where it counts; never beyond the pixels before this one.
        edges[count] = y * width + x + k;
        count += line[x + k];
      }
    }
    for (; x < width; x++)
      if (line[x]) edges[count++] = y * width + x;
  }
  return count;
}

static const int8_t step_x[8] = {1, 1, 0, -1, -1, -1, 0, 1};
static const int8_t step_y[8] = {0, -1, -1, -1, 0, 1, 1, 1};

enum { followed = 2, followed_right = 0x82 };

// Bit k of out[x]: the neighbour in direction k is no 0.
VERSIONED static void neighbours_row(
    const uint8_t *restrict above, const uint8_t *restrict here, const uint8_t *restrict below, int32_t width,
    uint8_t *restrict out) {
  for (int32_t x = 0; x < width; x++)
    out[x] = (uint8_t)(
        here[x + 1] | above[x + 1] << 1 | above[x] << 2 | above[x - 1] << 3 | here[x - 1] << 4 | below[x - 1] << 5 |
        below[x] << 6 | below[x + 1] << 7);
}

// The first direction from `s` on, anticlockwise, in which there is a neighbour; there is one.
static inline int32_t turn(uint8_t neighbours, int32_t s) {
  uint32_t twice = neighbours * 0x0101u;
  return (s + __builtin_ctz(twice >> (s & 7))) & 7;
}

// Follows one border from `start`, marks it, and writes its points; -1 where there is no room for them.
static int32_t follow(
    uint8_t *map, const uint8_t *neighbours, const int32_t *offset, int32_t start, int32_t x, int32_t y, int is_hole,
    int16_t *points, int32_t room) {
  if (neighbours[start] == 0) {
    map[start] = followed_right;
    if (room < 1) return -1;
    points[0] = (int16_t)x;
    points[1] = (int16_t)y;
    return 1;
  }
  // Clockwise from the empty pixel where the border was found.
  int32_t s = is_hole ? 0 : 4, count = 0;
  do {
    s = (s - 1) & 7;
  } while ((neighbours[start] >> s & 1) == 0);
  const int32_t last = start + offset[s];
  for (int32_t at = start;;) {
    int32_t from = s;
    s = turn(neighbours[at], s + 1);
    // The pixel to the right was seen to be empty: no hole begins here.
    if ((uint32_t)(s - 1) < (uint32_t)from)
      map[at] = followed_right;
    else if (map[at] == 1)
      map[at] = followed;
    if (count >= room) return -1;
    points[2 * count] = (int16_t)x;
    points[2 * count + 1] = (int16_t)y;
    count++;
    x += step_x[s];
    y += step_y[s];
    int32_t next = at + offset[s];
    if (next == start && at == last) return count;
    at = next;
    s ^= 4;
  }
}

// The lowest bit of each of the eight bytes at which a border starts: an outer one at a 1 after a 0, a hole's at a 0 after
// something whose right side was not followed.
static inline uint64_t border_starts(const uint8_t *at) {
  uint64_t here, before;
  memcpy(&here, at, sizeof here);
  memcpy(&before, at - 1, sizeof before);
  uint64_t filled = here | here >> 1, filled_before = before | before >> 1;
  uint64_t outer = here & ~filled_before, hole = ~filled & filled_before & ~(before >> 7);
  return (outer | hole) & every_edge;
}

int32_t ckernels_trace(
    uint8_t *map, int32_t width, int32_t height, int32_t least, uint8_t *neighbours, int16_t *points,
    int32_t points_room, int32_t *ends, int32_t ends_room) {
  const int32_t stride = width + 2;
  int32_t offset[8];
  for (int32_t k = 0; k < 8; k++) offset[k] = step_y[k] * stride + step_x[k];
  for (int32_t y = 1; y <= height; y++) {
    const uint8_t *line = map + y * stride + 1;
    neighbours_row(line - stride, line, line + stride, width, neighbours + y * stride + 1);
  }
  int32_t borders = 0, used = 0;
  for (int32_t y = 0; y < height; y++) {
    const uint8_t *line = map + (y + 1) * stride + 1;
    // One step beyond the row: a border may end at its last pixel.
    for (int32_t x = 0; x <= width;) {
      uint64_t starts = border_starts(line + x);
      if (x + 7 > width) starts &= ~(uint64_t)0 >> (8 * (x + 7 - width));
      if (starts == 0) {
        x += 8;
        continue;
      }
      x += __builtin_ctzll(starts) / 8;
      if (borders == ends_room) return borders;
      int is_hole = line[x] == 0;
      int32_t column = x - is_hole;
      int32_t count = follow(
          map, neighbours, offset, (y + 1) * stride + 1 + column, column, y, is_hole, points + 2 * used,
          points_room - used);
      if (count < 0) return borders;
      if (count >= least) {
        used += count;
        ends[borders++] = used;
      }
      // Following has marked the pixel, so that it starts no border again; the next may.
      x++;
    }
  }
  return borders;
}

// The bends at points `first`..< `first` + `count` of a line of points that has `step` more on either side.
VERSIONED static void bends_of(
    const int16_t *restrict points, int32_t first, int32_t count, int32_t step, uint8_t *restrict bends) {
  for (int32_t i = 0; i < count; i++) {
    int32_t at = 2 * (first + i), before = at - 2 * step, after = at + 2 * step;
    int32_t ux = points[at] - points[before], uy = points[at + 1] - points[before + 1];
    int32_t vx = points[after] - points[at], vy = points[after + 1] - points[at + 1];
    int32_t cross = ux * vy - uy * vx, dot = ux * vx + uy * vy;
    int32_t sine = cross < 0 ? -cross : cross, size = dot < 0 ? -dot : dot;
    // The tangents of 22.5, 45 and 67.5 degrees in 2^-12.
    int32_t eighth = (sine * 4096 >= size * 1697) + (sine >= size) + (sine * 4096 >= size * 9889);
    int32_t is_flat = -(sine == 0), is_back = -(dot < 0), is_blunt = -(dot <= 0);
    bends[i] = (uint8_t)((is_flat & is_back & 7) | (~is_flat & ((is_blunt & (7 - eighth)) | (~is_blunt & eighth))));
  }
}

static void count_bends(const int16_t *points, int32_t first, int32_t count, int32_t step, int32_t *counts) {
  uint8_t bends[256];
  for (int32_t done = 0; done < count; done += 256) {
    int32_t some = count - done < 256 ? count - done : 256;
    bends_of(points, first + done, some, step, bends);
    for (int32_t i = 0; i < some; i++) counts[bends[i]]++;
  }
}

void ckernels_bends(const int16_t *points, int32_t count, int32_t step, int32_t *counts) {
  count_bends(points, step, count - 2 * step, step, counts);
  // The points about the seam, unrolled: 2 x step of them with step more on either side.
  int16_t seam[2 * 4 * 32];
  memcpy(seam, points + 2 * (count - 2 * step), 4 * (size_t)step * sizeof *seam);
  memcpy(seam + 4 * step, points, 4 * (size_t)step * sizeof *seam);
  count_bends(seam, step, 2 * step, step, counts);
}
