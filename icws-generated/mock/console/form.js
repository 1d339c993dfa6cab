// Forms made from types of the model. What is not filled in is left out; values are those
// that travel.
import { item } from './api.js';
import { button, field, h, select } from './dom.js';
import { parse } from './types.js';

/** What a control gives when nothing is filled in. */
export const NOTHING = Symbol('nothing');

/**
 * A control for a type: `element`, `value()`, which throws an error with what is wrong, and
 * `isOpen`, whether it takes several lines.
 */
export async function control(type, label, changed) {
  const parsed = typeof type === 'string' ? parse(type) : type;
  switch (parsed.kind) {
    case 'boolean': return choice(parsed, [['true', 'true'], ['false', 'false']], JSON.parse, changed);
    case 'whole': return line(parsed, label, changed, /^[+-]?\d+$/, 'a whole number', wholeNumber);
    case 'number': return line(parsed, label, changed, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'a number', Number);
    case 'time': return line(parsed, label, changed, /./, 'a time', String, '20261231T235959Z');
    case 'json': return line(parsed, label, changed, /./, 'JSON', JSON.parse);
    case 'list': return list(parsed, label, changed);
    case 'map': return map(parsed, label, changed);
    case 'item': return named(parsed, label, changed);
    default: return line(parsed, label, changed, /^/, 'a text', String);
  }
}

/** Digits beyond what JavaScript can count are refused rather than rounded. */
function wholeNumber(text) {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error('is larger than this form can write: edit the JSON instead');
  return number;
}

function line({ name, nullable }, label, changed, form, expected, read, example) {
  const input = h('input', { type: 'text', placeholder: example ?? name ?? '', autocomplete: 'off', spellcheck: 'false', oninput: changed });
  const nothing = nullOption(nullable, input, changed);
  return {
    element: h('span', { class: 'value' }, input, nothing?.whole),
    input,
    value() {
      if (nothing?.box.checked) return null;
      // An empty text is one only where it was typed and taken back: it is left out.
      if (input.value === '') return NOTHING;
      if (!form.test(input.value.trim())) throw new Error(`${label}: expected ${expected}`);
      try {
        return read(read === String ? input.value : input.value.trim());
      } catch (error) {
        throw new Error(`${label}: ${error.message}`);
      }
    },
  };
}

function nullOption(nullable, input, changed) {
  if (!nullable) return undefined;
  const box = h('input', { type: 'checkbox', onchange: () => { input.disabled = box.checked; changed(); } });
  return { box, whole: h('label', { class: 'check' }, box, 'null') };
}

function choice({ nullable }, options, read, changed) {
  const all = [['', '—'], ...options, ...(nullable ? [['null', 'null']] : [])];
  const input = select(all, { onchange: changed });
  return {
    element: input,
    input,
    value: () => (input.value === '' ? NOTHING : input.value === 'null' ? null : read(input.value)),
  };
}

async function list({ item: type }, label, changed) {
  const items = [];
  const rows = h('div', { class: 'items' });
  const add = async () => {
    const one = await control(type, label, changed);
    const row = h('div', { class: 'part' }, one.element, button('Remove', () => {
      items.splice(items.indexOf(one), 1);
      row.remove();
      more.focus();
      changed();
    }, { 'aria-label': `Remove an item of ${label}` }));
    one.input?.setAttribute('aria-label', `${label}, item ${items.length + 1}`);
    items.push(one);
    rows.append(row);
    changed();
  };
  const more = button('Add an item', add, { 'aria-label': `Add an item to ${label}` });
  return {
    element: h('div', { class: 'open' }, rows, more),
    isOpen: true,
    value() {
      const values = items.map((one) => one.value()).filter((value) => value !== NOTHING);
      return items.length === 0 ? NOTHING : values;
    },
  };
}

