// JSON for people: indented and coloured as it stands, without reading it into values, so
// that no digit, no order and nothing that stands twice is lost.
import { button, h } from './dom.js';

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[{}[\],:]/y;
const SPACE = /\s*/y;

/** What is nested deeper than this is shown as it stands. */
const DEEP = 200;

/** Lines are indented by so many levels at most: deep ones would be spaces for the most part. */
const INDENTED = 24;

/** Texts that are longer are shown as far as this, until all is asked for. */
const LONG = 200_000;

/** The tokens of a text with the JSON pointer of each; nothing when it is no JSON. */
function tokens(text) {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = [];
  const open = [];
  for (let at = 0; ;) {
    SPACE.lastIndex = at;
    SPACE.exec(text);
    at = SPACE.lastIndex;
    if (at >= text.length) return found;
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    if (token === undefined) return undefined;
    at = TOKEN.lastIndex;
    const inside = open.at(-1);
    if (token === '}' || token === ']') open.pop();
    const isKey = inside && !inside.isList && !inside.key && token[0] === '"';
    if (isKey) {
      const name = JSON.parse(token).replaceAll('~', '~0').replaceAll('/', '~1');
      inside.key = true;
      inside.pointer = `${inside.base}/${name}`;
    } else if (token === ',') {
      inside.key = false;
      inside.index += 1;
      if (inside.isList) inside.pointer = `${inside.base}/${inside.index}`;
    }
    const pointer = inside?.pointer ?? '';
    found.push({ token, pointer, isKey, depth: open.length });
    if (token === '{' || token === '[') {
      if (open.length >= DEEP) return undefined;
      const isList = token === '[';
      open.push({ isList, base: pointer, index: 0, key: false, pointer: isList ? `${pointer}/0` : pointer });
    }
  }
}

function kind({ token, isKey }) {
  if (isKey) return 'key';
  if (token[0] === '"') return 'text';
  return /^[-\dtfn]/.test(token) ? 'value' : undefined;
}

/** The text of JSON with one value on each line; `marks` has remarks by JSON pointer. */
function indented(found, marks) {
  const pieces = [];
  const line = (depth) => pieces.push(`\n${'  '.repeat(Math.min(depth, INDENTED))}`);
  found.forEach((one, at) => {
    const { token, depth } = one;
    const before = found[at - 1]?.token;
    if ((token === '}' || token === ']') && before !== '{' && before !== '[') line(depth);
    else if ((before === '{' || before === '[') && token !== '}' && token !== ']') line(depth);
    const mark = (one.isKey || !found[at - 1]?.isKey) ? marks.get(one.pointer) : undefined;
    const shown = kind(one);
    if (mark && (shown || token === '{' || token === '[') && !marks.told.has(one.pointer)) {
      marks.told.add(one.pointer);
      pieces.push(h('mark', { title: mark }, token));
    } else {
      pieces.push(shown ? h('span', { class: `json-${shown}` }, token) : token);
    }
    if (token === ',') line(depth);
    else if (token === ':') pieces.push(' ');
  });
  return pieces;
}

/** The text of JSON with one value on each line, and as it is when it is none. */
export function pretty(text) {
  const found = tokens(text);
  const plain = (piece) => (typeof piece === 'string' ? piece : piece.textContent);
  return found ? indented(found, Object.assign(new Map(), { told: new Set() })).map(plain).join('') : text;
}

/** The elements that show a body, with remarks by JSON pointer. */
export function body(text, remarks = []) {
  if (text === '') return h('p', { class: 'empty small' }, 'no body');
  const pre = h('pre', { class: 'code', tabindex: '0' });
  const show = (shown) => {
    const found = shown.length > LONG ? undefined : tokens(shown);
    const marks = new Map(remarks);
    marks.told = new Set();
    pre.replaceChildren(...(found ? indented(found, marks) : [shown]));
  };
  if (text.length <= LONG) {
    show(text);
    return pre;
  }
  show(text.slice(0, LONG));
  const all = button(`Show all ${text.length.toLocaleString('en')} characters`, () => {
    pre.replaceChildren(text);
    all.remove();
  });
  return h('div', {}, pre, all);
}
