//! Callbacks to begin with, and something that happens to them.

use tokio::time::timeout;

use icws_generated::interactions::callback::CallbackState;

use super::callback::Callback;
use super::control::Control;

/// How many attempts the callbacks get.
const MAX_ATTEMPTS: i32 = 3;
const NAMES: [&str; 3] = ["Ada Example", "Bob Example", "Cleo Example"];

/// The callback of a number.
pub(super) fn callback(number: usize) -> Callback {
    let target = format!("+1317555{:04}", 100 + number);
    Callback::new(target, format!("Invoice {}", 4711 + number))
        .name(name(number))
        .max_attempts(MAX_ATTEMPTS)
}

fn name(number: usize) -> &'static str {
    NAMES.get(number % NAMES.len()).copied().unwrap_or_default()
}

/// Lets something happen in each period, as long as there is one: in a world that lives
/// whatever comes by chance, otherwise a change of one callback.
pub(super) async fn tick(control: Control, lives: bool) {
    let mut ticks = control.ticks();
    let mut step = 0;
    loop {
        let period = *ticks.borrow_and_update();
        let changed = match period {
            Some(period) => timeout(period, ticks.changed()).await,
            None => Ok(ticks.changed().await),
        };
        match changed {
            Err(_) if lives => control.live(),
            Err(_) => {
                change_one(&control, step);
                step += 1;
            }
            // Another period.
            Ok(Ok(())) => {}
            // The server is gone.
            Ok(Err(_)) => return,
        }
    }
}

/// Changes the callback whose turn it is.
fn change_one(control: &Control, step: usize) {
    let callbacks = control.callbacks();
    let Some(round) = step.checked_div(callbacks.len()) else {
        return;
    };
    if let Some(callback) = callbacks.get(step % callbacks.len()) {
        control.change(&callback.interaction_id, |callback| turn(callback, round));
    }
}

/// What happens to a callback in a round.
fn turn(callback: &mut CallbackState, round: usize) {
    match round % 3 {
        0 => {
            let attempts = callback.attempts.unwrap_or_default();
            let most = callback.max_attempts.unwrap_or(MAX_ATTEMPTS);
            callback.attempts = Some(if attempts < most { attempts + 1 } else { 0 });
        }
        1 => callback.snoozed = Some(callback.snoozed != Some(true)),
        // The next name, so that it does change.
        _ => {
            let known = callback.name.as_deref();
            let at = NAMES.iter().position(|name| Some(*name) == known);
            callback.name = Some(name(at.map_or(0, |at| at + 1)).to_owned());
        }
    }
}
