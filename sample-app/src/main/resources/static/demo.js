const FAULTS = {
  kill: 'kill -9 of the server', stop: 'stops the server', restart: 'stops and starts the server', freeze: 'the server stops running but keeps its connections',
  thaw: 'ends a freeze', promote: 'makes it accept writes', rejoin: 'rebuilds it as a replica of the leader', cut: 'the network drops all packets to it',
  reset: 'the network refuses connections to it', delay: 'each packet takes 300 ms longer', heal: 'ends what the network does to it'
};

const HARMFUL = ['kill', 'stop', 'freeze', 'cut', 'reset'];

/** Adds a load, its results and the faults of the embedded pair to the page. */
export function extend(page) {
  showLoad(page);
  showFaults(page);
}

function showLoad(page) {
  const figure = (label) => {
    const value = page.element('b', '', '0');
    return { shown: page.element('div', 'figure', value, page.element('span', '', label)), set: (text) => { value.textContent = text; } };
  };
  const acknowledged = figure('orders acknowledged');
  const lost = figure('of them lost');
  const failed = figure('calls failed');
  const outage = figure('longest outage of writes');
  const latency = figure('writes: median / p99');
  const start = page.button('Start the load', `${page.context}/demo/load/start`);
  const stop = page.button('Stop the load', `${page.context}/demo/load/stop`);
  page.byId('extension-top').replaceWith(page.element('section', '', page.element('h2', '', 'A load of about 50 orders and 50 reads per second'),
    page.element('div', 'figures', ...[acknowledged, lost, failed, outage, latency].map((one) => one.shown)),
    page.element('div', 'buttons', start, stop)));
  const chart = new page.Chart('Calls of the load per second', [
    { label: 'writes ok', colour: '--writes' }, { label: 'reads ok', colour: '--reads', dash: [7, 5] }, { label: 'failed', colour: '--bad', dash: [2, 3] }], '', true);
  page.onState((state) => chart.mark(state.changes));
  let before = null;
  setInterval(async () => {
    const response = await fetch(`${page.context}/demo/load`).catch(() => null);
    if (!response?.ok) {
      return;
    }
    const load = await response.json();
    acknowledged.set(load.acknowledged.toLocaleString());
    lost.set(load.lost.toLocaleString());
    failed.set((load.reads.failed + load.writes.failed).toLocaleString());
    outage.set(page.span(load.writes.longestOutageMillis));
    latency.set(load.writes.ok > 0 ? `${page.span(load.writes.latency.p50)} / ${page.span(load.writes.latency.p99)}` : '–');
    start.disabled = load.running;
    stop.disabled = !load.running;
    const now = { at: performance.now(), since: load.since, writes: load.writes.ok, reads: load.reads.ok, failed: load.reads.failed + load.writes.failed };
    if (before && before.since === now.since) {
      const rate = (name) => Math.max(0, (now[name] - before[name]) * 1000 / (now.at - before.at));
      chart.add(load.running ? [rate('writes'), rate('reads'), rate('failed')] : [null, null, null]);
    }
    before = now;
  }, 250);
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
