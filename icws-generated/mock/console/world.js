// The world: calls, users, callbacks, and every table of it.
import { get, path, send } from './api.js';
import { ask, attempt, button, check, field, h, note, offer, say, select } from './dom.js';
import { Calls } from './calls.js';
import { add, create, edit } from './edit.js';
import { Table } from './table.js';

const PARTS = [['calls', 'Interactions'], ['users', 'Users'], ['callbacks', 'Callbacks'], ['tables', 'All tables']];
const STATUSES = 'status/status-messages';
const VALUES = 'statistics/statistic-values';

/** The address of a table, whose name has slashes in it. */
const table = (name) => `world/${name.split('/').map(encodeURIComponent).join('/')}`;

/** The address of an item of it. */
const place = (name, id) => `${table(name)}/${encodeURIComponent(id)}`;

export class World {
  constructor() {
    this.part = 'calls';
    this.calls = new Calls();
    this.tabs = h('div', { class: 'tabs', role: 'group', 'aria-label': 'Parts of the world' }, ...PARTS.map(([part, text]) =>
      button(text, () => this.turn(part), { 'data-part': part, 'aria-pressed': String(part === this.part) })));
    this.parts = { calls: this.calls.element, users: this.makeUsers(), callbacks: this.makeCallbacks(), tables: this.makeTables() };
    this.element = h('section', { class: 'view', 'aria-label': 'World' }, this.tabs, ...Object.values(this.parts));
    this.turn(this.part, false);
  }

  async turn(part, refresh = true) {
    this.part = part;
    for (const tab of this.tabs.children) tab.setAttribute('aria-pressed', String(tab.dataset.part === part));
    for (const [name, element] of Object.entries(this.parts)) element.hidden = name !== part;
    if (refresh) await this.refresh();
  }

  show() {
    return this.refresh();
  }

  async refresh() {
    const again = () => this.refresh();
    if (this.part === 'calls') {
      const [interactions, users, workgroups] = await rows('interactions', 'status/user-statuses', 'configuration/workgroups');
      this.calls.update({ interactions, users: Object.keys(users), workgroups: Object.keys(workgroups) }, again);
    } else if (this.part === 'users') {
      const [users, statuses, stations] = await rows('status/user-statuses', STATUSES, 'configuration/stations');
      this.statuses = Object.keys(statuses);
      this.stations = Object.keys(stations);
      this.users.update(Object.entries(users));
    } else if (this.part === 'callbacks') {
      this.callbacks.update(await get('callbacks'));
    } else {
      // Values of statistics can be made before a client asks for one.
      const counts = { [VALUES]: 0, ...await get('world') };
      offer(this.table, Object.entries(counts).map(([name, count]) => [name, `${name} (${count})`]));
      const [items] = await rows(this.table.value);
      this.items.update(Object.entries(items));
    }
  }

  makeUsers() {
    this.users = new Table({
      label: 'Users',
      empty: 'There are no users.',
      key: ([id]) => id,
      columns: [
        { title: 'User', text: ([id]) => id },
        {
          title: 'Status',
          make: (current) => select([], {
            'aria-label': 'Status of the user',
            onchange: (event) => attempt(() => send('POST', path`users/${current()[0]}/status`, { statusId: event.target.value })),
          }),
          update: (element, [id, user]) => this.fill(element, this.statuses, user?.statusId ?? '', `Status of ${id}`),
        },
        {
          title: 'Station',
          make: (current) => select([], {
            'aria-label': 'Station of the user',
            onchange: (event) => attempt(() => send('POST', path`users/${current()[0]}/station`, { station: event.target.value || null })),
          }),
          update: (element, [id, user]) => this.fill(element, ['', ...this.stations], user?.stations?.[0] ?? '', `Station of ${id}`),
        },
        { title: 'Since', text: ([, user]) => user?.statusChanged, style: 'mono' },
        {
          title: 'Actions',
          make: (current) => h('span', { class: 'group' },
            button('Edit…', () => this.edit('configuration/users', current()[0])),
            button('Remove', () => this.remove('configuration/users', current()[0]))),
        },
      ],
    });
    const name = h('input', { type: 'text', required: true });
    const join = async () => {
      const id = name.value.trim();
      const item = { configurationId: { id, displayName: id, uri: `/configuration/users/${id}` }, workgroups: [] };
      await add(place('configuration/users', id), item);
      note(`User ${id} is there, and can have sessions opened under Sessions`);
      name.value = '';
      await this.refresh();
    };
    return h('div', { class: 'stack' }, h('form', { class: 'bar', onsubmit: (event) => { event.preventDefault(); attempt(join); } },
      field('New user', name), h('button', { type: 'submit' }, 'Add')), this.users.element);
  }

