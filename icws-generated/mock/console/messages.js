// Any message of the model, written by a form made from its type, put into the queue of a
// session or of all.
import { get, model, send } from './api.js';
import { button, field, h, note, offer, proposals, say, select } from './dom.js';
import { NOTHING, object } from './form.js';

export class Messages {
  constructor() {
    this.type = h('input', { type: 'search', list: 'known-messages', placeholder: 'queues.queueContentsMessage', onchange: () => this.choose() });
    this.session = select([['', 'all sessions']]);
    this.form = h('div', { class: 'form' }, h('p', { class: 'empty' }, 'Choose a message of the model, or write any text on the right.'));
    this.text = h('textarea', { class: 'code', rows: 18, spellcheck: 'false' });
    this.problem = h('p', { class: 'problem', role: 'status' });
    this.element = h('section', { class: 'view messages', 'aria-label': 'Messages' },
      h('div', { class: 'bar' }, field('Message', this.type), field('To', this.session), button('Send', () => this.send(), { class: 'main' })),
      h('div', { class: 'halves' },
        h('section', { class: 'half', 'aria-label': 'By its type' }, h('h2', {}, 'By its type'), this.form),
        h('section', { class: 'half', 'aria-label': 'As it is sent' }, h('h2', {}, 'As it is sent'),
          field('Text of the message', this.text, 'The form writes it. It can be edited, and need not be a message, nor JSON.'), this.problem)));
  }

  async show() {
    const { types } = await model();
    proposals('known-messages', types.filter((type) => type.kind === 'message').map((type) => type.id));
    await this.refresh();
  }

  async refresh() {
    const sessions = await get('sessions?details');
    offer(this.session, [['', 'all sessions'], ...sessions.map(({ sessionId, user }) => [sessionId, `${sessionId} (${user})`])]);
  }

  async choose() {
    const name = this.type.value.trim();
    if (!name) return;
    try {
      this.made = await object(name, name, () => this.write());
      this.form.replaceChildren(this.made.element);
      this.write();
    } catch (error) {
      this.form.replaceChildren(h('p', { class: 'problem', role: 'alert' }, error.message));
    }
  }

  write() {
    if (!this.made) return;
    try {
      const value = this.made.value();
      this.text.value = value === NOTHING ? '' : JSON.stringify(value, null, 2);
      say(this.problem, '');
    } catch (error) {
      say(this.problem, error.message);
    }
  }

  async send() {
    if (!this.text.value) throw new Error('There is nothing to send yet.');
    const to = this.session.value;
    const up = await get('sessions');
    if (up.length === 0) throw new Error('No session is up: there is nobody to send it to.');
    await send('POST', to ? `messages?session=${encodeURIComponent(to)}` : 'messages', this.text.value);
    if (to) note(`Sent to session ${to}`);
    else note(up.length === 1 ? 'Sent to the only session' : `Sent to all ${up.length} sessions`);
  }
}
