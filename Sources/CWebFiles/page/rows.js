// Justified rows: pictures uncropped, beside each other, at one height a row. Pure.

/** Very tall and very wide pictures stand in a box of these proportions, so that their captions can be read. */
const NARROWEST = 0.62, WIDEST = 2.6;

export const proportion = (card) => {
  const { width, height } = card.image ?? { width: 1, height: 1 };
  return Math.min(WIDEST, Math.max(NARROWEST, width / height || 1));
};

/**
 * Adds rows for `cards` from `from` on. `rows` are [{ top, height, first, count, lefts, widths }], `height` that of the
 * pictures; the last row is taken out and laid anew, because it may have been unfinished.
 */
export function addRows(rows, cards, { width, target, gap, caption }) {
  let first = 0, top = 0;
  const last = rows.pop();
  if (last) [first, top] = [last.first, last.top];
  while (first < cards.length) {
    let sum = 0, count = 0;
    while (first + count < cards.length) {
      const add = proportion(cards[first + count]);
      const room = width - gap * count;
      // Whether the row is nearer to the wished height with this picture or without it.
      if (count && room / (sum + add) < target && target - room / (sum + add) > (room + gap) / sum - target) break;
      sum += add;
      count += 1;
      if (room / sum <= target) break;
    }
    const room = width - gap * (count - 1);
    const full = first + count < cards.length || room / sum <= target;
    const height = Math.min(room / sum, full ? target * 1.6 : target);
    const row = { top, height, first, count, lefts: [], widths: [] };
    let left = 0;
    for (let i = first; i < first + count; i += 1) {
      const wide = height * proportion(cards[i]);
      row.lefts.push(left);
      row.widths.push(wide);
      left += wide + gap;
    }
    rows.push(row);
    top += height + caption + gap;
    first += count;
  }
  return rows;
}

/** The place of the row that holds `y`, by halving. */
export function rowAt(rows, y) {
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].top <= y) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The row of a card, by halving. */
export function rowOf(rows, index) {
  let low = 0, high = rows.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (rows[middle].first <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The card above or below one: the one whose middle is nearest. */
export function neighbour(rows, index, step) {
  const at = rowOf(rows, index);
  const to = rows[at + step];
  if (!to) return index;
  const here = rows[at];
  const middle = here.lefts[index - here.first] + here.widths[index - here.first] / 2;
  let best = 0;
  for (let i = 1; i < to.count; i += 1) {
    const far = (n) => Math.abs(to.lefts[n] + to.widths[n] / 2 - middle);
    if (far(i) < far(best)) best = i;
  }
  return to.first + best;
}
