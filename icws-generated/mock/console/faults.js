// What goes wrong on purpose: at once, at a rate, and what was taken out of the API.
import { get, model, path, send } from './api.js';
import { attempt, button, field, h, note, proposals, say, select } from './dom.js';
import { words } from './exchange.js';
import { Table } from './table.js';

const KINDS = [
  ['unavailable', '503, go to another host'],
  ['answer', 'an answer of a status'],
  ['dropBeforeRequest', 'drop: not carried out, no response'],
  ['dropBeforeAnswer', 'drop: carried out, no response'],
  ['dropMidAnswer', 'drop in the middle of the answer'],
  ['truncateJson', 'JSON ends in the middle'],
  ['delay', 'delay the answer'],
  ['expireSession', 'expire the session first'],
];

export class Faults {
  constructor() {
    this.kind = select(KINDS, { onchange: () => this.fit() });
    this.status = h('input', { type: 'number', min: 200, max: 999, value: '500' });
    this.text = h('input', { type: 'text' });
    this.hosts = h('input', { type: 'text', placeholder: 'cic2.example, cic3.example' });
    this.seconds = h('input', { type: 'number', min: 0, step: 'any', value: '2' });
    this.operation = h('input', { type: 'search', list: 'all-operations', placeholder: 'any operation' });
    this.rate = h('input', { type: 'range', min: 0, max: 100, step: 1, value: '100', oninput: () => this.fit() });
    this.percent = h('output');
    this.more = {
      answer: [field('Status', this.status), field('Text', this.text)],
      unavailable: [field('Alternate hosts', this.hosts)],
      delay: [field('Seconds', this.seconds)],
    };
    // It changes with what clients do, and is not announced.
    this.known = h('p', { class: 'dim' });
    this.active = new Table({
      label: 'Active faults',
      empty: 'Nothing will go wrong.',
      key: (one) => one.key,
      name: (one) => one.what,
      columns: [
        { title: 'Fault', text: (one) => one.what },
        { title: 'Operation', text: (one) => one.operation ?? 'any', style: 'mono' },
        { title: 'When', text: (one) => one.when },
        { title: 'Actions', make: (current) => button('Switch off', () => this.off(current())) },
      ],
    });
    this.gone = new Table({
      label: 'Operations that are gone',
      empty: 'All operations are there.',
      key: (one) => one,
      columns: [
        { title: 'Operation', text: (one) => one, style: 'mono' },
        { title: 'Actions', make: (current) => button('Put back', () => send('DELETE', path`gone/${current()}`).then(() => this.refresh())) },
      ],
    });
    this.take = h('input', { type: 'search', list: 'all-operations', required: true });
    this.element = h('section', { class: 'view', 'aria-label': 'Faults' },
      h('h2', {}, 'Let something go wrong'),
      h('div', { class: 'bar' }, field('Fault', this.kind), ...Object.values(this.more).flat(), field('Operation', this.operation)),
      h('div', { class: 'bar' },
        button('With the next request', () => this.once(), { class: 'main' }),
        button('At a rate', () => this.often()), h('div', { class: 'field' }, h('label', { for: 'fault-rate' }, 'Rate'), this.rate), this.percent,
        button('All off', () => send('DELETE', 'faults').then(() => this.refresh()))),
      h('h2', {}, 'Active'), this.known, this.active.element,
      h('h2', {}, 'Operations that are gone'),
      h('form', { class: 'bar', onsubmit: (event) => { event.preventDefault(); attempt(() => this.remove()); } },
        field('Take out of the API: 410 from then on', this.take), h('button', { type: 'submit' }, 'Take out')),
      this.gone.element);
    this.rate.id = 'fault-rate';
    this.fit();
  }

  fit() {
    for (const [kind, fields] of Object.entries(this.more)) {
      for (const one of fields) one.hidden = kind !== this.kind.value;
    }
    say(this.percent, `${this.rate.value} %`);
  }

  fault() {
    const fault = { fault: this.kind.value };
    if (fault.fault === 'answer') {
      fault.status = Number(this.status.value);
      if (this.text.value) fault.message = this.text.value;
    }
    if (fault.fault === 'unavailable') {
      fault.alternates = this.hosts.value.split(',').map((host) => host.trim()).filter(Boolean);
    }
    if (fault.fault === 'delay') fault.seconds = Number(this.seconds.value);
    return fault;
  }

  where() {
    const operation = this.operation.value.trim();
    return operation ? { operation } : {};
  }

  async once() {
    await send('POST', 'faults', { ...this.fault(), ...this.where() });
    await this.refresh();
  }

  async often() {
    const seed = Math.floor(Math.random() * 1_000_000);
    await send('POST', 'faults/random', { seed, rate: this.rate.value / 100, faults: [this.fault()], ...this.where() });
    await this.refresh();
  }

  async off(one) {
    await send('DELETE', one.number === undefined ? 'faults/random' : path`faults/${one.number}`);
    await this.refresh();
  }

  async remove() {
    await send('POST', 'gone', { operation: this.take.value.trim() });
    note(`${this.take.value.trim()} is gone`);
    await this.refresh();
  }

  async show() {
    const { operations } = await model();
    proposals('all-operations', operations.map((operation) => operation.id));
    await this.refresh();
  }

  async refresh() {
    const [{ count, waiting, random }, gone] = await Promise.all([get('faults'), get('gone')]);
    const once = waiting.map(({ number, operation, fault }) =>
      ({ key: number, number, operation, what: words(fault), when: 'next request' }));
    const often = random
      ? [{ key: 'random', operation: random.operation, what: random.faults.map(words).join(' or '), when: `${Math.round(random.rate * 1_000) / 10} % of requests` }]
      : [];
    this.active.update([...once, ...often]);
    this.gone.update(gone);
    say(this.known, count === 1 ? '1 request or stream went wrong so far.' : `${count} requests and streams went wrong so far.`);
  }
}
