//! Values of statistics, which objects tell apart.

use icws_generated::runtime::Delta;
use icws_generated::statistics::{
    AnyStatisticValue, ParameterValueItem, StatisticKey, StatisticValueMessage,
    StatisticValueSubscription, SubscribeValues,
};

use crate::site::{Site, snapshot, update};

fn waiting(workgroup: &str) -> StatisticKey {
    let item = ParameterValueItem::new("ININ.People.WorkgroupStats:Workgroup", workgroup);
    StatisticKey::new("inin.workgroup:InteractionsWaiting", vec![item])
}

/// A key in the order of the server, and not in that of the model.
fn key(workgroup: &str) -> String {
    format!(
        r#"{{"parameterValueItems":[{{"value":"{workgroup}","parameterTypeId":"ININ.People.WorkgroupStats:Workgroup"}}],"statisticIdentifier":"inin.workgroup:InteractionsWaiting"}}"#
    )
}

fn message(is_delta: bool, changes: &[(&str, &str)]) -> String {
    let changes = changes.iter().map(|(workgroup, value)| {
        let key = key(workgroup);
        format!(r#"{{"statisticValue":{value},"statisticKey":{key}}}"#)
    });
    let changes: Vec<_> = changes.collect();
    format!(
        r#"{{"statisticValueChanges":[{}],"isDelta":{is_delta},"__type":"urn:inin.com:statistics:statisticValueMessage"}}"#,
        changes.join(",")
    )
}

/// The number that is the value of a workgroup.
fn value(state: &<StatisticValueMessage as Delta>::State, workgroup: &str) -> Option<i64> {
    let change = state.items.get(&waiting(workgroup)).unwrap();
    match change.statistic_value.as_ref()? {
        AnyStatisticValue::StatisticIntValue(number) => Some(number.value),
        other => panic!("{other:?}"),
    }
}

fn int(value: i64) -> String {
    format!(
        r#"{{"value":{value},"statisticValueType":0,"__type":"urn:inin.com:statistics:statisticIntValue"}}"#
    )
}

#[tokio::test]
async fn values_are_found_by_the_objects_that_are_their_keys() {
    let site = Site::new().await;
    let keys = vec![waiting("Support"), waiting("Sales")];
    let body = StatisticValueSubscription::new(keys);
    let mut watch = site
        .watch(SubscribeValues::builder().body(body).build())
        .await;
    site.send(&message(false, &[("Support", &int(3)), ("Sales", "null")]));
    let state = snapshot(&mut watch).await;
    assert_eq!(state.items.len(), 2);
    assert_eq!(value(&state, "Support"), Some(3));
    assert_eq!(value(&state, "Sales"), None);

    site.send(&message(true, &[("Sales", &int(7))]));
    let (state, changes) = update(&mut watch).await;
    assert_eq!((changes.added.len(), changes.changed.len()), (0, 1));
    assert_eq!(
        (value(&state, "Support"), value(&state, "Sales")),
        (Some(3), Some(7))
    );

    // A time that has the name of a duration, and a value that is gone.
    let since = r#"{"__type":"urn:inin.com:statistics:statisticTimeDurationValue","statisticValueType":5,"value":"20261126T120000Z"}"#;
    site.send(&message(true, &[("Sales", since), ("Support", "null")]));
    let (state, _) = update(&mut watch).await;
    assert_eq!(value(&state, "Support"), None);
    let sales = state.items.get(&waiting("Sales")).unwrap();
    assert!(matches!(
        sales.statistic_value,
        Some(AnyStatisticValue::StatisticTimeDurationValue(_))
    ));
}
