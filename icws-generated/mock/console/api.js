// The control of the mock over HTTP: all that the page does passes here.

/** A path in which values are escaped: path`interactions/${id}/pickup`. */
export function path(texts, ...values) {
  return texts.reduce((whole, text, at) => whole + encodeURIComponent(values[at - 1]) + text);
}

async function answer(method, where, body) {
  const request = { method, cache: 'no-store' };
  if (body !== undefined) request.body = typeof body === 'string' ? body : JSON.stringify(body);
  let response;
  try {
    response = await fetch(where, request);
  } catch {
    throw new Error('The server does not answer.');
  }
  const text = await response.text();
  if (response.ok) return text;
  let problem = text;
  try {
    problem = JSON.parse(text).message ?? text;
  } catch {
    // It is no JSON, and shown as it is.
  }
  throw new Error(problem || `${method} ${where}: ${response.status}`);
}

/** What is there, as JSON. */
export async function get(where) {
  return JSON.parse(await answer('GET', where));
}

/** Changes something; the JSON of the answer, if there is any. */
export async function send(method, where, body) {
  const text = await answer(method, where, body);
  return text ? JSON.parse(text) : undefined;
}

let list;
const items = new Map();

/** The operations and types of the model, in short. */
export function model() {
  list ??= get('model').catch((error) => {
    list = undefined;
    throw error;
  });
  return list;
}

/** An item of the model in full: `operations` or `types`, by its id. */
export function item(kind, id) {
  const key = `${kind}/${id}`;
  if (!items.has(key)) {
    const found = get(`model/${kind}/${encodeURIComponent(id)}`);
    items.set(key, found);
    found.catch(() => items.delete(key));
  }
  return items.get(key);
}