  fill(element, options, value, label) {
    // What is being chosen is not changed under one's hands.
    if (document.activeElement === element) return;
    const known = options.includes(value) ? options : [...options, value];
    offer(element, known.map((one) => [one, one || '—']));
    element.value = value;
    element.setAttribute('aria-label', label);
  }

  makeCallbacks() {
    this.callbacks = new Table({
      label: 'Callbacks',
      empty: 'There are no callbacks.',
      key: (one) => one.interactionId,
      columns: [
        { title: 'Id', text: (one) => one.interactionId, style: 'mono' },
        { title: 'Target', text: (one) => one.target, style: 'mono' },
        { title: 'Subject', text: (one) => one.subject },
        { title: 'Name', text: (one) => one.name ?? '' },
        { title: 'Attempts', text: (one) => `${one.attempts ?? 0}${one.maxAttempts === undefined ? '' : ` of ${one.maxAttempts}`}` },
        { title: 'Snoozed', text: (one) => (one.snoozed ? 'yes' : 'no') },
        {
          title: 'Actions',
          make: (current) => h('span', { class: 'group' },
            button('Snooze', () => this.patch(current(), { snoozed: !current().snoozed })),
            button('Attempt', () => this.patch(current(), { attempts: (current().attempts ?? 0) + 1 })),
            button('Edit…', () => this.callback(current())),
            button('Remove', () => send('DELETE', path`interactions/${current().interactionId}`).then(() => this.refresh()))),
        },
      ],
    });
    return h('div', { class: 'stack' }, h('div', { class: 'bar' }, button('New callback…', () => this.callback(), { class: 'main' })), this.callbacks.element);
  }

  async patch({ interactionId }, change) {
    await send('PATCH', path`callbacks/${interactionId}`, change);
    await this.refresh();
  }

  /** Makes a callback, or changes one. */
  callback(known) {
    const input = (value) => h('input', { type: 'text', value: value ?? '' });
    const [target, subject, name] = [input(known?.target ?? '+13175550142'), input(known?.subject ?? 'Invoice'), input(known?.name)];
    const attempts = h('input', { type: 'number', min: 0, value: String(known?.attempts ?? 0) });
    const snoozed = check('Snoozed', { checked: known?.snoozed });
    const fields = [field('Target', target), field('Subject', subject), field('Name', name), field('Attempts', attempts), snoozed.whole];
    ask(known ? `Callback ${known.interactionId}` : 'New callback', fields, known ? 'Save' : 'Make', async () => {
      const value = { target: target.value, subject: subject.value, name: name.value || null, attempts: Number(attempts.value), snoozed: snoozed.box.checked };
      const before = { target: known?.target, subject: known?.subject, name: known?.name ?? null, attempts: known?.attempts ?? 0, snoozed: known?.snoozed ?? false };
      // What is left as it was shown may have changed meanwhile.
      const changed = Object.fromEntries(Object.entries(value).filter(([property, now]) => now !== before[property]));
      if (known) await send('PATCH', path`callbacks/${known.interactionId}`, changed);
      else await send('POST', 'callbacks', value);
      await this.refresh();
    });
  }

  makeTables() {
    this.table = select([], { onchange: () => attempt(() => this.refresh()) });
    this.items = new Table({
      label: 'Items of the table',
      empty: 'The table is empty. Tables are filled when a client first asks for them; statistic values are there once somebody subscribes to them, or makes them here.',
      key: ([id]) => id,
      columns: [
        { title: 'Id', text: ([id]) => id, style: 'mono' },
        { title: 'Item', text: ([, item]) => JSON.stringify(item).slice(0, 400), style: 'long' },
        {
          title: 'Actions',
          make: (current) => h('span', { class: 'group' },
            button('Edit…', () => this.edit(this.table.value, current()[0])),
            button('Remove', () => this.remove(this.table.value, current()[0]))),
        },
      ],
    });
    const id = h('input', { type: 'text', required: true });
    const make = () => create(`New item ${id.value} of ${this.table.value}`, place(this.table.value, id.value), async () => {
      id.value = '';
      await this.refresh();
    });
    return h('div', { class: 'stack' },
      h('form', { class: 'bar', onsubmit: (event) => { event.preventDefault(); make(); } },
        field('Table', this.table), field('New id', id), h('button', { type: 'submit' }, 'New item…')),
      this.items.element);
  }

  async edit(name, id) {
    await edit(`${id} of ${name}`, place(name, id), () => this.refresh());
  }

  async remove(name, id) {
    await send('DELETE', place(name, id));
    note(`${id} was removed`);
    await this.refresh();
  }
}

/** The items of tables; none of one that nobody has filled yet. */
async function rows(...names) {
  const known = await get('world');
  return Promise.all(names.map((name) => (name in known ? get(table(name)) : {})));
}
