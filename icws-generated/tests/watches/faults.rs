//! What a lost answer means to a state.

use icws_generated::client::GapCause;
use icws_mock::Fault;

use crate::queues::{PUT, contents, interaction, support, two};
use crate::site::{Site, gap, snapshot};

#[tokio::test]
async fn a_broken_answer_is_a_gap_until_the_next_full_message() {
    let site = Site::new().await;
    let mut watch = site.watch(support("desk")).await;
    let store = watch.store();
    site.send(&two("desk"));
    let before = snapshot(&mut watch).await;

    // The open stream breaks within this message, and so does the next one.
    site.control
        .inject_fault_at("messaging.poll", Fault::DropMidAnswer)
        .unwrap();
    site.control.break_streams();
    site.send(&contents("desk", true, r#""interactionsRemoved":["2001"]"#));
    let gap = gap(&mut watch).await;
    assert!(matches!(gap.cause, GapCause::Failed(_)), "{gap}");
    assert!(!store.is_current());
    // What was known is still there to be shown.
    assert_eq!(store.state().unwrap().items, before.items);

    site.until(PUT, 2).await;
    site.control.clear_faults();
    let one = interaction("2002", "A", "Bob");
    let full = contents("desk", false, &format!(r#""interactionsAdded":[{one}]"#));
    // The answer to a poll that is under way may be lost as well.
    let current = store.wait_until_current();
    tokio::pin!(current);
    let state = loop {
        site.send(&full);
        let wait = tokio::time::sleep(std::time::Duration::from_millis(50));
        tokio::select! {
            state = &mut current => break state.unwrap(),
            () = wait => {}
        }
    };
    let ids: Vec<&str> = state.items.keys().map(|key| &**key).collect();
    assert_eq!(ids, ["2002"]);
    assert!(site.count(PUT) >= 2);
}
