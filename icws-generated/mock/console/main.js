// The page: which view is shown, and what it learns of the server.
import { get, send } from './api.js';
import { attempt, say } from './dom.js';
import { Faults } from './faults.js';
import { Messages } from './messages.js';
import { Reference } from './reference.js';
import { Sessions } from './sessions.js';
import { Traffic } from './traffic.js';
import { World } from './world.js';

/** What the slider can be set to, in milliseconds; the first is no tick. */
const TICKS = [null, 10_000, 5_000, 2_000, 1_000, 500, 200, 100, 50];

const main = document.getElementById('main');
const online = document.getElementById('online');

/** Goes to a view; what it is to show there is behind the slash. */
function go(view, what) {
  location.hash = what ? `${view}/${encodeURIComponent(what)}` : view;
}

const traffic = new Traffic({ told: (text) => { say(online, text); online.classList.toggle('down', text !== 'live'); }, go });
const views = {
  traffic: { element: traffic.element, show: (session) => { if (session) traffic.only(session); } },
  sessions: new Sessions({ go }),
  world: new World(),
  faults: new Faults(),
  messages: new Messages(),
  reference: new Reference(),
};
let shown = 'traffic';

function route() {
  const [name, what] = location.hash.slice(1).split('/');
  shown = name in views ? name : 'traffic';
  main.replaceChildren(views[shown].element);
  for (const anchor of document.querySelectorAll('nav a')) {
    if (anchor.hash === `#${shown}`) anchor.setAttribute('aria-current', 'page');
    else anchor.removeAttribute('aria-current');
  }
  document.title = `${shown} · icws-mock console`;
  attempt(() => views[shown].show(what ? decodeURIComponent(what) : undefined));
}

const tick = document.getElementById('tick');
const tickText = document.getElementById('tick-text');

function tickShown(milliseconds) {
  if (milliseconds === null) return 'off';
  return milliseconds < 1_000 ? `${milliseconds} ms` : `${milliseconds / 1_000} s`;
}

tick.addEventListener('input', () => say(tickText, tickShown(TICKS[tick.value])));
tick.addEventListener('change', () => attempt(() => send('PUT', 'tick', { milliseconds: TICKS[tick.value] })));

/** Takes the nearest place of the slider for a tick that was set elsewhere. */
function place(milliseconds) {
  if (document.activeElement === tick) return;
  say(tickText, tickShown(milliseconds));
  const far = (known) => (known === null ? Infinity : Math.abs(Math.log(known / milliseconds)));
  const nearest = TICKS.reduce((best, known, at) => (far(known) < far(TICKS[best]) ? at : best), 1);
  tick.value = milliseconds === null ? 0 : nearest;
  tick.setAttribute('aria-valuetext', tickShown(milliseconds));
}

/** Counters tell whether there is anything new to be read for the view. */
let known = '';

async function watch() {
  try {
    const state = await get('state');
    say(document.getElementById('count-sessions'), state.sessions || '');
    say(document.getElementById('count-faults'), state.faultsActive + state.gone || '');
    place(state.tick);
    const { traffic: _, ...rest } = state;
    const now = JSON.stringify(rest);
    const isNew = now !== known;
    known = now;
    if ((isNew || shown === 'sessions') && shown !== 'traffic' && shown !== 'reference') await views[shown].refresh();
  } catch {
    // The stream of the traffic tells that the server is gone.
    say(online, 'no connection');
    online.classList.add('down');
  }
}

async function watchOn() {
  if (!document.hidden) await watch();
  setTimeout(watchOn, 1_000);
}

window.addEventListener('hashchange', route);
route();
watchOn();
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
