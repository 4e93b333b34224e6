import { byId, element, millis, span } from './dom.js';

const SVG = 'http://www.w3.org/2000/svg';

/** Shows the nodes as cards, and draws the flow of writes, reads and replication between them. */
export class Topology {

  #cards = new Map();

  constructor() {
    new ResizeObserver(() => this.#draw()).observe(byId('topology'));
  }

  show(state) {
    this.state = state;
    const names = Object.keys(state.nodes);
    for (const [name, card] of this.#cards) {
      if (!names.includes(name)) {
        card.remove();
        this.#cards.delete(name);
      }
    }
    for (const name of names) {
      this.#card(name).replaceChildren(...this.#content(name, state));
      const lost = state.nodes[name].state === 'DOWN';
      this.#card(name).className = `${state.route.writes === name ? 'writes' : ''} ${lost ? 'lost' : ''}`;
    }
    byId('client-detail').textContent = `route ${state.route.epoch}, ${state.route.cause}`;
    this.#draw();
  }

  #card(name) {
    if (!this.#cards.has(name)) {
      const card = element('li');
      card.dataset.node = name;
      this.#cards.set(name, card);
      byId('nodes').append(card);
    }
    return this.#cards.get(name);
  }

  #content(name, state) {
    const node = state.nodes[name];
    const badges = [
      state.route.writes === name ? element('span', 'badge flow-writes', '✎ takes writes') : null,
      state.route.reads.includes(name) ? element('span', 'badge flow-reads', '⌕ serves reads') : null,
      element('span', `badge ${stateClass(node)}`, `${stateIcon(node)} ${node.state}`),
      element('span', 'badge', role(node)),
      node.breaker === 'CLOSED' ? null : element('span', 'badge warn-text', `breaker ${node.breaker}`)
    ];
    return [
      element('div', 'node-head', element('strong', '', name), element('span', 'address', node.address)),
      element('div', 'badges', ...badges),
      element('dl', 'facts', ...facts(node, isLeft(name, state))),
      isLeft(name, state) ? null : pool(node.pool),
      node.lastProbe?.error ? element('p', 'error', node.lastProbe.error) : null
    ].filter((part) => part !== null);
  }

  #draw() {
    const svg = byId('arrows');
    svg.replaceChildren(markers());
    if (!this.state) {
      return;
    }
    const frame = byId('topology').getBoundingClientRect();
    const place = (target) => {
      const box = target.getBoundingClientRect();
      return { left: box.left - frame.left, right: box.right - frame.left, top: box.top - frame.top, bottom: box.bottom - frame.top };
    };
    const client = place(byId('client'));
    const { writes, reads } = this.state.route;
    const labels = [];
    for (const [name, card] of this.#cards) {
      const box = place(card);
      const both = writes === name && reads.includes(name);
      if (writes === name) {
        labels.push(flow(svg, client, box, 'writes', both ? -9 : 0, both ? 0.25 : 0.5));
      }
      if (reads.includes(name)) {
        labels.push(flow(svg, client, box, 'reads', both ? 9 : 0, both ? 0.75 : 0.5));
      }
    }
    labels.forEach(([x, y, text]) => labelOnLine(svg, x, y, text));
    this.#drawReplication(svg, place, writes);
  }

  #drawReplication(svg, place, writes) {
    if (!writes || this.state.nodes[writes].state === 'DOWN') {
      return;
    }
    const from = place(this.#card(writes));
    for (const [name, node] of Object.entries(this.state.nodes)) {
      if (name === writes || node.state === 'DOWN' || !node.replication?.verified) {
        continue;
      }
      const to = place(this.#card(name));
      const down = to.top > from.top;
      const x = (from.left + from.right) / 2;
      const y1 = down ? from.bottom : from.top;
      const y2 = down ? to.top - 4 : to.bottom + 4;
      line(svg, `M ${x} ${y1} L ${x} ${y2}`, 'replication');
      label(svg, x + 8, (y1 + y2) / 2 + 4, `replicates, ${span(millis(node.replication.lag))} behind`);
    }
  }

}

