// A real request of an operation, in a session of one's choice.
import { get, path, send } from './api.js';
import { button, field, h, say, select } from './dom.js';
import { NOTHING, control, object } from './form.js';
import { headers } from './exchange.js';
import { body } from './json.js';
import { names } from './types.js';

export class Trial {
  constructor(operation) {
    this.operation = operation;
    this.isFree = !operation.path.startsWith('/icws/{sessionId}');
  }

  async fill(holder) {
    if (this.isFree) {
      holder.append(h('p', { class: 'dim' }, 'It is called without a session: use a client or curl.'));
      return;
    }
    const sessions = await get('sessions?details');
    this.session = select(sessions.map(({ sessionId, user }) => [sessionId, `${sessionId} (${user})`]));
    const given = this.operation.parameters.filter((parameter) => !parameter.session);
    this.parameters = await Promise.all(given.map(async (parameter) => ({ parameter, part: await control(parameter.type, parameter.name, () => {}) })));
    this.text = h('textarea', { class: 'code', rows: 8, spellcheck: 'false' });
    this.problem = h('p', { class: 'problem', role: 'status' });
    this.answer = h('div', { role: 'region', 'aria-label': 'What came back' });
    const fields = this.parameters.map(({ parameter, part }) =>
      (part.input ? field(`${parameter.name}${parameter.required ? ' *' : ''} (${parameter.in})`, part.input) : h('div', { class: 'field' }, h('span', { class: 'label' }, parameter.name), part.element)));
    holder.append(
      h('div', { class: 'bar' }, field('Session', this.session, sessions.length === 0 ? 'None is up: open one under Sessions.' : undefined), ...fields),
      ...(this.operation.body ? [await this.body(), field('Body as it is sent', this.text)] : []),
      this.operation.id === 'messaging.poll' ? h('p', { class: 'dim' }, 'A poll takes the messages away from the client of the session.') : '',
      this.problem,
      h('div', { class: 'bar' }, button(`Send ${this.operation.method}`, () => this.send(), { class: 'main' })),
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
    const request = { method: this.operation.method, path: where, headers: given };
    if (this.operation.body && this.text.value) request.body = this.text.value;
    const found = await send('POST', path`sessions/${this.session.value}/try`, request);
    const shown = found.status === null
      ? [h('h3', {}, 'Closed without an answer')]
      : [h('h3', {}, `Answer ${found.status}`), headers(found.headers, 'Answer'), body(found.body)];
    this.answer.replaceChildren(...shown);
  }
}
