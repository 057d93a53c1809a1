// Where the points of the map are, found by place: a grid of buckets. Pure.

const SIDE = 128;

/** `xs`, `ys` in 0…1. Points of a bucket stand in the order in which they were given. */
export class MapGrid {
  constructor(xs, ys) {
    Object.assign(this, { xs, ys });
    const bucket = (i) => this.line(ys[i]) * SIDE + this.line(xs[i]);
    this.starts = new Uint32Array(SIDE * SIDE + 1);
    for (let i = 0; i < xs.length; i += 1) this.starts[bucket(i) + 1] += 1;
    for (let b = 0; b < SIDE * SIDE; b += 1) this.starts[b + 1] += this.starts[b];
    const next = this.starts.slice();
    this.order = new Uint32Array(xs.length);
    for (let i = 0; i < xs.length; i += 1) this.order[next[bucket(i)]++] = i;
  }

  line = (value) => Math.min(SIDE - 1, Math.max(0, Math.floor(value * SIDE)));

  /** Calls `visit(point)` for each point of a rectangle. */
  within(left, top, right, bottom, visit) {
    const { xs, ys, starts, order } = this;
    for (let row = this.line(top); row <= this.line(bottom); row += 1) {
      for (let column = this.line(left); column <= this.line(right); column += 1) {
        for (let at = starts[row * SIDE + column]; at < starts[row * SIDE + column + 1]; at += 1) {
          const i = order[at];
          if (xs[i] >= left && xs[i] <= right && ys[i] >= top && ys[i] <= bottom) visit(i);
        }
      }
    }
  }

  /** The point nearest to a place within a radius; -1 for none. */
  nearest(x, y, radius) {
    let best = -1, far = radius * radius;
    this.within(x - radius, y - radius, x + radius, y + radius, (i) => {
      const distance = (this.xs[i] - x) ** 2 + (this.ys[i] - y) ** 2;
      if (distance <= far) [best, far] = [i, distance];
    });
    return best;
  }

  /** The `count` points nearest to a place, nearest first. */
  around(x, y, count) {
    let found = [];
    for (let radius = 0.01; radius < 2; radius *= 2) {
      found = [];
      this.within(x - radius, y - radius, x + radius, y + radius, (i) => found.push([(this.xs[i] - x) ** 2 + (this.ys[i] - y) ** 2, i]));
      if (found.filter(([d]) => d <= radius * radius).length >= count) break;
    }
    return found.sort((a, b) => a[0] - b[0]).slice(0, count).map(([, i]) => i);
  }

  /**
   * One point for each cell of `size` in a rectangle, the cell's first: always the same one, so that pictures don't flicker
   * while the map is moved. Null when more than `most` points would have to be looked at.
   */
  representatives(left, top, right, bottom, size, most) {
    const cells = new Map();
    let seen = 0;
    const snap = (value) => Math.floor(value / size) * size;
    this.within(snap(left), snap(top), snap(right) + size, snap(bottom) + size, (i) => {
      seen += 1;
      const cell = Math.floor(this.ys[i] / size) * 65536 + Math.floor(this.xs[i] / size);
      const one = cells.get(cell);
      if (one === undefined || i < one) cells.set(cell, i);
    });
    return seen > most ? null : cells.values();
  }
}
