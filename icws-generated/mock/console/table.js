// Tables whose rows are kept by their keys, so that what has the focus keeps it when the
// data is read anew.
import { h, say } from './dom.js';

/** Of a longer text the rest is left out. */
const LONG = 300;

/** What a column says of an item. An item that was put there by hand may have any shape. */
function said(text, item) {
  try {
    const whole = String(text(item) ?? '');
    return whole.length > LONG ? `${whole.slice(0, LONG)}…` : whole;
  } catch {
    return '?';
  }
}

/** What can have the focus in a row; rows of a table have the same. */
const controls = (row) => [...row.querySelectorAll('button, select, input, summary')];

/**
 * A table. A column has a `title`, and either `text(item)` or `make(item)`, an element that
 * `update(element, item)` keeps in step. Buttons are named by what they do and by the item,
 * which `name` tells where its key does not.
 */
export class Table {
  constructor({ label, columns, key, empty, name = key }) {
    this.columns = columns;
    this.key = key;
    this.name = name;
    this.empty = empty;
    this.rows = new Map();
    this.body = h('tbody');
    this.none = h('p', { class: 'empty' }, 'Loading…');
    const heads = columns.map(({ title, hidden }) =>
      h('th', { scope: 'col' }, hidden ? h('span', { class: 'unseen' }, title) : title));
    this.table = h('table', { 'aria-label': label, hidden: true }, h('thead', {}, h('tr', {}, ...heads)), this.body);
    this.element = h('div', { class: 'table', tabindex: '0', role: 'region', 'aria-label': label }, this.table, this.none);
  }

  /** Shows these items, in their order. */
  update(items) {
    const seen = new Set(items.map((item) => this.key(item)));
    const focus = this.focused();
    for (const [key, row] of this.rows) {
      if (seen.has(key)) continue;
      this.rows.delete(key);
      row.element.remove();
    }
    let before = null;
    for (const item of items) {
      const key = this.key(item);
      const row = this.rows.get(key) ?? this.row(item);
      this.rows.set(key, row);
      row.item = item;
      this.columns.forEach((column, at) => {
        const cell = row.element.children[at];
        if (column.text) {
          const text = said(column.text, item);
          say(cell, text);
          if (text.length > 40) cell.title = text;
          else cell.removeAttribute('title');
        } else {
          said((one) => column.update?.(cell.firstChild, one), item);
        }
      });
      const place = before ? before.nextSibling : this.body.firstChild;
      if (place !== row.element) this.body.insertBefore(row.element, place);
      before = row.element;
    }
    say(this.none, this.empty);
    this.table.hidden = items.length === 0;
    this.none.hidden = items.length > 0;
    if (focus) this.restore(focus);
  }

  /** What has the focus in the table, with the rows that can have it next. */
  focused() {
    const control = document.activeElement;
    if (!this.body.contains(control)) return undefined;
    const row = control.closest('tr');
    const rows = [...this.body.children];
    const at = rows.indexOf(row);
    return { control, place: controls(row).indexOf(control), next: [...rows.slice(at + 1), ...rows.slice(0, at).reverse()] };
  }

  /** Gives the focus back: to the same control of the next row where its own is gone, or to the table. */
  restore({ control, place, next }) {
    if (this.body.contains(control)) {
      if (document.activeElement !== control) control.focus();
      return;
    }
    const row = next.find((one) => one.isConnected);
    const other = row && controls(row)[place];
    (other ?? this.element).focus();
  }

  row(item) {
    const row = { item };
    // What a row does is done to the item that it shows by then.
    const current = () => row.item;
    const cells = this.columns.map(({ title, text, make, style }) =>
      h('td', { 'data-title': title, class: style }, text ? '' : make(current, item)));
    row.element = h('tr', {}, ...cells);
    for (const button of row.element.querySelectorAll('button')) this.call(button, item);
    return row;
  }

  /** Names a button: many rows have such buttons, whose texts are alike. */
  call(button, item) {
    button.setAttribute('aria-label', `${button.textContent} ${this.name(item)}`);
  }
}
