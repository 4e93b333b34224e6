/** Creates an element with a class and children. Strings become text, never markup. */
export function element(name, className, ...children) {
  const created = document.createElement(name);
  if (className) {
    created.className = className;
  }
  created.append(...children.filter((child) => child !== null && child !== undefined));
  return created;
}

export function byId(id) {
  return document.getElementById(id);
}

/** Parses a duration such as PT1M2.5S into milliseconds; null stays null. */
export function millis(duration) {
  const found = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(duration ?? '');
  return found ? ((Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)) * 60 + Number(found[3] ?? 0)) * 1000 : null;
}

export function span(value) {
  if (value === null) {
    return 'unknown';
  }
  if (value < 1000) {
    return `${value < 10 ? Number(value.toFixed(1)) : Math.round(value)} ms`;
  }
  return value < 120_000 ? `${Number((value / 1000).toFixed(value < 10_000 ? 1 : 0))} s` : `${Math.round(value / 60_000)} min`;
}

export function clock(instant) {
  return new Date(instant).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
