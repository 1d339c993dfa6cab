// A list of any length, of which only the rows in sight are elements. It is a list box:
// the arrow keys choose a row, and Enter opens it.
import { h } from './dom.js';

/** `draw(row, index)` fills an element for a row, `choose(index)` is called when one is opened. */
export class VirtualList {
  constructor({ label, rowHeight, draw, choose, make = () => [] }) {
    this.count = 0;
    this.chosen = -1;
    this.draw = draw;
    this.choose = choose;
    this.make = make;
    this.height = rowHeight;
    this.rows = new Map();
    this.spare = [];
    this.space = h('div', { class: 'space', role: 'presentation' });
    this.element = h('div', {
      class: 'list', role: 'listbox', tabindex: '0', 'aria-label': label,
      onscroll: () => this.paint(),
      onkeydown: (event) => this.key(event),
      onclick: (event) => this.click(event),
    }, this.space);
    new ResizeObserver(() => this.paint()).observe(this.element);
  }

  /** There are so many rows now; `added` of them are new at the top. */
  resize(count, added = 0) {
    this.count = count;
    if (this.chosen >= 0) this.chosen = Math.min(this.chosen + added, count - 1);
    this.space.style.height = `${count * this.height}px`;
    // Who reads further down keeps what is in sight.
    if (this.element.scrollTop > 0 && added > 0) this.element.scrollTop += added * this.height;
    this.paint(true);
  }

  /** Chooses a row, and brings it into sight. */
  select(index, open = true) {
    if (this.count === 0) return;
    this.chosen = Math.max(0, Math.min(index, this.count - 1));
    const top = this.chosen * this.height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.height > scrollTop + clientHeight) {
      this.element.scrollTop = top + this.height - clientHeight;
    }
    this.paint(true);
    if (open) this.choose(this.chosen);
  }

  paint(all = false) {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.height) - 4);
    const last = Math.min(this.count, Math.ceil((scrollTop + clientHeight) / this.height) + 4);
    for (const [index, row] of this.rows) {
      if (index >= first && index < last) continue;
      this.rows.delete(index);
      row.remove();
      this.spare.push(row);
    }
    for (let index = first; index < last; index += 1) {
      const known = this.rows.get(index);
      const row = known ?? this.spare.pop() ?? h('div', { role: 'option' }, ...this.make());
      if (!known) {
        this.rows.set(index, row);
        row.style.transform = `translateY(${index * this.height}px)`;
        row.id = `${this.id()}-${index}`;
        row.dataset.index = index;
        this.space.append(row);
      }
      if (!known || all) {
        this.draw(row, index);
        row.setAttribute('aria-posinset', index + 1);
        row.setAttribute('aria-setsize', this.count);
        row.setAttribute('aria-selected', String(index === this.chosen));
      }
    }
    const active = this.rows.get(this.chosen)?.id;
    if (active) this.element.setAttribute('aria-activedescendant', active);
    else this.element.removeAttribute('aria-activedescendant');
  }

  id() {
    this.element.id ||= `list-${Math.random().toString(36).slice(2)}`;
    return this.element.id;
  }

  key(event) {
    const page = Math.max(1, Math.floor(this.element.clientHeight / this.height) - 1);
    const from = this.chosen < 0 ? -1 : this.chosen;
    const target = {
      ArrowDown: from + 1, ArrowUp: from - 1, PageDown: from + page, PageUp: from - page, Home: 0, End: this.count - 1,
    }[event.key];
    if (target !== undefined) {
      this.select(target);
    } else if (event.key === 'Enter' && this.chosen >= 0) {
      this.choose(this.chosen, true);
    } else {
      return;
    }
    event.preventDefault();
  }

  click(event) {
    const row = event.target.closest('[role=option]');
    if (row) this.select(Number(row.dataset.index));
  }
}
