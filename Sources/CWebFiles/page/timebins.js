// Works over years, in columns. Pure.

/** Widths of a column that people count in. */
const STEPS = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000];
/** Shades of a column: similar colours of different works become one band. */
const LEVELS = 6;

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
/** Lightness as the eye has it, near enough to sort by (Rec. 709 luma). */
const luma = ([r, g, b]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** The middle of a work's years: a work of "1650–1660" stands where it was most likely made. */
const yearOf = (work) => Math.round(((work.from ?? work.to) + (work.to ?? work.from)) / 2);

/** At most `most` columns [{ from, to, works, colours: [{ colour, share }] }] from the first year to the last, light to dark. */
export function bins(works, most) {
  if (!works.length) return [];
  const years = works.map(yearOf);
  const first = years.reduce((a, b) => Math.min(a, b)), last = years.reduce((a, b) => Math.max(a, b));
  const fits = (step) => Math.floor(last / step) - Math.floor(first / step) + 1 <= most;
  const step = STEPS.find(fits) ?? STEPS.at(-1);
  const start = Math.floor(first / step);
  const columns = Array.from({ length: Math.floor(last / step) - start + 1 }, (_, at) => ({
    from: (start + at) * step, to: (start + at + 1) * step - 1, works: 0, bands: new Map(),
  }));
  works.forEach((work, at) => {
    const column = columns[Math.floor(years[at] / step) - start];
    column.works += 1;
    for (const [hex, share] of work.colours) addBand(column.bands, rgb(hex), share);
  });
  return columns.map(({ bands, ...column }) => ({ ...column, colours: shares(bands) }));
}

function addBand(bands, colour, share) {
  const key = colour.map((c) => Math.floor((c / 256) * LEVELS)).join();
  const band = bands.get(key) ?? { sum: [0, 0, 0], share: 0 };
  for (let i = 0; i < 3; i += 1) band.sum[i] += colour[i] * share;
  band.share += share;
  bands.set(key, band);
}

function shares(bands) {
  const total = [...bands.values()].reduce((sum, band) => sum + band.share, 0) || 1;
  return [...bands.values()].filter((band) => band.share > 0)
    .map(({ sum, share }) => ({ mean: sum.map((c) => c / share), share: share / total }))
    .sort((a, b) => luma(b.mean) - luma(a.mean))
    .map(({ mean, share }) => ({ colour: `rgb(${mean.map(Math.round).join(", ")})`, share }));
}
