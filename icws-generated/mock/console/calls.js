// The interactions of the world: calls ring and chats begin, are picked up, held, muted, moved and ended.
import { path, send } from './api.js';
import { ask, attempt, button, check, field, h, note, offer, say, select } from './dom.js';
import { edit } from './edit.js';
import { Table } from './table.js';

const STATES = {
  __proto__: null,
  O: 'waiting', A: 'alerting', C: 'connected', H: 'held', P: 'parked', M: 'voicemail', I: 'ended',
};
const USER = 1;
const HOLD = 'Hold';
const MUTE = 'Mute';

/** So many interactions are shown at once. */
const MOST = 300;

// Items that were put there by hand may have any shape.
const attribute = (item, name) => item?.attributes?.[name] ?? '';
const state = (item) => attribute(item, 'Eic_State');
const isHeld = (item) => state(item) === 'H';
const isMuted = (item) => attribute(item, 'Eic_Muted') === '1';
const queues = (item) => (Array.isArray(item?.queues) ? item.queues.filter((queue) => queue instanceof Object) : []);

export class Calls {
  constructor() {
    this.users = [];
    this.workgroups = [];
    this.workgroup = select([], { required: true });
    this.user = select([['', 'nobody: it waits']]);
    this.remote = h('input', { type: 'text', value: '+13175550142', size: 14 });
    this.name = h('input', { type: 'text', value: 'Ada Example', size: 16 });
    this.chat = button('Begin a chat', () => this.begin());
    this.queue = select([['', 'all queues']], { onchange: () => this.draw() });
    this.text = h('input', { type: 'search', oninput: () => this.draw() });
    this.ended = check('Ended ones too', { onchange: () => this.draw() });
    // It changes with each tick, and is not announced.
    this.summary = h('span', { class: 'dim counts' });
    this.table = new Table({
      label: 'Interactions',
      empty: 'No interaction is on these queues.',
      key: ([id]) => id,
      columns: [
        { title: 'Id', text: ([id]) => id, style: 'mono' },
        { title: 'State', make: () => h('span'), update: (one, [, item]) => { say(one, STATES[state(item)] ?? state(item)); one.className = `tag t-${state(item)}`; } },
        { title: 'Medium', text: ([, item]) => attribute(item, 'Eic_ObjectType') || (item?.callback ? 'Callback' : '') },
        { title: 'Name', text: ([, item]) => attribute(item, 'Eic_RemoteName') || item?.callback?.subject },
        { title: 'Number', text: ([, item]) => attribute(item, 'Eic_RemoteId'), style: 'mono' },
        { title: 'Queues', text: ([, item]) => queues(item).map(({ queueType, queueName }) => (queueType === USER ? `user ${queueName}` : queueName)).join(', ') },
        { title: 'Actions', make: (current) => this.actions(current), update: (actions, one) => this.reword(actions, one) },
      ],
    });
    this.element = h('div', { class: 'stack' },
      h('form', { class: 'bar', 'aria-label': 'Ring a call', onsubmit: (event) => { event.preventDefault(); attempt(() => this.ring()); } },
        field('Workgroup', this.workgroup), field('Alerts', this.user), field('Number', this.remote), field('Name', this.name),
        h('button', { type: 'submit', class: 'main' }, 'Ring a call'), this.chat),
      h('div', { class: 'bar' }, field('Queue', this.queue), field('Text', this.text), this.ended.whole, this.summary),
      this.table.element);
  }

  actions(current) {
    const id = () => current()[0];
    const act = (what, body) => send('POST', path`interactions/${id()}/${what}`, body).then(() => this.changed());
    const hold = button(HOLD, () => act('hold', { on: !isHeld(current()[1]) }), { 'data-does': 'hold' });
    const mute = button(MUTE, () => act('mute', { on: !isMuted(current()[1]) }), { 'data-does': 'mute' });
    return h('span', { class: 'group' },
      button('Pick up…', () => this.choose('Pick up as', this.users, 'Pick up', (user) => act('pickup', { user }))),
      hold, mute,
      button('Transfer…', () => this.choose('Transfer to', this.targets(), 'Transfer', (target) => act('transfer', JSON.parse(target)))),
      button('End', () => act('disconnect')),
      button('Edit…', () => edit(`Interaction ${id()}`, path`world/interactions/${id()}`, () => this.changed())),
      button('Remove', () => send('DELETE', path`interactions/${id()}`).then(() => this.changed())));
  }

  /** The buttons of a row say what they would do to the interaction as it is now. */
  reword(actions, one) {
    const [, item] = one;
    const texts = { hold: isHeld(item) ? 'Resume' : HOLD, mute: isMuted(item) ? 'Unmute' : MUTE };
    for (const made of actions.querySelectorAll('[data-does]')) {
      say(made, texts[made.dataset.does]);
      this.table.call(made, one);
    }
  }

  /** Where an interaction can be moved to: what `transfer` takes, with its name. */
  targets() {
    const of = (kind, names, word) => names.map((name) => [JSON.stringify({ [kind]: name }), word + name]);
    return [...of('workgroup', this.workgroups, ''), ...of('user', this.users, 'user ')];
  }

  choose(title, options, confirm, act) {
    const choice = select(options);
    ask(title, [field(title, choice)], confirm, () => act(choice.value));
  }

  async ring() {
    const { interactionId } = await send('POST', 'calls', { ...this.arriving(), remote: this.remote.value });
    note(`Call ${interactionId} rings`);
    await this.changed();
  }

  async begin() {
    const { interactionId } = await send('POST', 'chats', this.arriving());
    note(`Chat ${interactionId} waits`);
    await this.changed();
  }

  /** Where what arrives goes, and who it is from. */
  arriving() {
    const where = { workgroup: this.workgroup.value, name: this.name.value };
    return this.user.value ? { ...where, user: this.user.value } : where;
  }

  /** Shows what there is now; `changed` is called after a change by hand. */
  update({ interactions, users, workgroups }, changed) {
    this.changed = changed;
    this.users = users;
    this.workgroups = workgroups;
    offer(this.workgroup, workgroups);
    offer(this.user, [['', 'nobody: it waits'], ...users]);
    offer(this.queue, [['', 'all queues'], ...workgroups.map((name) => [`2/${name}`, name]), ...users.map((name) => [`1/${name}`, `user ${name}`])]);
    this.interactions = Object.entries(interactions);
    this.draw();
  }

  draw() {
    const text = this.text.value.trim().toLowerCase();
    const wanted = this.queue.value;
    const shown = (this.interactions ?? []).filter(([id, item]) => {
      if (!this.ended.box.checked && state(item) === 'I') return false;
      if (wanted && !queues(item).some(({ queueType, queueName }) => `${queueType}/${queueName}` === wanted)) return false;
      return !text || `${id} ${JSON.stringify(item)}`.toLowerCase().includes(text);
    });
    const newest = shown.reverse().slice(0, MOST);
    this.table.update(newest);
    const more = shown.length > newest.length ? `, the newest ${newest.length} of them here` : '';
    say(this.summary, `${shown.length} interactions${more}`);
  }
}
