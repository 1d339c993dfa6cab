//! Types that came with a newer version than the pin are not there; older ones
//! are.

mod eight {
    icws_generated::bindings!("../../../tests/pinned.yaml", features: { interactions: 8 });
}

use eight::calls::{Hold, HoldMessage, Team};
use eight::calls::{Park, Robot};

fn main() {
    let _ = (Hold::builder(), HoldMessage::new("1"), Team::new());
    let _ = (Park::builder(), Robot::new());
}
