import { Chart } from './charts.js';
import { button, send, showControls } from './controls.js';
import { byId, clock, element, millis, span } from './dom.js';
import { showChanges, showFindings } from './timeline.js';
import { Topology } from './topology.js';

const config = document.documentElement.dataset;
const topology = new Topology();
const listeners = [];
const requests = config.metrics ? new Chart('Requests that wait for a node, or were held or refused since the last look', [
  { label: 'waiting', colour: '--warn' }, { label: 'held', colour: '--reads' }, { label: 'refused', colour: '--bad', dash: [6, 4] }], '') : null;
let probes = null;
let pools = null;
let last = '';
let counts = null;

const MEANINGS = {
  NORMAL: ['good', '●', (state) => `All work is served by ${state.route.writes}.`],
  FAILED_OVER: ['warn', '▲', (state) => `Writes go to ${state.route.writes}.`],
  READ_ONLY: ['bad', '■', (state) => `No node takes writes. Reads are served by ${state.route.reads.join(', ')}. Writes wait for a promotion, or fail.`],
  UNAVAILABLE: ['bad', '✖', () => 'No node serves. Requests wait for their connection time-out and fail.']
};

const REMEDIES = {
  READ_ONLY: 'Promote a node with the cluster manager, or bring the lost one back; the route follows by itself.',
  UNAVAILABLE: 'Start a server, or restore the network; the route follows by itself.'
};

const UNDER_WAY = {
  drill: () => 'A drill is under way: the database is not touched, and the drill ends by itself.',
  switchover: (operation) => `A switchover to ${operation.target} is under way: new requests are held until it takes writes.`,
  failback: (operation) => `A failback to ${operation.target} is under way: new requests are held until it takes writes.`
};

/** Returns what keeps the node that work goes to from serving it, or null. */
function trouble(state) {
  const name = state.route.writes ?? state.route.reads[0];
  const node = state.nodes[name];
  if (node?.state === 'DOWN') {
    return ['bad', `Work goes to ${name}, which does not answer${state.automatic ? '' : ', because automatic changes are paused'}. Nothing is served there.`];
  }
  if (node?.state === 'IMPAIRED') {
    return node.pool?.total > 0 ? ['warn', `Work goes to ${name}, which serves open connections and refuses new ones.`]
      : ['bad', `Work goes to ${name}, which refuses connections, and none is open. Nothing is served there.`];
  }
  if (node?.pool?.waiting > 0 && node.pool.active >= node.pool.max) {
    return ['warn', `Work goes to ${name}, where all connections of the pool are in use, and requests wait for one.`];
  }
  return null;
}

/** Returns tone and text of the banner. */
function banner(state) {
  const [tone, icon, meaning] = MEANINGS[state.mode];
  const found = trouble(state);
  const underWay = UNDER_WAY[state.operation?.action]?.(state.operation);
  const calm = tone === 'good' && (state.conditions.length > 0 || underWay) ? 'warn' : tone;
  const text = found && state.route.writes ? found[1] : [meaning(state), found?.[1], underWay ? null : REMEDIES[state.mode]].filter(Boolean).join(' ');
  return { icon, tone: tone === 'bad' ? tone : found?.[0] ?? calm, text: underWay ? `${underWay} ${text}` : text };
}

/** Shows what the endpoint says. */
function show(state) {
  const { icon, tone, text } = banner(state);
  byId('banner').className = tone;
  const next = JSON.stringify([text, state.mode, state.route, state.ready, state.automatic, state.conditions]);
  if (next !== last) {
    last = next;
    byId('mode').replaceChildren(`${icon} ${state.mode}`, element('span', `ready ${state.ready ? 'good-text' : 'warn-text'}`,
      state.ready ? '✔ ready: another node could take over now' : '▲ not ready: no other node could take over now'));
    byId('meaning').textContent = `${text} Since ${clock(state.route.since)}. A lost node leaves the route within ${span(millis(state.detectionBudget))}.`;
    byId('conditions').replaceChildren(...state.conditions.map((one) => element('li', '',
      element('strong', '', `${one.condition}${one.node ? ` of ${one.node}` : ''}`), ` since ${clock(one.since)}: ${one.detail}`)));
  }
  topology.show(state);
  showChanges(state.changes);
  showFindings(state.findings);
  showControls(state);
  chart(state);
  listeners.forEach((listener) => listener(state));
}

function chart(state) {
  const names = Object.keys(state.nodes);
  const colours = ['--writes', '--replication', '--reads', '--warn'];
  const series = () => names.map((name, i) => ({ label: name, colour: colours[i % colours.length], dash: i === 0 ? undefined : [6, 4] }));
  probes ??= new Chart('Probes: time until the answer', series(), ' ms');
  pools ??= new Chart('Connections in use', series(), '');
  probes.add(names.map((name) => (state.nodes[name].lastProbe?.verdict === 'UP' ? millis(state.nodes[name].lastProbe.took) : null)));
  pools.add(names.map((name) => state.nodes[name].pool?.active));
  [probes, pools, requests].forEach((one) => one?.mark(state.changes));
}

async function measure() {
  const value = async (path) => {
    const response = await fetch(`${config.metrics}/${path}`);
    return response.ok ? (await response.json()).measurements[0].value : null;
  };
  const [waiting, held, refused] = await Promise.all([value('failover.requests.waiting'),
    value('failover.requests?tag=outcome:held'), value('failover.requests?tag=outcome:refused')]);
  requests.add([waiting, counts && held - counts.held, counts && refused - counts.refused]);
  counts = { held, refused };
}

/** Changes the text only if it is another one, since a screen reader reads each change aloud. */
function showConnection(text, className) {
  if (byId('connection-state').textContent !== text) {
    byId('connection-state').textContent = text;
    byId('connection').className = className;
  }
}

let timer;
let asking = false;

/** Asks the endpoint now, and again in a while. */
async function ask() {
  clearTimeout(timer);
  if (!asking) {
    asking = true;
    try {
      const response = await fetch(config.endpoint, { cache: 'no-store' });
      if (!response.ok) {
        throw new Error(`HTTP ${response.status}`);
      }
      show(await response.json());
      showConnection('Live', '');
      byId('connection-time').textContent = clock(Date.now());
    }
    catch (error) {
      showConnection(`What is shown is old. The application does not answer: ${error.message}. Last answer:`, 'broken');
    }
    asking = false;
  }
  timer = setTimeout(ask, document.hidden ? 5000 : 500);
}

/** What a script of the application can use. */
const extension = { Chart, button, send, element, byId, span, context: config.context, onState: (listener) => listeners.push(listener) };

for (const script of config.scripts.split(' ').filter((url) => url)) {
  import(config.context + script).then((module) => module.extend(extension));
}
new EventSource(config.events).addEventListener('change', ask);
document.addEventListener('visibilitychange', ask);
if (requests) {
  setInterval(() => measure().catch(() => undefined), 1000);
}
ask();
