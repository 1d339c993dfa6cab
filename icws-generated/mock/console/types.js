// Types as the model writes them: `list string?`, `map queues.id`, `int|long`.
import { h } from './dom.js';

const SCALARS = {
  __proto__: null,
  boolean: 'boolean', int: 'whole', long: 'whole', integer: 'whole', float: 'number', double: 'number', number: 'number',
  duration: 'number', string: 'text', secret: 'text', guid: 'text', uri: 'text', dateTime: 'time', date: 'time', time: 'time', any: 'json',
};

/** A type in pieces: `{kind, item, nullable, name}`. */
export function parse(type) {
  let text = type.trim();
  const nullable = text.endsWith('?');
  if (nullable) text = text.slice(0, -1).trim();
  const within = text.match(/^(list|map)(\[[^\]]*\])?\s+(.*)$/);
  if (within) {
    // The question mark is that of the innermost type.
    return { kind: within[1], item: parse(within[3] + (nullable ? '?' : '')), bounds: within[2], nullable: false };
  }
  const [first] = text.split('|');
  const kind = SCALARS[first];
  return kind ? { kind, name: text, nullable } : { kind: 'item', name: first, nullable };
}

/** The ids of the items that a type names. */
export const names = (type) => type.match(/[A-Za-z]\w*(\.\w+)+/g) ?? [];

/** A type, whose first item `link` makes something of that can be looked up. */
export function linked(type, link) {
  const [id] = names(type);
  if (!id) return type;
  const at = type.indexOf(id);
  return h('span', {}, type.slice(0, at), link(id), type.slice(at + id.length));
}