function markers() {
  const defs = document.createElementNS(SVG, 'defs');
  for (const kind of ['writes', 'reads', 'replication']) {
    const marker = document.createElementNS(SVG, 'marker');
    for (const [key, value] of Object.entries({ id: `head-${kind}`, viewBox: '0 0 8 8', refX: 7, refY: 4, markerWidth: 5, markerHeight: 5, orient: 'auto' })) {
      marker.setAttribute(key, value);
    }
    const head = document.createElementNS(SVG, 'path');
    head.setAttribute('d', 'M 0 0 L 8 4 L 0 8 z');
    head.setAttribute('fill', `var(--${kind})`);
    marker.append(head);
    defs.append(marker);
  }
  return defs;
}

/** Draws a curve from the client to a node, and returns place and text of its label. */
function flow(svg, client, box, kind, offset, at) {
  const x1 = client.right;
  const y1 = (client.top + client.bottom) / 2 + offset;
  const x2 = box.left - 5;
  const y2 = (box.top + box.bottom) / 2 + offset;
  const bend = (x1 + x2) / 2;
  line(svg, `M ${x1} ${y1} C ${bend} ${y1}, ${bend} ${y2}, ${x2} ${y2}`, kind);
  const along = (from, first, second, to) => (1 - at) ** 3 * from + 3 * (1 - at) ** 2 * at * first + 3 * (1 - at) * at ** 2 * second + at ** 3 * to;
  return [along(x1, bend, bend, x2), along(y1, y1, y2, y2), kind];
}

function line(svg, path, kind) {
  const drawn = document.createElementNS(SVG, 'path');
  drawn.setAttribute('class', `arrow ${kind}`);
  drawn.setAttribute('d', path);
  drawn.setAttribute('marker-end', `url(#head-${kind})`);
  svg.append(drawn);
}

function label(svg, x, y, text) {
  const drawn = document.createElementNS(SVG, 'text');
  drawn.setAttribute('class', 'arrow-label');
  drawn.setAttribute('x', x);
  drawn.setAttribute('y', y);
  drawn.textContent = text;
  svg.append(drawn);
}

/** Writes a label in the middle of a line, and covers the line behind it. */
function labelOnLine(svg, x, y, text) {
  label(svg, x, y + 4, text);
  const drawn = svg.lastChild;
  drawn.setAttribute('text-anchor', 'middle');
  const box = drawn.getBBox();
  const ground = document.createElementNS(SVG, 'rect');
  for (const [key, value] of Object.entries({ class: 'arrow-ground', x: box.x - 3, y: box.y, width: box.width + 6, height: box.height })) {
    ground.setAttribute(key, value);
  }
  drawn.before(ground);
}

/** Returns whether the route has left a lost node, whose connections say nothing then. */
function isLeft(name, state) {
  return state.nodes[name].state === 'DOWN' && state.route.writes !== name && !state.route.reads.includes(name);
}

function stateClass(node) {
  return { UP: 'good-text', IMPAIRED: 'warn-text', DOWN: 'bad-text' }[node.state] ?? '';
}

function stateIcon(node) {
  return { UP: '●', IMPAIRED: '▲', DOWN: '✖' }[node.state] ?? '?';
}

function role(node) {
  return { WRITABLE: 'writable', READ_ONLY: 'read-only', UNUSABLE: 'must not be used' }[node.role] ?? 'role unknown';
}

function facts(node, left) {
  const all = [['server', node.server ?? 'unknown']];
  if (node.replication && node.state !== 'DOWN') {
    all.push(['lag', node.replication.lag ? span(millis(node.replication.lag)) : 'unknown']);
    all.push(['replication', `${node.replication.verified ? 'verified' : 'not verified'}${node.replication.synchronous ? ', synchronous' : ''}`]);
  }
  if (node.lastProbe) {
    all.push(['last probe', `${node.lastProbe.verdict}, ${span(millis(node.lastProbe.took))}`]);
  }
  if (left) {
    all.push(['pool', 'out of use']);
  }
  else if (node.pool) {
    all.push(['pool', `${node.pool.active} in use, ${node.pool.idle} idle of ${node.pool.max}${node.pool.waiting > 0 ? `, ${node.pool.waiting} waiting` : ''}`]);
  }
  return all.map(([name, value]) => element('div', '', element('dt', '', name), element('dd', '', value)));
}

function pool(stats) {
  if (!stats || stats.max < 1) {
    return null;
  }
  const bar = element('div', 'pool');
  for (const kind of ['active', 'idle']) {
    const part = element('i', kind);
    part.style.width = `${100 * stats[kind] / stats.max}%`;
    bar.append(part);
  }
  bar.setAttribute('aria-hidden', 'true');
  return bar;
}
