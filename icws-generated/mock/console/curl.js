// Requests as commands for a shell.

/** Characters by which a text that is pasted could do something to a terminal. */
const CONTROL = /[\0-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]/;

/** A word of bash or zsh that is the text, whatever is in it. */
export function quoted(text) {
  if (!CONTROL.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const escaped = text.replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  const all = new RegExp(CONTROL, 'g');
  return `$'${escaped.replace(all, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}'`;
}

/** Headers that curl sets by itself. */
const OWN = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding']);

/** The command that sends a request of the traffic to a server. */
export function curl(entry, base) {
  const where = base + entry.path + (entry.query ? `?${entry.query}` : '');
  const words = [`curl -sS -i -g --path-as-is -X ${quoted(entry.method)} ${quoted(where)}`];
  for (const [name, value] of entry.request.headers) {
    // A header without a value is one that ends with a semicolon here.
    if (!OWN.has(name)) words.push(`-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  }
  // And those that it adds, of which there were none.
  const there = new Set(entry.request.headers.map(([name]) => name.toLowerCase()));
  for (const name of ['Accept', 'User-Agent', ...(entry.request.body ? ['Content-Type'] : [])]) {
    if (!there.has(name.toLowerCase())) words.push(`-H '${name}:'`);
  }
  if (entry.request.body) words.push(`--data-raw ${quoted(entry.request.body)}`);
  return words.join(' \\\n  ');
}
