//! Tells what is kept with a recording, and where it can be downloaded.
//!
//! `cargo run --example recordings`, or `-- cic.example ada RECORDING` on a real server,
//! with the id of a recording.

mod place;

use std::error::Error;

use icws::recordings::{GetAttributes, GetExportUri, GetTags};

mod icws {
    icws_generated::bindings!(shipped, only: [recordings]);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in::<icws::Message>().await?;
    // The mock server makes up what it is asked for.
    let id = place.arguments.first().map_or("a4fe7a0b", String::as_str);
    let session = &place.session;

    let request = GetAttributes::builder().recording_id(id).build();
    println!("attributes: {:?}", session.call(request).await?);
    let request = GetTags::builder().recording_id(id).build();
    println!("tags: {:?}", session.call(request).await?);
    let request = GetExportUri::builder().recording_id(id).build();
    println!("download: {}", session.call(request).await?.uri);

    session.disconnect().await?;
    Ok(())
}
