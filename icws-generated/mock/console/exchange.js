// One entry of the traffic: headers and bodies side by side, with what the model says.
import { Refused, get, item, model } from './api.js';
import { attempt, button, check, copy, h, note, say } from './dom.js';
import { body } from './json.js';
import { curl } from './curl.js';
import { clock, counted, title } from './entry.js';
import { linked } from './types.js';

export class Exchange {
  constructor({ go, close }) {
    this.go = go;
    this.heading = h('h2', { tabindex: '-1' });
    this.meta = h('p', { class: 'meta' });
    this.secrets = check('Show secrets', { onchange: () => attempt(() => this.again()) });
    this.curl = button('Copy as curl', () => this.copyCurl());
    this.content = h('div', { class: 'content' });
    this.detail = h('div', { class: 'detail', hidden: true },
      h('div', { class: 'bar' },
        button('Close', close), this.curl, this.secrets.whole,
        this.model = button('In the reference', () => this.go('reference', this.named))),
      this.heading, this.meta, this.content);
    this.element = h('div', { class: 'pane', role: 'region', 'aria-label': 'The chosen entry' }, this.detail);
  }

  close() {
    this.entry = undefined;
    this.detail.hidden = true;
  }

  async again() {
    if (this.entry) await this.show(this.entry);
  }

  /** Shows an entry; until it is there, and when it is not, nothing of the one before. */
  async show(entry, focus) {
    if (this.entry !== entry) this.empty(entry, 'Loading…');
    this.entry = entry;
    this.detail.hidden = false;
    if (focus) this.heading.focus();
    try {
      await this.load(entry);
    } catch (error) {
      if (this.entry !== entry) return;
      const isGone = error instanceof Refused && error.status === 404;
      this.empty(entry, isGone ? 'The server keeps this entry no longer.' : error.message);
    }
  }

  /** Shows of an entry no more than what it is, and why. */
  empty(entry, why) {
    this.full = undefined;
    this.curl.disabled = true;
    this.model.hidden = true;
    say(this.heading, entry.kind === 'exchange' ? `${entry.method} ${title(entry)}` : title(entry));
    say(this.meta, clock(entry.at));
    this.content.replaceChildren(h('p', { class: 'empty small', role: 'status' }, why));
  }

  async load(entry) {
    const query = this.secrets.box.checked ? '?secrets' : '';
    const full = await get(`traffic/${entry.number}${query}`);
    const [operation, type] = await Promise.all([
      full.operation ? item('operations', full.operation).catch(() => undefined) : undefined,
      full.kind === 'message' ? typed(full.types[0]).catch(() => null) : undefined,
    ]);
    if (this.entry !== entry) return;
    this.full = full;
    this.curl.disabled = false;
    const isExchange = full.kind === 'exchange';
    this.curl.hidden = !isExchange;
    this.named = operation?.id ?? type?.id;
    this.model.hidden = !this.named;
    say(this.heading, isExchange ? `${full.method} ${full.path}${full.query ? `?${full.query}` : ''}` : title(full));
    say(this.meta, this.facts(full));
    const remarks = full.remarks ?? [];
    this.content.replaceChildren(
      ...(remarks.length > 0 ? [differences(remarks)] : []),
      ...(isExchange ? [sides(full, remarks)] : []),
      ...(full.message ? [body(full.message.body, marks(remarks, 'response'))] : []),
      ...(operation ? [described(operation, full, this.go)] : []),
      ...(full.kind === 'message' && type !== null ? [ofType(full.types[0], type, this.go)] : []));
  }

  facts(full) {
    const fault = full.fault ? `fault: ${words(full.fault)}` : full.harm ? `fault: ${full.harm}` : '';
    const status = full.kind !== 'exchange' ? '' : full.status ?? 'closed without a response';
    const took = full.took === undefined ? '' : `${full.took.toFixed(2)} ms`;
    const session = full.session ? `session ${full.session}` : 'no session';
    const types = full.types?.length > 0 ? counted(full.types) : '';
    return [clock(full.at), full.operation, status, took, session, types, fault].filter(Boolean).join(' · ');
  }

  async copyCurl() {
    const command = curl(this.full, location.origin);
    await copy(command, 'Command');
    if (!this.secrets.box.checked) note('Secrets are masked in it: show them to copy a command that works.');
  }
}

