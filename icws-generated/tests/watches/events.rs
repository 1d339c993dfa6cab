//! Notifications of handlers, which add up to nothing.

use icws_generated::Message;
use icws_generated::client::{Change, GapCause, Item};
use icws_generated::system::{
    HandlerSentNotificationHeaders, HandlerSentNotificationMessage,
    HandlerSentNotificationsSubscription, SubscribeHandlerNotifications,
};

use crate::site::{Site, gap, next};

const PUT: &str = "system.subscribeHandlerNotifications";

fn orders() -> SubscribeHandlerNotifications {
    let headers = HandlerSentNotificationHeaders::new("Orders", vec!["paid".to_owned()]);
    let body = HandlerSentNotificationsSubscription::new(vec![headers]);
    SubscribeHandlerNotifications::builder().body(body).build()
}

fn paid(number: u32) -> String {
    format!(
        r#"{{"isDelta":false,"data":["{number}","EUR"],"objectId":"ORDERS","eventId":"paid","__type":"urn:inin.com:system:handlerSentNotificationMessage"}}"#
    )
}

fn number(change: Change<(), Message>) -> u32 {
    match change {
        Change::Event(Message::SystemHandlerSentNotificationMessage(message)) => {
            message.data[0].parse().unwrap()
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn notifications_come_in_order_to_a_watch_and_to_whoever_listens() {
    let site = Site::new().await;
    let mut watch = site.watch(orders()).await;
    assert!(watch.is_current());
    // There is nothing to wait for.
    let store = watch.store();
    let waiting = std::time::Duration::from_secs(10);
    let current = tokio::time::timeout(waiting, store.wait_until_current()).await;
    assert!(current.is_ok_and(|state| state.is_ok()));
    let mut heard = site
        .session
        .messages_of::<HandlerSentNotificationMessage>()
        .unwrap();
    for number in 0..50 {
        site.send(&paid(number));
    }
    for expected in 0..50 {
        assert_eq!(number(next(&mut watch).await), expected);
    }
    for expected in 0..50 {
        match heard.next().await.unwrap() {
            Item::Message(message) => assert_eq!(message.data[0], expected.to_string()),
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(site.session.unclaimed(), 0);
}

#[tokio::test]
async fn after_lost_notifications_a_gap_is_told_and_the_watch_goes_on() {
    let site = Site::new().await;
    let mut watch = site.watch(orders()).await;
    site.send(&paid(1));
    assert_eq!(number(next(&mut watch).await), 1);
    // The stream ends within the second.
    assert_eq!(site.control.break_streams(), 1);
    site.send(&paid(2));
    let gap = gap(&mut watch).await;
    assert!(matches!(gap.cause, GapCause::Failed(_)), "{gap}");
    site.until(PUT, 2).await;
    assert!(watch.is_current());
    site.send(&paid(3));
    assert_eq!(number(next(&mut watch).await), 3);
}
