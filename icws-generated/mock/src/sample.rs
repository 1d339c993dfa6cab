//! Callbacks to begin with, and something that happens to them.

use std::time::Duration;

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

/// Lets something happen in each period: in a world that lives whatever comes by
/// chance, otherwise a change of one callback.
pub(super) async fn tick(control: Control, period: Duration, lives: bool) {
    for step in 0_usize.. {
        tokio::time::sleep(period).await;
        if lives {
            control.live();
            continue;
        }
        let callbacks = control.callbacks();
        let Some(round) = step.checked_div(callbacks.len()) else {
            continue;
        };
        if let Some(callback) = callbacks.get(step % callbacks.len()) {
            control.change(&callback.interaction_id, |callback| turn(callback, round));
        }
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