async function map({ item: type }, label, changed) {
  const items = [];
  const rows = h('div', { class: 'items' });
  const add = async () => {
    const key = h('input', { type: 'text', 'aria-label': `${label}, key`, oninput: changed });
    const one = await control(type, label, changed);
    one.input?.setAttribute('aria-label', `${label}, value`);
    const pair = { key, one };
    const row = h('div', { class: 'part' }, key, one.element, button('Remove', () => {
      items.splice(items.indexOf(pair), 1);
      row.remove();
      more.focus();
      changed();
    }, { 'aria-label': `Remove an entry of ${label}` }));
    items.push(pair);
    rows.append(row);
    changed();
  };
  const more = button('Add an entry', add, { 'aria-label': `Add an entry to ${label}` });
  return {
    element: h('div', { class: 'open' }, rows, more),
    isOpen: true,
    value() {
      const pairs = items.map(({ key, one }) => [key.value, one.value()]).filter(([, value]) => value !== NOTHING);
      return items.length === 0 ? NOTHING : Object.fromEntries(pairs);
    },
  };
}

async function named({ name, nullable }, label, changed) {
  const found = await item('types', name);
  if (found.kind === 'enum') {
    const values = found.values.map(({ name: text, value }) => [String(value), `${text} (${value})`]);
    return choice({ nullable }, values, Number, changed);
  }
  // Objects can hold themselves: a form begins when it is asked for.
  const holder = h('div', { class: 'open' });
  let form;
  // The name of a button has its text in it, for those who say what they press.
  const start = button(`Fill in ${name}`, async () => {
    form = await object(name, label, changed);
    const leave = button('Leave out', () => {
      form = undefined;
      holder.replaceChildren(start);
      start.focus();
      changed();
    }, { 'aria-label': `Leave out ${label}` });
    holder.replaceChildren(form.element, leave);
    (holder.querySelector('input, select') ?? leave).focus();
    changed();
  }, { 'aria-label': `Fill in ${name} for ${label}` });
  holder.append(start);
  return { element: holder, isOpen: true, value: () => (form ? form.value() : NOTHING) };
}

/** The form of an object or a message. Where there are kinds of it, one is chosen first. */
export async function object(name, label, changed) {
  const found = await item('types', name);
  const kinds = [...(found.abstract ? [] : [name]), ...found.options];
  if (kinds.length <= 1) return properties(found, label, changed, found.kind === 'message');
  const holder = h('div', {});
  let form;
  const choose = select([['', 'choose a kind'], ...kinds], {
    onchange: async () => {
      form = choose.value ? await properties(await item('types', choose.value), label, changed, true) : undefined;
      holder.replaceChildren(...(form ? [form.element] : []));
      changed();
    },
  });
  return {
    element: h('div', {}, field(`Kind of ${label}`, choose), holder),
    value: () => (form ? form.value() : NOTHING),
  };
}

async function properties(found, label, changed, isTyped) {
  const order = [...found.properties].sort((one, other) => Number(other.required) - Number(one.required));
  const parts = await Promise.all(order.map(async (property) => ({
    property,
    part: await control(property.type, property.name, changed),
  })));
  const rows = parts.map(({ property, part }) => row(property, part));
  const element = h('fieldset', {}, h('legend', {}, found.name), found.doc ? h('p', { class: 'dim' }, found.doc) : null, ...rows);
  return {
    element,
    value() {
      const value = isTyped && found.urn ? { __type: found.urn } : {};
      for (const { property, part } of parts) {
        const given = part.value();
        if (given !== NOTHING) value[property.name] = given;
      }
      return value;
    },
  };
}

let labels = 0;

function row({ name, type, required, doc }, part) {
  const title = required ? `${name} *` : name;
  const told = h('small', {}, type, doc ? ` · ${doc}` : '');
  if (!part.input) {
    return h('div', { class: 'field', role: 'group', 'aria-label': name }, h('span', { class: 'label' }, title), part.element, told);
  }
  part.input.id = `value-${++labels}`;
  part.input.setAttribute('aria-required', String(required));
  return h('div', { class: 'field' }, h('label', { for: part.input.id }, title), part.element, told);
}
