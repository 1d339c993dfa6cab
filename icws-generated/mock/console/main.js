// The page: which view is shown, and what it learns of the server.
import { get, meet, send } from './api.js';
import { attempt, note, say } from './dom.js';
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

/** How the stream of the traffic stands, and whether the server has answered. */
const light = { stream: 'connecting', answers: true };

/** Shows that, whatever else goes wrong in the page. */
function shine(change) {
  Object.assign(light, change);
  const text = light.answers ? light.stream : 'no connection';
  say(online, text);
  online.classList.toggle('down', text === 'no connection');
}

const traffic = new Traffic({ told: (stream) => shine({ stream }), go });
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
  shown = Object.hasOwn(views, name) ? name : 'traffic';
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

/** Says what the slider is set to, for those who see it and those who do not. */
function tell(milliseconds) {
  say(tickText, tickShown(milliseconds));
  tick.setAttribute('aria-valuetext', tickShown(milliseconds));
}

/** When the slider was moved last: it is not moved under one's hands. */
let moved = -Infinity;

tick.addEventListener('input', () => {
  moved = performance.now();
  tell(TICKS[tick.value]);
});
tick.addEventListener('change', () => attempt(() => send('PUT', 'tick', { milliseconds: TICKS[tick.value] })));

/** Takes the nearest place of the slider for a tick that was set elsewhere. */
function place(milliseconds) {
  if (performance.now() - moved < 2_000) return;
  tell(milliseconds);
  const far = (known) => (known === null ? Infinity : Math.abs(Math.log(known / milliseconds)));
  const nearest = TICKS.reduce((best, known, at) => (far(known) < far(TICKS[best]) ? at : best), 1);
  tick.value = milliseconds === null ? 0 : nearest;
}

/** Counters tell whether there is anything new to be read for the view. */
let known = '';

/** What went wrong when a view was read anew, which is told once. */
let told = '';

async function watch() {
  let state;
  try {
    state = await get('state');
    shine({ answers: true });
  } catch {
    shine({ answers: false });
    return;
  }
  meet(state.run);
  say(document.getElementById('count-sessions'), state.sessions || '');
  say(document.getElementById('count-faults'), state.faultsActive + state.gone || '');
  place(state.tick);
  const { traffic: _, ...rest } = state;
  const now = JSON.stringify(rest);
  const isNew = now !== known;
  known = now;
  if (!isNew && shown !== 'sessions' || shown === 'traffic' || shown === 'reference') return;
  try {
    await views[shown].refresh();
    told = '';
  } catch (error) {
    // It is tried again the next time.
    known = '';
    if (told !== error.message) note(error.message, true);
    told = error.message;
  }
}

async function watchOn() {
  if (!document.hidden) await attempt(watch);
  setTimeout(watchOn, 1_000);
}

window.addEventListener('hashchange', route);
route();
watchOn();
document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  main.focus();
});
