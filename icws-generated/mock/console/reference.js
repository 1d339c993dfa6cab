// The operations and types of the model.
import { item, model } from './api.js';
import { button, field, h, leaves, say, select } from './dom.js';
import { VirtualList } from './list.js';
import { linked } from './types.js';
import { Trial } from './try.js';

const KINDS = [['', 'all'], ['operation', 'operations'], ['message', 'messages'], ['object', 'objects'], ['enum', 'enumerations']];

export class Reference {
  constructor() {
    this.all = [];
    this.shown = [];
    this.text = h('input', { type: 'search', placeholder: 'id, path or words', oninput: () => this.filter() });
    this.kind = select(KINDS, { onchange: () => this.filter() });
    this.count = h('span', { class: 'dim', role: 'status' });
    this.list = new VirtualList({
      label: 'Operations and types',
      rowHeight: 26,
      make: () => [h('span', { class: 'method' }), h('span', { class: 'what' })],
      draw: (row, index) => this.draw(row, this.shown[index]),
      choose: (index, enter) => this.open(this.shown[index].id, enter),
    });
    this.heading = h('h2', { tabindex: '-1' });
    this.content = h('div', { class: 'content' }, h('p', { class: 'empty' }, 'Choose an operation or a type.'));
    this.pane = h('div', { class: 'pane', role: 'region', 'aria-label': 'The chosen item' },
      h('div', { class: 'detail' }, h('div', { class: 'bar back' }, button('Back', () => this.close(), { class: 'back' })), this.heading, this.content));
    this.element = h('section', { class: 'view reference', 'aria-label': 'Reference' },
      h('div', { class: 'bar' }, field('Search', this.text), field('Kind', this.kind), this.count),
      h('div', { class: 'split' }, h('div', { class: 'side' }, this.list.element), this.pane));
    say(this.count, 'Loading…');
    document.addEventListener('keydown', (event) => {
      if (!this.element.classList.contains('opened') || !leaves(event, this.element)) return;
      event.preventDefault();
      this.close();
    });
  }

  async show(id) {
    const known = await model();
    // That of another server, once it has taken the place of the one before.
    if (known !== this.known) {
      this.known = known;
      const { operations, types } = known;
      this.all = [...operations.map((one) => ({ ...one, kind: 'operation' })), ...types];
      this.filter();
    }
    if (id) await this.open(id);
    // A session may have been opened or ended meanwhile.
    else if (this.trial?.element.open) await this.trial.fill();
  }

  filter() {
    const words = this.text.value.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (one) => {
      const text = `${one.id} ${one.method ?? ''} ${one.path ?? ''} ${one.urn ?? ''} ${one.doc} ${one.since ?? ''}`.toLowerCase();
      return words.every((word) => text.includes(word)) && (!this.kind.value || one.kind === this.kind.value);
    };
    this.shown = this.all.filter(fits);
    this.list.chosen = this.shown.findIndex((one) => one.id === this.id);
    this.list.element.scrollTop = 0;
    this.list.resize(this.shown.length);
    say(this.count, `${this.shown.length} of ${this.all.length}`);
  }

  draw(row, one) {
    if (!one) return;
    const [method, what] = row.children;
    say(method, one.method ?? one.kind);
    say(what, one.id);
    row.className = `row item ${one.kind}`;
  }

  close() {
    this.element.classList.remove('opened');
    this.list.element.focus();
  }

  async open(id, focus = false) {
    const found = this.all.find((one) => one.id === id);
    if (!found) throw new Error(`The model has no ${id}.`);
    this.id = id;
    const isOperation = found.kind === 'operation';
    this.element.classList.add('opened');
    say(this.heading, id);
    this.content.replaceChildren(h('p', { class: 'empty small', role: 'status' }, 'Loading…'));
    // Where there is room for one of them only, the list is gone now, and the focus with it.
    if (focus || !this.list.element.checkVisibility()) this.heading.focus();
    try {
      const full = await item(isOperation ? 'operations' : 'types', id);
      if (this.id === id) this.content.replaceChildren(...(isOperation ? this.operation(full) : this.type(full)));
    } catch (error) {
      if (this.id === id) this.content.replaceChildren(h('p', { class: 'problem', role: 'alert' }, error.message));
    }
  }

  link(id) {
    return button(id, () => this.open(id, true), { class: 'link' });
  }

  typed(type) {
    return type ? linked(type, (id) => this.link(id)) : '—';
  }

  operation(full) {
    const replies = full.replies.map((reply) => [reply.status, reply.doc, this.typed(reply.body),
      h('span', {}, ...reply.messages.map((id) => this.link(id)), ...reply.errors.map(({ id }) => h('code', {}, id))), reply.since ?? '']);
    const parameters = full.parameters.map((one) => [one.name, one.in, this.typed(one.type), one.session ? 'by the session' : one.required ? 'yes' : 'no', one.doc]);
    const trial = new Trial(full);
    this.trial = trial;
    return [
      h('p', { class: 'mono' }, `${full.method} ${full.path}`), h('p', {}, full.doc), h('p', { class: 'dim' }, `since ${full.since ?? 'not known'}`),
      trial.element,
      ...(full.body ? [h('p', {}, 'Body: ', this.typed(full.body))] : []),
      table('Parameters', ['Name', 'In', 'Type', 'Required', 'About'], parameters),
      table('Answers', ['Status', 'When', 'Body', 'Then', 'Since'], replies),
    ];
  }

  type(full) {
    const facts = [h('p', {}, full.doc), h('p', { class: 'dim' }, [full.kind, full.urn, full.base ? `of ${full.base}` : '', `since ${full.since ?? 'not known'}`].filter(Boolean).join(' · '))];
    if (full.kind === 'enum') return [...facts, table('Values', ['Name', 'Value', 'About'], full.values.map((one) => [one.name, String(one.value), one.doc]))];
    const properties = full.properties.map((one) => [one.name, this.typed(one.type), one.required ? 'yes' : 'no', one.delta ?? '', one.doc, one.since ?? '']);
    const kinds = full.options.length > 0 ? [h('p', {}, 'Kinds of it: ', ...full.options.map((id) => this.link(id)))] : [];
    return [...facts, ...kinds, table('Properties', ['Name', 'Type', 'Required', 'In a delta', 'About', 'Since'], properties)];
  }
}

function table(label, heads, rows) {
  if (rows.length === 0) return h('p', { class: 'dim' }, `${label}: none`);
  const cells = (row) => row.map((cell, at) => h('td', { 'data-title': heads[at] }, cell));
  return h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': label },
    h('table', {}, h('caption', {}, label), h('thead', {}, h('tr', {}, ...heads.map((head) => h('th', { scope: 'col' }, head)))),
      h('tbody', {}, ...rows.map((row) => h('tr', {}, ...cells(row))))));
}
