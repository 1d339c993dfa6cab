// The traffic as the server tells it, over one connection that comes again by itself. A
// browser has six connections for a server: a page out of sight gives its own back, so
// that other pages have one.

/** How long to wait before a stream is opened anew that the server has refused. */
const PAUSE = 2_000;

export class Stream {
  /** `told` hears how the connection stands, and the others hear what comes over it. */
  constructor({ told, start, entry, lost, cleared }) {
    this.told = told;
    this.heard = { start, lost, cleared };
    this.entry = entry;
    document.addEventListener('visibilitychange', () => this.turn());
    this.turn();
  }

  turn() {
    if (document.hidden) this.close();
    else this.open();
  }

  close() {
    this.source?.close();
    this.source = undefined;
  }

  open() {
    if (this.source) return;
    this.told('connecting');
    const source = new EventSource(this.last ? `traffic/live?after=${encodeURIComponent(this.last)}` : 'traffic/live');
    this.source = source;
    source.onopen = () => this.told('live');
    source.onerror = () => this.broken(source);
    source.onmessage = ({ data, lastEventId }) => {
      this.last = lastEventId;
      this.entry(JSON.parse(data));
    };
    for (const [name, hear] of Object.entries(this.heard)) {
      source.addEventListener(name, ({ data }) => hear(JSON.parse(data)));
    }
  }

  broken(source) {
    this.told('no connection');
    if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
    // A browser gives up what was refused.
    this.close();
    setTimeout(() => this.turn(), PAUSE);
  }
}
