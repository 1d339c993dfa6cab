// Items of the world, edited as the text that they are, so that no digit is lost.
import { read, send } from './api.js';
import { ask, field, h } from './dom.js';
import { pretty } from './json.js';

/** Asks for the text of a JSON object, and hands it on. */
function askJson(title, value, confirm, act) {
  const text = h('textarea', { rows: 16, class: 'code', spellcheck: 'false', value });
  ask(title, [field('JSON', text)], confirm, async () => {
    // Whatever is no JSON is told here.
    JSON.parse(text.value);
    await act(text.value);
  });
}

/** Edits an item as it stands now. It is refused when the item has changed meanwhile. */
export async function edit(title, where, done) {
  const { text, version } = await read(where);
  askJson(title, pretty(text), 'Save', async (changed) => {
    await send('PUT', where, changed, { 'If-Match': version });
    await done();
  });
}

/** Puts an item where there is none yet. */
export async function add(where, value) {
  await send('PUT', where, value, { 'If-None-Match': '*' });
}

/** Asks for an item, and puts it where there is none yet. */
export function create(title, where, done) {
  askJson(title, '{}', 'Put', async (text) => {
    await add(where, text);
    await done();
  });
}
