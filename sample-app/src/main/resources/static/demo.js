const FAULTS = {
  kill: 'kill -9 of the server', stop: 'stops the server', restart: 'stops and starts the server', freeze: 'the server stops running but keeps its connections',
  thaw: 'ends a freeze', promote: 'makes it accept writes', rejoin: 'rebuilds it as a replica of the leader', cut: 'the network drops all packets to it',
  refuse: 'the network refuses new connections to it',
  reset: 'the network resets all connections to it', delay: 'each packet takes 300 ms longer', heal: 'ends what the network does to it'
};

/** Time between two looks at the load, in milliseconds. */
const STEP = 250;

const HARMFUL = ['kill', 'stop', 'freeze', 'cut', 'refuse', 'reset'];

/** Adds a load, its results and the faults of the embedded pair to the page. */
export function extend(page) {
  showLoad(page);
  showFaults(page);
}

function showLoad(page) {
  const figure = (label, className = '') => {
    const value = page.element('b', '', '0');
    return { shown: page.element('div', `figure ${className}`, value, page.element('span', '', label)), set: (text) => { value.textContent = text; } };
  };
  const acknowledged = figure('orders acknowledged');
  const lost = figure('of them lost');
  const failed = figure('calls failed');
  const held = figure('calls held now');
  const slow = figure('calls slow');
  const outage = figure('longest failure of writes');
  const longestHeld = figure('longest hold of a write');
  const writeLatency = figure('writes: median / p95 / p99', 'small');
  const readLatency = figure('reads: median / p95 / p99', 'small');
  const limit = page.element('p', 'note');
  const start = page.button('Start the load', `${page.context}/demo/load/start`);
  const stop = page.button('Stop the load', `${page.context}/demo/load/stop`);
  page.byId('extension-top').replaceWith(page.element('section', '', page.element('h2', '', 'A load of about 50 orders and 50 reads per second'),
    page.element('div', 'figures', ...[acknowledged, lost, failed, held, slow, outage, longestHeld].map((one) => one.shown)),
    page.element('div', 'figures', writeLatency.shown, readLatency.shown),
    limit, page.element('div', 'buttons', start, stop)));
  const strip = (kind, colour) => new page.Chart(`${kind} of the load in ${STEP} ms`, [
    { label: 'ok', colour }, { label: 'failed', colour: '--bad', dash: [2, 3] }, { label: 'slow', colour: '--warn', dash: [7, 5] },
    { label: 'held', colour: '--replication', dash: [10, 3, 2, 3] }], '', true);
  const reads = strip('Reads', '--reads');
  const writes = strip('Writes', '--writes');
  page.onState((state) => [reads, writes].forEach((chart) => chart.mark(state.changes)));
  let before = null;
  setInterval(async () => {
    const response = await fetch(`${page.context}/demo/load`).catch(() => null);
    if (!response?.ok) {
      return;
    }
    const load = await response.json();
    const sum = (name) => (load.reads[name] + load.writes[name]).toLocaleString();
    const latency = (calls) => (calls.ok > 0 ? ['p50', 'p95', 'p99'].map((name) => page.span(calls.latency[name])).join(' / ') : '–');
    const duration = (time) => (time > 0 ? page.span(time) : 'none');
    acknowledged.set(load.acknowledged.toLocaleString());
    lost.set(load.lost.toLocaleString());
    failed.set(sum('failed'));
    held.set(sum('held'));
    slow.set(sum('slow'));
    outage.set(duration(load.writes.longestOutageMillis));
    longestHeld.set(duration(load.writes.longestHeldMillis));
    writeLatency.set(latency(load.writes));
    readLatency.set(latency(load.reads));
    limit.textContent = `Held: in progress for more than ${load.slowAfterMillis} ms. Slow: succeeded after more than ${load.slowAfterMillis} ms. Lost: the last read did not find it; a replica that lags may have it later.`;
    start.disabled = load.running;
    stop.disabled = !load.running;
    const now = { at: performance.now(), load };
    if (before && before.load.since === load.since) {
      const count = (kind) => {
        const rate = (name) => Math.max(0, (load[kind][name] - before.load[kind][name]) * STEP / (now.at - before.at));
        return load.running ? [rate('ok') - rate('slow'), rate('failed'), rate('slow'), load[kind].held] : [null, null, null, null];
      };
      reads.add(count('reads'));
      writes.add(count('writes'));
    }
    before = now;
  }, STEP);
}

async function showFaults(page) {
  const response = await fetch(`${page.context}/demo/nodes`);
  const { nodes, actions } = await response.json();
  const groups = nodes.map(({ node }) => page.element('div', '', page.element('h3', '', `Break ${node}, and repair it`),
    page.element('div', 'buttons', ...actions.map((action) => {
      const button = page.button(action, `${page.context}/demo/nodes/${node}/${action}`, null, HARMFUL.includes(action) ? 'danger' : '');
      button.setAttribute('aria-label', `${action} ${node}: ${FAULTS[action] ?? action}`);
      return button;
    }))));
  page.byId('extension-controls').replaceChildren(...groups);
}
