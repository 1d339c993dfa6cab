//! Follows how many interactions of a workgroup wait, and how many are connected.
//!
//! `cargo run --example statistics` has its own contact center. On a real server the
//! identifiers stand in the catalog (`statistics::SubscribeCatalog`):
//! `-- cic.example ada PARAMETER Sales STATISTIC…`, with the id of the parameter that takes
//! the workgroup.

mod place;

use std::error::Error;

use icws_generated::client::Change;

use icws::statistics::{
    ParameterValueItem, StatisticKey, StatisticValueSubscription, SubscribeValues,
};

mod icws {
    icws_generated::bindings!(shipped, only: [statistics]);
}

/// What the mock server counts.
const COUNTED: [&str; 4] = [
    "mock.workgroup",
    "Sales",
    "mock.workgroup:interactionsWaiting",
    "mock.workgroup:interactionsConnected",
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mut place = place::log_in::<icws::Message>().await?;
    if place.server.is_some() {
        place.arguments = COUNTED.map(str::to_owned).to_vec();
    }
    let [parameter, workgroup, statistics @ ..] = &*place.arguments else {
        return Err("say a parameter, a workgroup and statistics".into());
    };
    let keys = statistics.iter().map(|statistic| {
        let workgroup = ParameterValueItem::new(parameter, workgroup);
        StatisticKey::new(statistic, vec![workgroup])
    });
    let wanted = StatisticValueSubscription::new(keys);
    let wanted = SubscribeValues::builder().body(wanted).build();
    let mut values = place.session.watch(wanted).await?;

    for _ in 0..3 {
        match values.next().await.ok_or("they are watched no more")? {
            Change::Snapshot(state) | Change::Update { state, .. } => {
                for value in state.items.values() {
                    let statistic = &value.statistic_key.statistic_identifier;
                    println!("{statistic}: {:?}", value.statistic_value);
                }
                println!();
            }
            other => println!("{other:?}"),
        }
    }
    place.session.disconnect().await?;
    Ok(())
}
