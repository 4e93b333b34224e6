import uPlot from './uplot/uPlot.esm.js';
import { byId, element } from './dom.js';

const SECONDS = 60;

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Chart of the last minute, with the changes of the route as vertical lines. */
export class Chart {

  #times = [];

  #values;

  #changes = [];

  #plot = null;

  constructor(title, series, unit, first = false) {
    this.title = title;
    this.series = series;
    this.unit = unit;
    this.#values = series.map(() => []);
    this.figure = element('figure', '', element('figcaption', '', title));
    byId('charts')[first ? 'prepend' : 'append'](this.figure);
    new ResizeObserver(() => this.#plot?.setSize(this.#size())).observe(this.figure);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#create());
    this.#create();
  }

  #size() {
    return { width: Math.max(220, this.figure.clientWidth), height: 150 };
  }

  #create() {
    this.#plot?.destroy();
    const axis = { stroke: colour('--muted'), grid: { stroke: colour('--line'), width: 1 }, ticks: { show: false } };
    this.#plot = new uPlot({
      ...this.#size(),
      cursor: { drag: { x: false, y: false } },
      scales: { x: { time: true, range: () => [Date.now() / 1000 - SECONDS, Date.now() / 1000] }, y: { range: (u, min, max) => [0, Math.max(1, max ?? 1) * 1.1] } },
      axes: [{ ...axis, space: 70 }, { ...axis, size: 52, values: (u, ticks) => ticks.map((tick) => `${tick}${this.unit}`) }],
      series: [{ value: (u, time) => (time ? new Date(time * 1000).toLocaleTimeString() : '–') }, ...this.series.map((one) => ({
        label: one.label, stroke: colour(one.colour), width: 2, dash: one.dash, spanGaps: false, points: { show: false },
        value: (u, value) => this.#text(value)
      }))],
      hooks: { draw: [(u) => this.#drawChanges(u)] }
    }, this.#data(), this.figure);
  }

  #data() {
    return [this.#times, ...this.#values];
  }

  add(values) {
    const now = Date.now() / 1000;
    this.#times.push(now);
    this.#values.forEach((all, i) => all.push(values[i] ?? null));
    while (this.#times[0] < now - SECONDS - 2) {
      this.#times.shift();
      this.#values.forEach((all) => all.shift());
    }
    this.#plot.setData(this.#data());
    this.#describe(values);
  }

  /** Tells those who cannot see the chart the last values. */
  #describe(values) {
    const { canvas } = this.#plot.ctx;
    canvas.setAttribute('role', 'img');
    canvas.setAttribute('aria-label', `${this.title}: ${this.series.map((one, i) => `${one.label} ${this.#text(values[i])}`).join(', ')}`);
  }

  #text(value) {
    return value === null || value === undefined ? '–' : `${Number(value.toFixed(1))}${this.unit}`;
  }

  mark(changes) {
    this.#changes = changes.map((change) => ({ at: new Date(change.at).getTime() / 1000, text: change.mode }));
  }

  #drawChanges(u) {
    const { ctx, bbox } = u;
    ctx.save();
    ctx.strokeStyle = colour('--bad');
    ctx.fillStyle = colour('--text');
    ctx.font = `${11 * devicePixelRatio}px system-ui`;
    ctx.textAlign = 'left';
    let labelled = -Infinity;
    let row = 0;
    for (const change of this.#changes) {
      if (change.at < Date.now() / 1000 - SECONDS) {
        continue;
      }
      const x = Math.round(u.valToPos(change.at, 'x', true));
      const width = ctx.measureText(change.text).width;
      const fits = x + 4 + width < bbox.left + bbox.width;
      row = x - labelled < 90 * devicePixelRatio ? row + 1 : 0;
      labelled = x;
      ctx.beginPath();
      ctx.setLineDash([4, 4]);
      ctx.moveTo(x, bbox.top);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.fillText(change.text, Math.max(bbox.left, fits ? x + 4 : x - 4 - width), bbox.top + (12 + 13 * row) * devicePixelRatio);
    }
    ctx.restore();
  }

}
