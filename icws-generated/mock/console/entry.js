// What an entry of the traffic is, on a line.

/** The last piece of a URN. */
const short = (urn) => urn.slice(urn.lastIndexOf(':') + 1);

/** Types with how often each comes. */
export function counted(types) {
  const counts = new Map();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => short(type) + (count > 1 ? ` ×${count}` : '')).join(', ');
}

/** The path without what all paths of a session begin with. */
function own(entry) {
  const start = `/icws/${entry.session}/`;
  return entry.path.startsWith(start) ? entry.path.slice(start.length - 1) : entry.path;
}

/** What an entry is, on one line. */
export function title(entry) {
  if (entry.kind === 'end') return 'stream ended';
  if (entry.kind === 'message') return counted(entry.types) || 'a text of no type';
  return own(entry) + (entry.query ? `?${entry.query}` : '');
}

export function clock(at) {
  const time = new Date(at);
  return time.toLocaleTimeString('en-GB') + `.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
