import { byId, element, millis, span } from './dom.js';

const page = document.documentElement.dataset;

let shown = '';

/** Report of the last drill that this page has requested. */
let lastDrill = '';

/** Sends a request and shows its outcome, with the curl that does the same. */
export async function send(url, body) {
  const answer = byId('answer');
  const headers = { 'Content-Type': 'application/json' };
  const token = /(?:^|; )XSRF-TOKEN=([^;]*)/.exec(document.cookie);
  if (token) {
    headers['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
  }
  answer.className = '';
  const close = element('button', 'close', 'Close');
  close.type = 'button';
  close.addEventListener('click', () => answer.replaceChildren());
  const tell = (text) => answer.replaceChildren(text, curl(url, body), close);
  tell('Sent, waiting for the answer…');
  try {
    const response = await fetch(url, { method: 'POST', headers, body: body ? JSON.stringify(body) : undefined });
    const text = await response.text();
    answer.className = response.ok ? '' : 'failed';
    tell(`${response.ok ? 'Done' : 'Refused'} (HTTP ${response.status})${reason(text, response.ok)}`);
  }
  catch (error) {
    answer.className = 'failed';
    tell(`The application did not answer: ${error.message}`);
  }
}

function reason(text, ok) {
  try {
    const parsed = JSON.parse(text);
    if (ok && parsed.fault) {
      lastDrill = drill(parsed);
      shown = '';
      return `: ${lastDrill}`;
    }
    const found = parsed.reason ?? parsed.detail ?? parsed.message ?? parsed.error;
    return found ? `: ${found}` : ok ? '' : `: ${text}`;
  }
  catch {
    return text && text.length < 300 ? `: ${text}` : '';
  }
}

/** Returns the report of a drill in words. */
function drill(report) {
  const left = report.timeToDetect ? `the loss was detected and writes left the node after ${span(millis(report.timeToDetect))}` : 'writes never left the node';
  const next = report.timeToSwitch ? `another node took writes after ${span(millis(report.timeToSwitch))}` : 'no other node took writes meanwhile, because none was promoted';
  return `drill on ${report.node}, ${report.fault} for ${span(millis(report.duration))}: ${left}; ${next}; ${report.callsFailed} calls failed, ${report.callsHeld} were held; the route changed ${report.routeChanges} times.`;
}

function curl(url, body) {
  const data = body ? ` -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'` : '';
  return element('code', 'curl', `curl -X POST '${new URL(url, location.href)}'${data}`);
}

/** Creates a button that sends a request; its title is the curl. */
export function button(text, url, body, className) {
  const created = element('button', className, text);
  created.type = 'button';
  created.title = curl(url, body).textContent;
  created.addEventListener('click', () => send(url, body));
  return created;
}

/** Shows a button for each operation that is possible now. */
export function showControls(state) {
  const key = JSON.stringify([state.route.writes, state.automatic, Object.keys(state.nodes), state.operation?.action]);
  if (key === shown) {
    return;
  }
  shown = key;
  const controls = byId('controls');
  if (page.access !== 'UNRESTRICTED') {
    controls.replaceChildren(element('p', '', 'This application only shows its state. Operations need management.endpoint.failover.access=unrestricted.'));
    return;
  }
  const [preferred] = Object.keys(state.nodes);
  const targets = Object.keys(state.nodes).filter((name) => name !== state.route.writes);
  const act = (text, body) => button(text, page.endpoint, body);
  controls.replaceChildren(
    ...targets.map((name) => act(`Switch over to ${name}`, { action: 'switchover', target: name })),
    ...(state.route.writes && state.route.writes !== preferred ? [act(`Fail back to ${preferred}`, { action: 'failback' })] : []),
    state.automatic ? act('Pause automatic changes', { action: 'pause' }) : act('Resume automatic changes', { action: 'resume' }),
    ...['refuse', 'freeze', 'read-only'].map((fault) => act(`Drill: ${fault} for 5 s`, { action: 'drill', fault, duration: '5s' })));
  if (lastDrill) {
    controls.append(element('p', 'report', `Last ${lastDrill}`));
  }
  if (state.operation) {
    controls.append(element('p', '', `${state.operation.action} is under way${state.operation.target ? ` to ${state.operation.target}` : ''}, started by ${state.operation.operator}`));
  }
}
