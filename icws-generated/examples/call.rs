//! Makes a call, holds it, transfers it to a workgroup, and prints its states meanwhile.
//!
//! `cargo run --example call`, or `-- cic.example ada +13175550142 Sales` on a real server.

mod place;

use std::error::Error;

use icws_generated::client::{Change, Watch};

use icws::interactions::{
    BlindTransfer, Create, CreateCallParameters, Hold, HoldParameters, InteractionSubscription,
    Subscribe, TransferParameters,
};
use icws::queues::{QueueId, QueueType};

mod icws {
    icws_generated::bindings!(shipped, only: [interactions, queues]);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in::<icws::Message>().await?;
    let given = |index: usize| place.arguments.get(index).map(String::as_str);
    let (number, workgroup) = (
        given(0).unwrap_or("+13175550142"),
        given(1).unwrap_or("Sales"),
    );
    let session = &place.session;

    let call = CreateCallParameters::new(number);
    let call = session.call(Create::builder().body(call).build()).await?;
    let id = call.interaction_id;
    println!("interaction {id} calls {number}");

    let wanted = InteractionSubscription::new(["Eic_State"]);
    let watch = Subscribe::builder().interaction_id(&id).body(wanted);
    let mut watch = session.watch(watch.build()).await?;
    state(&mut watch).await?;

    let hold = Hold::builder()
        .interaction_id(&id)
        .body(HoldParameters::new(true));
    session.call(hold.build()).await?;
    state(&mut watch).await?;

    let mut target = TransferParameters::new();
    target.queue_id = Some(QueueId::new(QueueType::Workgroup, workgroup).into());
    let transfer = BlindTransfer::builder().interaction_id(&id).body(target);
    session.call(transfer.build()).await?;
    println!("it goes to {workgroup}");
    state(&mut watch).await?;

    session.disconnect().await?;
    Ok(())
}

/// Prints the state of the interaction, once it has changed.
async fn state(watch: &mut Watch<Subscribe, icws::Message>) -> Result<(), Box<dyn Error>> {
    loop {
        let change = watch.next().await.ok_or("it is watched no more")?;
        let (Change::Snapshot(state) | Change::Update { state, .. }) = change else {
            println!("{change:?}");
            continue;
        };
        println!("state {:?}", state.attributes.get("Eic_State"));
        return Ok(());
    }
}
