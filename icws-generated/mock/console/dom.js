// Elements of the page. Texts become text nodes, never markup.

/** Makes an element: properties and attributes by name, functions as listeners. */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'class') element.className = value;
    else if (name === 'value' || name === 'checked') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the text of an element, if it is another one. */
export function say(element, text) {
  const wanted = String(text ?? '');
  if (element.textContent !== wanted) element.textContent = wanted;
}

let fields = 0;

/** A control with its label before it. */
export function field(label, control, hint) {
  control.id ||= `field-${++fields}`;
  const told = hint ? h('small', { id: `${control.id}-hint` }, hint) : null;
  if (told) control.setAttribute('aria-describedby', told.id);
  return h('div', { class: 'field' }, h('label', { for: control.id }, label), control, told);
}

/** A check box with its label behind it. */
export function check(label, props = {}) {
  const box = h('input', { type: 'checkbox', ...props });
  const whole = h('label', { class: 'check' }, box, label);
  return { box, whole };
}

/** A button that does something, and tells when that fails. */
export function button(text, act, props = {}) {
  return h('button', { type: 'button', ...props, onclick: (event) => attempt(() => act(event)) }, text);
}

/** A choice of texts, or of pairs of a value and a text. */
export function select(options, props = {}) {
  const made = options.map((option) => {
    const [value, text] = Array.isArray(option) ? option : [option, option];
    return h('option', { value }, text);
  });
  const { value, ...rest } = props;
  const element = h('select', rest, ...made);
  if (value !== undefined) element.value = value;
  return element;
}

/** Gives a select other options, and keeps what is chosen where it can. */
export function offer(element, options) {
  const wanted = options.map((option) => (Array.isArray(option) ? option : [option, option]));
  const known = [...element.options].map((option) => [option.value, option.textContent]);
  if (JSON.stringify(wanted) === JSON.stringify(known)) return;
  const { value } = element;
  element.replaceChildren(...wanted.map(([value, text]) => h('option', { value }, text)));
  if (wanted.some(([known]) => known === value)) element.value = value;
}

/** A list of proposals, for inputs. */
export function proposals(id, texts) {
  const list = document.getElementById(id) ?? document.body.appendChild(h('datalist', { id }));
  list.replaceChildren(...[...new Set(texts)].map((value) => h('option', { value })));
}

/** Tells something for a while; a mistake for longer. */
export function note(text, isProblem = false) {
  const told = h('p', { class: isProblem ? 'note problem' : 'note' }, text);
  const notes = document.getElementById('notes');
  notes.append(told);
  while (notes.children.length > 4) notes.firstChild.remove();
  setTimeout(() => told.remove(), isProblem ? 10_000 : 4_000);
}

/** Does something, and tells when it fails. */
export async function attempt(act) {
  try {
    return await act();
  } catch (error) {
    note(error.message, true);
    return undefined;
  }
}

/** Asks for something in a dialog; `act` gets the form once it is confirmed, and the dialog stays when it fails. */
export function ask(title, content, confirm, act) {
  const before = document.activeElement;
  const problem = h('p', { class: 'problem', role: 'alert' });
  const form = h('form', {
    method: 'dialog',
    onsubmit: async (event) => {
      event.preventDefault();
      try {
        await act(form);
        dialog.close();
      } catch (error) {
        say(problem, error.message);
      }
    },
  });
  const dialog = h('dialog', { 'aria-label': title, onclose: () => { dialog.remove(); (before?.isConnected ? before : document.getElementById('main')).focus(); } }, form);
  form.append(
    h('h2', {}, title), ...content, problem,
    h('div', { class: 'bar end' },
      h('button', { type: 'button', onclick: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'submit', class: 'main' }, confirm)),
  );
  document.body.append(dialog);
  dialog.showModal();
}

/** Whether a key leaves what is shown in a view: Escape, unless something else takes it. */
export function leaves(event, view) {
  const { key, target, defaultPrevented } = event;
  if (key !== 'Escape' || defaultPrevented || !view.isConnected || document.querySelector('dialog')) return false;
  return !(target.matches?.('input[type=search]') && target.value);
}

/** Puts a text on the clipboard. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    note(`${what} copied`);
  } catch {
    // Without the right to the clipboard the text can be taken by hand.
    const area = h('textarea', { rows: 10, class: 'code', readonly: true, value: text });
    ask(what, [field('Text to copy', area)], 'Close', () => {});
    area.select();
  }
}

/** Waits until nothing has come for so many milliseconds. */
export function settle(milliseconds, act) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, milliseconds);
  };
}
