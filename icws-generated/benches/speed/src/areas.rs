//! The same messages for the bindings of some areas and of the whole API: what
//! more types cost that do not arrive.

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use icws_generated::runtime::{Batch, Union};

mod some {
    icws_generated::bindings!(shipped, only: [connection, interactions, messaging]);
}

mod whole {
    icws_generated::bindings!(shipped);
}

const MESSAGES: usize = 100;

/// Callbacks with all of their properties.
fn callbacks() -> Vec<u8> {
    let items = (0..MESSAGES).map(|index| {
        format!(
            r#"{{"__type":"urn:inin.com:interactions.callback:callbackMessage","isDelta":true,"interactionId":"2001{index:06}","target":"+13175550142","name":"Ada Example","subject":"Invoice {index}","attempts":{},"maxAttempts":3,"associatedCallId":"2001999999","snoozed":false}}"#,
            index % 3
        )
    });
    format!("[{}]", items.collect::<Vec<_>>().join(",")).into_bytes()
}

fn decode<M: Union>(bencher: Bencher<'_, '_>) {
    let body = callbacks();
    let known = Batch::<M>::decode(&body).unwrap();
    assert!(
        known
            .items
            .iter()
            .all(|item| item.as_ref().is_ok_and(|message| message.content().is_ok()))
    );
    bencher
        .counter(ItemsCount::new(MESSAGES))
        .bench(|| black_box(Batch::<M>::decode(black_box(&body)).unwrap()).len());
}

#[divan::bench]
fn callbacks_1_default_features(bencher: Bencher<'_, '_>) {
    decode::<some::Message>(bencher);
}

#[divan::bench]
fn callbacks_2_whole_api(bencher: Bencher<'_, '_>) {
    decode::<whole::Message>(bencher);
}
