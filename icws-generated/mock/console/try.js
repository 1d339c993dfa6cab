// A real request of an operation, in a session of one's choice.
import { get, path, request, send } from './api.js';
import { attempt, button, field, h, offer, say, select } from './dom.js';
import { NOTHING, control, object } from './form.js';
import { headers, words } from './exchange.js';
import { body } from './json.js';
import { names } from './types.js';

export class Trial {
  constructor(operation) {
    this.operation = operation;
    this.isFree = !operation.path.startsWith('/icws/{sessionId}');
    this.holder = h('div', { class: 'stack' });
    this.element = h('details', { class: 'trial', ontoggle: () => { if (this.element.open) attempt(() => this.fill()); } },
      h('summary', {}, 'Try it'), this.holder);
  }

  /** Shows the form, which is made once, with the sessions that are up now. */
  async fill() {
    this.made ??= this.make();
    try {
      await this.made;
    } catch (error) {
      this.made = undefined;
      throw error;
    }
    if (this.isFree) return;
    const sessions = await get('sessions?details');
    offer(this.session, sessions.map(({ sessionId, user }) => [sessionId, `${sessionId} (${user})`]));
    this.sending.disabled = sessions.length === 0;
    say(this.nobody, sessions.length === 0 ? 'No session is up: open one under Sessions.' : '');
  }

  async make() {
    const given = this.operation.parameters.filter((parameter) => !parameter.session);
    this.session = select([]);
    this.nobody = h('p', { class: 'dim', role: 'status' });
    this.parameters = await Promise.all(given.map(async (parameter) => ({ parameter, part: await control(parameter.type, parameter.name, () => {}) })));
    this.text = h('textarea', { class: 'code', rows: 8, spellcheck: 'false' });
    this.problem = h('p', { class: 'problem', role: 'status' });
    this.answer = h('div', { role: 'region', 'aria-label': 'What came back' });
    this.sending = button(`Send ${this.operation.method}`, () => this.send(), { class: 'main' });
    const fields = this.parameters.map(({ parameter, part }) =>
      (part.input ? field(`${parameter.name}${parameter.required ? ' *' : ''} (${parameter.in})`, part.input) : h('div', { class: 'field' }, h('span', { class: 'label' }, parameter.name), part.element)));
    this.holder.replaceChildren(
      h('div', { class: 'bar' }, this.isFree ? '' : field('Session', this.session), ...fields),
      this.isFree ? h('p', { class: 'dim' }, 'It is sent without a session, by the browser itself.') : this.nobody,
      ...(this.operation.body ? [await this.body(), field('Body as it is sent', this.text)] : []),
      this.operation.id === 'messaging.poll' ? h('p', { class: 'dim' }, 'A poll takes the messages away from the client of the session.') : '',
      this.problem,
      h('div', { class: 'bar' }, this.sending),
      this.answer);
  }

  /** The form of the body, which writes its text. */
  async body() {
    const [name] = names(this.operation.body);
    if (!name) return '';
    const made = await object(name, name, () => {
      try {
        const value = made.value();
        this.text.value = value === NOTHING ? '' : JSON.stringify(value, null, 2);
        say(this.problem, '');
      } catch (error) {
        say(this.problem, error.message);
      }
    });
    return h('details', {}, h('summary', {}, `Write ${name} by a form`), made.element);
  }

  async send() {
    let where = this.operation.path.replace(/^\/icws\/\{sessionId\}\/?/, '');
    const query = [];
    const given = {};
    for (const { parameter, part } of this.parameters) {
      const value = part.value();
      if (value === NOTHING) {
        if (parameter.in === 'path') throw new Error(`${parameter.name} is a part of the path: it must be given.`);
        continue;
      }
      const text = Array.isArray(value) ? value.join(',') : String(value);
      if (parameter.in === 'path') where = where.replace(`{${parameter.name}}`, () => encodeURIComponent(text));
      else if (parameter.in === 'query') query.push(`${encodeURIComponent(parameter.name)}=${encodeURIComponent(text)}`);
      else given[parameter.name] = text;
    }
    if (query.length > 0) where += `?${query.join('&')}`;
    const tried = { method: this.operation.method, path: where, headers: given };
    if (this.operation.body && this.text.value) tried.body = this.text.value;
    const found = this.isFree ? await free(tried) : await send('POST', path`sessions/${this.session.value}/try`, tried);
    const shown = found.status === null
      ? [h('h3', {}, 'Closed without an answer')]
      : [h('h3', {}, `Answer ${found.status}`), headers(found.headers, 'Answer'), body(found.body)];
    const fault = found.fault ? [h('p', { class: 'dim' }, `A fault on purpose: ${words(found.fault)}`)] : [];
    this.answer.replaceChildren(...shown, ...fault);
  }
}

/** Sends a request that takes no session, and keeps no cookie of one. */
async function free({ method, path: where, headers: given, body: text }) {
  const { response, text: answer } = await request(method, where, text, given);
  return { status: response.status, headers: [...response.headers], body: answer };
}
