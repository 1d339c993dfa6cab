// The sessions that are up.
import { get, path, send } from './api.js';
import { ask, attempt, button, check, field, h, note, proposals, say } from './dom.js';
import { Table } from './table.js';

/** A time in seconds, for people. */
export function span(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

const READS = { stream: 'stream', poll: 'polls' };

export class Sessions {
  constructor({ go }) {
    this.go = go;
    this.table = new Table({
      label: 'Sessions that are up',
      empty: 'No session is up. A client makes one by POST /icws/connection.',
      key: (session) => session.sessionId,
      columns: [
        { title: 'Session', text: (one) => one.sessionId, style: 'mono' },
        { title: 'User', text: (one) => one.user },
        { title: 'Reads by', text: (one) => READS[one.reads] ?? 'nothing yet' },
        { title: 'Age', text: (one) => span(one.ageSeconds), style: 'number' },
        { title: 'Idle', text: (one) => span(one.idleSeconds), style: 'number' },
        { title: 'Waiting', text: (one) => (one.waiting ? `${one.waiting} (${one.waitingBytes} B)` : '0'), style: 'number' },
        { title: 'Subscriptions', make: () => h('details', { class: 'wide' }, h('summary'), h('ul')), update: subscriptions },
        { title: 'Actions', make: (current) => this.actions(current) },
      ],
    });
    this.user = h('input', { type: 'text', list: 'known-users', required: true });
    this.element = h('section', { class: 'view', 'aria-label': 'Sessions' },
      h('form', { class: 'bar', onsubmit: (event) => { event.preventDefault(); attempt(() => this.open()); } },
        field('User', this.user), h('button', { type: 'submit' }, 'Open a session')),
      this.table.element);
  }

  actions(current) {
    const id = () => current().sessionId;
    return h('span', { class: 'group' },
      button('Traffic', () => this.go('traffic', id())),
      button('Expire', () => send('DELETE', path`sessions/${id()}`).then(() => note(`Session ${id()} expired`))),
      button('Drop stream', () => send('POST', path`sessions/${id()}/drop`).then(() => note('Connection closed'))),
      button('Disconnect…', () => this.disconnect(id())));
  }

  disconnect(id) {
    const reason = h('input', { type: 'text', value: 'The server ends the session.' });
    const again = check('The client should reconnect', { checked: true });
    ask(`Disconnect session ${id}`, [field('Reason', reason), again.whole], 'Disconnect',
      () => send('POST', path`sessions/${id}/disconnect`, { reason: reason.value, shouldReconnect: again.box.checked }));
  }

  async open() {
    const { sessionId } = await send('POST', 'sessions', { user: this.user.value });
    note(`Session ${sessionId} of ${this.user.value}`);
    await this.refresh();
  }

  async show() {
    proposals('known-users', Object.keys(await get('world/status/user-statuses')));
    await this.refresh();
  }

  async refresh() {
    this.table.update(await get('sessions?details'));
  }
}

function subscriptions(element, { subscriptions: all }) {
  const [summary, list] = element.children;
  say(summary, all.length === 1 ? '1 subscription' : `${all.length} subscriptions`);
  const texts = all.map(({ operation, parameters, body }) => {
    const named = Object.entries(parameters).map(([name, value]) => `${name} ${value}`).join(', ');
    return [operation, named, body === null ? '' : JSON.stringify(body)].filter(Boolean).join(' · ');
  });
  if (list.children.length !== texts.length) list.replaceChildren(...texts.map(() => h('li')));
  texts.forEach((text, at) => say(list.children[at], text));
}
