// The traffic as it happens, newest first, and one entry of it in detail.
import { get, path, send } from './api.js';
import { attempt, button, check, field, h, leaves, note, proposals, say, select, settle } from './dom.js';
import { clock, counted, title } from './entry.js';
import { Exchange } from './exchange.js';
import { VirtualList } from './list.js';
import { Stream } from './stream.js';

/** So many entries are shown; the server keeps no more. */
const MOST = 10_000;

/** So many sessions are proposed, the last that were seen. */
const PROPOSED = 200;

const STATUSES = [
  ['', 'any status'], ['2', '2xx'], ['3', '3xx'], ['4', '4xx'], ['5', '5xx'],
  ['closed', 'closed'], ['fault', 'with a fault'], ['message', 'messages of streams'],
];

const NOTHING = 'Nothing has come yet. Point a client at this server.';

export class Traffic {
  constructor({ told, go }) {
    this.entries = [];
    this.shown = [];
    this.fresh = [];
    this.lost = 0;
    this.inBodies = new Set();
    this.searched = 0;
    this.newest = 0;
    this.open = null;
    this.make(go);
    this.stream = new Stream({
      told,
      start: (start) => this.start(start),
      entry: (entry) => this.push(entry),
      lost: ({ count }) => this.lose(count),
      cleared: ({ before }) => this.drop(before),
    });
    document.addEventListener('keydown', (event) => this.key(event));
  }

  make(go) {
    const filtered = () => this.filter();
    const searched = settle(250, () => attempt(() => this.search()));
    this.text = h('input', { type: 'search', placeholder: 'path, type, headers, bodies', oninput: () => { this.inBodies.clear(); this.filter(); searched(); } });
    this.session = h('input', { type: 'search', list: 'known-sessions', size: 12, oninput: filtered });
    this.operation = h('input', { type: 'search', list: 'known-operations', oninput: filtered });
    this.status = select(STATUSES, { onchange: filtered });
    this.paused = check('Hold', { onchange: () => this.flush() });
    // The count changes with each request: only what was lost is announced.
    this.summary = h('span', { class: 'dim' });
    this.missed = h('span', { class: 'problem', role: 'status' });
    this.list = new VirtualList({
      label: 'Traffic, newest first',
      rowHeight: 26,
      make: () => ['time', 'method', 'what', 'operation', 'status', 'took', 'of'].map((name) => h('span', { class: name })),
      draw: (row, index) => this.draw(row, this.at(index)),
      choose: (index, enter) => this.show(this.at(index), enter),
    });
    this.exchange = new Exchange({ go, close: () => this.leave() });
    this.none = h('p', { class: 'empty' }, 'Loading…');
    this.element = h('section', { class: 'view traffic', 'aria-label': 'Traffic' },
      h('div', { class: 'bar filters', role: 'search' },
        field('Text', this.text), field('Session', this.session), field('Operation', this.operation), field('Status', this.status),
        this.paused.whole,
        button('Clear', () => this.forget()),
        button('Download HAR', () => this.download()),
        h('span', { class: 'counts' }, this.summary, this.missed)),
      h('div', { class: 'split' }, h('div', { class: 'side' }, this.none, this.list.element), this.exchange.element));
    this.filter();
  }

  /** A stream has begun: it tells which server it is of, and what is kept no more. */
  start({ run, cleared }) {
    // Another server has taken the place of the one before.
    if (this.run && this.run !== run) this.clear();
    this.run = run;
    say(this.none, NOTHING);
    this.drop(cleared);
  }

  lose(count) {
    this.lost += count;
    this.describe();
  }

  /** The entries before a number were forgotten. One that is open can be read on. */
  drop(before) {
    if (!(this.entries[0]?.number < before || this.fresh[0]?.number < before)) return;
    this.entries = this.entries.filter(({ number }) => number >= before);
    this.fresh = this.fresh.filter(({ number }) => number >= before);
    this.list.chosen = -1;
    this.filter();
  }

  push(entry) {
    if (entry.number <= this.newest) return;
    this.newest = entry.number;
    this.fresh.push(entry);
    if (this.waits) return;
    this.waits = true;
    // Many entries at once are drawn once.
    setTimeout(() => {
      this.waits = false;
      this.flush();
    }, 60);
  }

  flush() {
    if (this.paused.box.checked) {
      // The server keeps no more of them either.
      this.lost += this.fresh.splice(0, Math.max(0, this.fresh.length - MOST)).length;
      this.describe();
      return;
    }
    const fresh = this.fresh.splice(0);
    if (fresh.length === 0) return;
    this.entries.push(...fresh);
    const matching = fresh.filter((entry) => this.fits(entry));
    this.shown.push(...matching);
    if (this.entries.length > MOST) {
      this.entries.splice(0, this.entries.length - MOST);
      const oldest = this.entries[0].number;
      let gone = 0;
      while (gone < this.shown.length && this.shown[gone].number < oldest) gone += 1;
      this.shown.splice(0, gone);
    }
    this.list.resize(this.shown.length, matching.length);
    if (this.text.value && matching.length < fresh.length) this.searchSoon();
    this.describe();
    this.known(fresh);
  }

