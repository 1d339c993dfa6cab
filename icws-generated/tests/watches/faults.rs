//! What a lost response means to a state.

use icws_generated::client::GapCause;
use icws_mock::Fault;

use crate::queues::{PUT, contents, support, two};
use crate::site::{Site, gap, snapshot, update};

const LEFT: &str = r#""interactionsRemoved":["2001"]"#;

#[tokio::test]
async fn a_broken_answer_is_a_gap_until_the_next_full_message() {
    // Each poll is a request, so that the next one is that which breaks.
    let site = Site::polling().await;
    let mut watch = site.watch(support("desk")).await;
    let store = watch.store();
    site.send(&two("desk"));
    let before = snapshot(&mut watch).await;

    let fault = Fault::DropMidAnswer;
    site.control
        .inject_fault_at("messaging.poll", fault)
        .unwrap();
    let gap = gap(&mut watch).await;
    assert!(matches!(gap.cause, GapCause::Failed(_)), "{gap}");
    assert!(!store.is_current());
    // What was known is still there to be shown.
    assert_eq!(store.state().unwrap().items, before.items);

    site.until(PUT, 2).await;
    // A delta to what was lost is not added to what was before the gap.
    site.send(&contents("desk", true, LEFT));
    site.send(&two("desk"));
    let state = snapshot(&mut watch).await;
    assert_eq!(state.items.len(), 2);
    assert!(store.is_current());
    site.send(&contents("desk", true, LEFT));
    let (state, _) = update(&mut watch).await;
    assert_eq!(state.items.len(), 1);
    assert_eq!(site.count(PUT), 2);
}

#[tokio::test]
async fn who_waits_for_the_state_gets_it_after_the_gap() {
    let site = Site::polling().await;
    let watch = site.watch(support("desk")).await;
    let store = watch.store();
    let waiting = tokio::spawn(async move { store.wait_until_current().await });
    let fault = Fault::DropMidAnswer;
    site.control
        .inject_fault_at("messaging.poll", fault)
        .unwrap();
    site.until(PUT, 2).await;
    site.send(&two("desk"));
    assert_eq!(waiting.await.unwrap().unwrap().items.len(), 2);
    watch.stop().await.unwrap();
}
