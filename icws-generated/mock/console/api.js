// The control of the mock over HTTP: all that the page does passes here.

/** A path in which values are escaped: path`interactions/${id}/pickup`. */
export function path(texts, ...values) {
  return texts.reduce((whole, text, at) => whole + encodeURIComponent(values[at - 1]) + text);
}

/** So long an answer may take, in milliseconds: a browser waits for ever. */
const PATIENCE = 15_000;

/** The server has answered that it does not do something. */
export class Refused extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** Sends a request; the answer with its text, whatever its status. */
export async function request(method, where, body, headers = {}) {
  // Without this type a change is refused: pages of other sites could send it.
  const typed = where.startsWith('/') || !['POST', 'PUT', 'PATCH'].includes(method) ? headers : { 'Content-Type': 'application/json', ...headers };
  const made = { method, headers: typed, cache: 'no-store', credentials: 'omit', signal: AbortSignal.timeout(PATIENCE) };
  if (body !== undefined) made.body = typeof body === 'string' ? body : JSON.stringify(body);
  try {
    const response = await fetch(where, made);
    return { response, text: await response.text() };
  } catch (error) {
    throw new Error(error.name === 'TimeoutError' ? `The server has not answered for ${PATIENCE / 1_000} seconds.` : 'The server does not answer.');
  }
}

async function answer(method, where, body, headers) {
  const { response, text } = await request(method, where, body, headers);
  if (response.ok) return { response, text };
  let problem = text;
  try {
    problem = JSON.parse(text).message ?? text;
  } catch {
    // It is no JSON, and shown as it is.
  }
  throw new Refused(problem || `${method} ${where}: ${response.status}`, response.status);
}

/** What is there, as JSON. */
export async function get(where) {
  return JSON.parse((await answer('GET', where)).text);
}

/** What is there, as it was sent, and the version by which a change can be refused. */
export async function read(where) {
  const { response, text } = await answer('GET', where);
  return { text, version: response.headers.get('ETag') ?? '*' };
}

/** Changes something; the JSON of the answer, if there is any. */
export async function send(method, where, body, headers) {
  const { text } = await answer(method, where, body, headers);
  return text ? JSON.parse(text) : undefined;
}

let list;
let of;
const items = new Map();

/** Tells which server answers. What is known of the model is that of the server before. */
export function meet(run) {
  if (of !== undefined && of !== run) {
    list = undefined;
    items.clear();
  }
  of = run;
}

/** The operations and types of the model, in short. */
export function model() {
  if (!list) {
    const asked = get('model');
    list = asked;
    asked.catch(() => {
      if (list === asked) list = undefined;
    });
  }
  return list;
}

/** An item of the model in full: `operations` or `types`, by its id. */
export function item(kind, id) {
  const key = `${kind}/${id}`;
  if (!items.has(key)) {
    const found = get(`model/${kind}/${encodeURIComponent(id)}`);
    items.set(key, found);
    found.catch(() => {
      if (items.get(key) === found) items.delete(key);
    });
  }
  return items.get(key);
}