  known(fresh) {
    const names = this.names ??= { sessions: new Set(), operations: new Set() };
    const before = names.sessions.size + names.operations.size;
    for (const { session, operation } of fresh) {
      if (session) names.sessions.add(session);
      if (operation) names.operations.add(operation);
    }
    if (names.sessions.size + names.operations.size === before) return;
    for (const session of names.sessions) {
      if (names.sessions.size <= PROPOSED) break;
      names.sessions.delete(session);
    }
    proposals('known-sessions', names.sessions);
    proposals('known-operations', names.operations);
  }

  clear() {
    this.entries = [];
    this.fresh = [];
    this.lost = 0;
    this.newest = 0;
    this.inBodies.clear();
    this.searched = 0;
    this.close();
    this.list.chosen = -1;
    this.filter();
  }

  fits(entry) {
    const [text, session, operation, status] = this.wanted;
    if (session && entry.session !== session) return false;
    if (operation && !entry.operation?.toLowerCase().includes(operation)) return false;
    if (status === 'message' && entry.kind === 'exchange') return false;
    if (status === 'fault' && !entry.fault && !entry.harm) return false;
    if (status === 'closed' && (entry.kind !== 'exchange' || entry.status !== null)) return false;
    if (/^\d$/.test(status) && Math.floor((entry.status ?? 0) / 100) !== Number(status)) return false;
    if (!text || this.inBodies.has(entry.number)) return true;
    const { method = '', operation: name = '', path: where = '', query = '', types = [] } = entry;
    return [method, name, where, query, entry.status, ...types].join(' ').toLowerCase().includes(text);
  }

  filter() {
    this.wanted = [this.text, this.session, this.operation, this.status].map((one) => one.value.trim().toLowerCase());
    this.shown = this.entries.filter((entry) => this.fits(entry));
    this.list.chosen = this.open ? this.index(this.open) : -1;
    this.list.resize(this.shown.length);
    this.describe();
  }

  /** Headers and bodies are searched by the server, which has them; those that came since the last time by themselves. */
  async search(after = 0) {
    const text = this.text.value.trim();
    if (!text) return;
    const last = this.entries.at(-1)?.number ?? 0;
    const { run } = this;
    const found = await get(`traffic?limit=${MOST}&after=${after}&text=${encodeURIComponent(text)}`);
    if (text !== this.text.value.trim() || run !== this.run) return;
    if (after === 0) this.inBodies.clear();
    for (const { number } of found) this.inBodies.add(number);
    this.searched = last;
    this.filter();
  }

  searchSoon() {
    if (this.searching) return;
    this.searching = setTimeout(() => {
      this.searching = undefined;
      attempt(() => this.search(this.searched));
    }, 1_000);
  }

  /** The entry of a row: the newest is the first. */
  at(index) {
    return this.shown[this.shown.length - 1 - index];
  }

  index(number) {
    const at = this.shown.findLastIndex((entry) => entry.number === number);
    return at < 0 ? -1 : this.shown.length - 1 - at;
  }

  describe() {
    const held = this.paused.box.checked && this.fresh.length > 0 ? `, ${this.fresh.length} held back` : '';
    const lost = this.lost > 0 ? `, ${this.lost} entries were lost` : '';
    const of = this.shown.length === this.entries.length ? '' : ` of ${this.entries.length}`;
    say(this.summary, `${this.shown.length}${of} entries${held}`);
    say(this.missed, lost);
    this.none.hidden = this.entries.length > 0;
    this.list.element.hidden = this.entries.length === 0;
  }

  draw(row, entry) {
    if (!entry) return;
    const [time, method, what, operation, status, took, of] = row.children;
    const isExchange = entry.kind === 'exchange';
    say(time, clock(entry.at));
    say(method, isExchange ? entry.method : '↓');
    const types = isExchange && entry.types.length > 0 ? `  ${counted(entry.types)}` : '';
    say(what, title(entry) + types);
    say(operation, entry.operation ?? (isExchange ? 'unknown' : entry.kind === 'message' ? 'stream' : ''));
    say(status, isExchange ? entry.status ?? 'closed' : entry.harm ? 'harmed' : '');
    say(took, isExchange ? `${entry.took < 10 ? entry.took.toFixed(1) : Math.round(entry.took)} ms` : '');
    say(of, entry.session ?? '');
    const level = isExchange ? (entry.status === null ? 'failed' : `s${Math.floor(entry.status / 100)}`) : 'none';
    row.className = `row ${entry.kind} ${level}${entry.fault || entry.harm ? ' faulty' : ''}`;
  }

  async show(entry, focus = false) {
    if (!entry) return;
    this.open = entry.number;
    this.element.classList.add('opened');
    // Where there is room for one of them only, the list is gone now, and the focus with it.
    await this.exchange.show(entry, focus || !this.list.element.checkVisibility());
  }

  close() {
    this.open = null;
    this.element.classList.remove('opened');
    this.exchange.close();
  }

  /** Goes back to the list, to the row that was chosen. */
  leave() {
    this.close();
    this.list.element.focus();
  }

  key(event) {
    if (this.open === null || !leaves(event, this.element)) return;
    event.preventDefault();
    this.leave();
  }

  /** Has all forgotten. The stream tells what that is: an entry may have come meanwhile. */
  async forget() {
    await send('DELETE', 'traffic');
    this.lost = 0;
    this.close();
    this.describe();
  }

  /** Narrows the list to a session. */
  only(session) {
    this.session.value = session;
    this.filter();
  }

  download() {
    h('a', { href: 'traffic/har', download: 'icws-mock.har' }).click();
    note('Secrets are masked in the file.');
  }
}