/** A fault in words. */
export function words(fault) {
  const { fault: name, ...rest } = fault;
  const more = Object.entries(rest).map(([key, value]) => `${key} ${Array.isArray(value) ? value.join(', ') : value}`);
  return [name, ...more].join(', ');
}

function sides(full, remarks) {
  const side = (heading, part, where) =>
    h('section', { class: 'half', 'aria-label': heading }, h('h3', {}, heading), shown(part, marks(remarks, where)), headers(part.headers, heading));
  const answer = full.answer
    ? side(full.streams ? 'Answer: a stream' : `Answer ${full.status}`, full.answer, 'response')
    : h('section', { class: 'half', 'aria-label': 'Answer' }, h('h3', {}, 'Answer'), h('p', { class: 'empty small' }, 'The connection was closed without one.'));
  return h('div', { class: 'halves' }, side('Request', full.request, 'request'), answer);
}

function shown(part, remarks) {
  if (part.leftOut) return h('p', { class: 'empty small' }, `The body is left out: ${part.leftOut}. Show secrets to see it.`);
  return body(part.body, remarks);
}

export function headers(list, heading) {
  const rows = list.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value)));
  return h('details', { open: true }, h('summary', {}, `${heading}: ${list.length} ${list.length === 1 ? 'header' : 'headers'}`), h('dl', { class: 'headers' }, ...rows));
}

/** Remarks about one side, by the JSON pointers in its body. */
function marks(remarks, side) {
  return remarks.filter((remark) => remark.side === side && remark.pointer !== null).map((remark) => [remark.pointer, remark.message]);
}

function differences(remarks) {
  const items = remarks.map(({ part, pointer, message, example }) =>
    h('li', {}, h('strong', {}, part), pointer ? h('code', {}, ` ${pointer}`) : null, `: ${message}`, example ? h('code', {}, ` ${example}`) : null));
  return h('section', { class: 'differs', 'aria-label': 'Differences from the model' },
    h('h3', {}, remarks.length === 1 ? 'One difference from the model' : `${remarks.length} differences from the model`), h('ul', {}, ...items));
}

/** What the model says of the operation, with the reply of this status first. */
function described(operation, full, go) {
  const given = operation.parameters.filter((parameter) => !parameter.session);
  const reply = operation.replies.find((one) => one.status === String(full.status));
  const link = (id) => button(id, () => go('reference', id), { class: 'link' });
  const rows = [
    ['what it does', operation.doc],
    ['since', operation.since ?? 'not known'],
    ['parameters', given.length > 0 ? given.map((one) => `${one.name}${one.required ? '' : '?'} (${one.in})`).join(', ') : 'none of its own'],
    ['body', operation.body ? linked(operation.body, link) : 'none'],
    [`status ${full.status ?? '–'}`, reply ? reply.doc || 'documented' : 'the model does not have this status'],
    ['answer', reply?.body ? linked(reply.body, link) : reply ? 'none' : null],
    ['messages', reply?.messages.length > 0 ? h('span', {}, ...reply.messages.map(link)) : null],
    ['other statuses', operation.replies.filter((one) => one !== reply).map((one) => one.status).join(', ') || 'none'],
  ].filter(([, value]) => value !== null);
  return h('section', { class: 'said', 'aria-label': 'What the model says' },
    h('h3', {}, `The model: ${operation.id}`),
    facts(rows));
}

/** The type of a message, by its URN. */
async function typed(urn) {
  const { types } = await model();
  const found = urn && types.find((type) => type.urn === urn);
  return found ? item('types', found.id) : undefined;
}

/** What the model says of the type of a message. */
function ofType(urn, type, go) {
  const link = (id) => button(id, () => go('reference', id), { class: 'link' });
  const properties = (type?.properties ?? []).map(({ name, type: of, required, doc }) =>
    h('li', {}, h('code', {}, required ? `${name} *` : name), ' ', linked(of, link), doc ? ` · ${doc}` : ''));
  const rows = type
    ? [['type', link(type.id)], ['what it is', type.doc || 'not told'], ['since', type.since ?? 'not known'],
      ['properties', properties.length > 0 ? h('ul', {}, ...properties) : 'none']]
    : [['type', urn ? `the model does not have ${urn}` : 'none is told by `__type`']];
  return h('section', { class: 'said', 'aria-label': 'What the model says' },
    h('h3', {}, `The model: ${type?.id ?? 'no such type'}`), facts(rows));
}

function facts(rows) {
  return h('dl', { class: 'facts' }, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}
