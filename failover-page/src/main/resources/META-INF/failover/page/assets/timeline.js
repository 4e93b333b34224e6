import { byId, clock, element, millis, span } from './dom.js';

let shown = '';

/**
 * Lists the changes of the route, the last one first, with how long each took to detect and until work was whole again.
 * What is shown stays, so that opened evidence stays open and keeps the focus.
 */
export function showChanges(changes) {
  const next = JSON.stringify(changes);
  if (next === shown) {
    return;
  }
  shown = next;
  const ordered = [...changes].sort((one, other) => other.epoch - one.epoch);
  byId('changes').replaceChildren(...ordered.map((change, i) => item(change, ordered.slice(0, i).reverse())));
}

function item(change, later) {
  const time = element('time', '', clock(change.at));
  time.dateTime = change.at;
  const notes = [change.cause];
  if (change.detection) {
    notes.push(`detected in ${span(millis(change.detection))}`);
  }
  const whole = change.to === null ? later.find((next) => next.to !== null) : null;
  if (whole) {
    notes.push(`writes whole after ${span(new Date(whole.at) - new Date(change.at))}`);
  }
  if (change.abortedConnections > 0) {
    notes.push(`${change.abortedConnections} connections aborted`);
  }
  const moved = change.from === change.to ? `writes stay on ${change.to ?? 'no node'}` : `writes ${change.from ?? 'none'} → ${change.to ?? 'none'}`;
  const evidence = element('details', '', element('summary', '', 'evidence'), element('p', '', change.evidence));
  return element('li', '', time, element('div', '', element('p', '', element('strong', '', change.mode), ` · ${moved} · ${notes.join(' · ')}`), evidence));
}

export function showFindings(findings) {
  byId('findings-section').hidden = findings.length === 0;
  byId('findings').replaceChildren(...findings.map((finding) => element('li', '',
    element('strong', finding.severity === 'WARNING' ? 'warn-text' : '', `${finding.severity} ${finding.id}${finding.node ? ` on ${finding.node}` : ''}`),
    element('div', '', `${finding.problem} ${finding.remedy}`))));
}
