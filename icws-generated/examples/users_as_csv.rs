//! Writes the users of a workgroup as CSV, with a page of the list at a time in memory.
//!
//! `cargo run --example users_as_csv`, or `-- cic.example ada Sales` on a real server.

mod place;

use std::error::Error;

use icws::configuration::users::{List, User};

mod icws {
    icws_generated::bindings!(shipped, only: [configuration.users]);
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = place::log_in::<icws::Message>().await?;
    let workgroup = place.arguments.first().map_or("Sales", String::as_str);

    let list = List::builder()
        .select([User::EXTENSION, User::WORKGROUPS])
        .order_by("configurationId.displayName")
        .build();
    let mut users = place.session.pages(list);
    println!("id,name,extension");
    while let Some(user) = users.next().await {
        let user = user?;
        let mut groups = user.workgroups.value().into_iter().flatten();
        if !groups.any(|group| group.id == workgroup) {
            continue;
        }
        let Some(id) = &user.configuration_id else {
            continue;
        };
        let name = id.display_name.value().map_or("", String::as_str);
        let extension = user.extension.value().map_or("", String::as_str);
        println!("{},{},{}", field(&id.id), field(name), field(extension));
    }
    place.session.disconnect().await?;
    Ok(())
}

/// A field of CSV: in quotes, with quotes in it twice.
fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}
