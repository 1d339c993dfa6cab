//! Files that set a world up: what refers to nothing, or stands there twice, is told.

use icws_mock::{MockServer, Scenario};

fn problem(text: &str) -> String {
    match text.parse::<Scenario>() {
        Ok(_) => panic!("taken: {text}"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_reason() {
    for (text, expected) in [
        (
            "stations: [{ id: desk1 }]\nusers: [{ id: ada, station: desk2 }]",
            "user `ada`: there is no station `desk2`; did you mean `desk1`?",
        ),
        (
            "stations: [{ id: 's{n}', count: 2 }]\nusers: [{ id: 'a{n}', count: 3, station: 's{n}' }]",
            "user `a3`: there is no station `s3`",
        ),
        (
            "workgroups: [{ id: Sales, properties: { members: [{ id: ada }] } }]",
            "workgroup `Sales`: `members` follows the `workgroups` of users",
        ),
        (
            "users: [{ id: ada, properties: { workgroups: [{ id: Sales }] } }]",
            "user `ada`: `workgroups` has a key of its own",
        ),
        (
            "users: [{ id: ada }, { id: ada }]",
            "there are two users `ada`",
        ),
        (
            "users: [{ id: ada, count: 2 }]",
            "there are two users `ada`",
        ),
        (
            "workgroups: [{ id: 'W{n}', count: 2 }, { id: W2 }]",
            "there are two workgroups `W2`",
        ),
        (
            "statuses: [{ id: A }, { id: A }]",
            "there are two statuses `A`",
        ),
        ("skills: [{ id: A, count: 2 }]", "there are two skills `A`"),
        (
            "configuration: { wrap-up-codes: [{ id: A }, { id: A }] }",
            "there are two items of `wrap-up-codes` `A`",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions: [{ id: '7', count: 2, workgroup: W }]",
            "there are two interactions `7`: `{n}` in an id with `count` is its number",
        ),
        (
            "workgroups: [{ id: W }]\nusers: [{ id: a1 }]\ninteractions: [{ count: 2, workgroup: W, user: 'a{n}' }]",
            "an interaction: there is no user `a2`",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions:\n  - { workgroup: W, medium: chat }",
            "there is no medium `chat`; did you mean `Chat`?",
        ),
        (
            "workgroups: [{ id: W }]\ninteractions:\n  - { workgroup: W, medium: Callback }",
            "`callbacks` are a list of their own",
        ),
        (
            "configuration:\n  wrap-up-cods: [{ id: A }]",
            "there is no list `wrap-up-cods`; did you mean `wrap-up-codes`?",
        ),
        (
            "configuration: { users: [{ id: A }] }",
            "`users` has a key of its own",
        ),
    ] {
        let told = problem(text);
        assert!(told.contains(expected), "{text}\n{told}");
    }
}

#[test]
fn what_is_read_as_something_else_is_told_with_its_line() {
    let workgroup = "workgroups: [{ id: W }]\n";
    let medium = format!("{workgroup}interactions:\n  - {{ workgroup: W, medium: chat }}");
    assert!(problem(&medium).contains("line 3"), "{}", problem(&medium));
    let list = "skills: []\nconfiguration:\n  wrong: [{ id: A }]";
    assert!(problem(list).contains("line 3"), "{}", problem(list));
}

#[tokio::test]
async fn what_a_file_says_of_a_workgroup_is_so() {
    let world = "workgroups: [{ id: W, properties: { hasQueue: false, notes: n } }, { id: V }]";
    let server = MockServer::builder().world(world.parse().unwrap());
    let server = server.start().await.unwrap();
    let workgroup = |id| server.control().item("configuration/workgroups", id);
    assert_eq!(workgroup("W").unwrap()["hasQueue"], false);
    assert_eq!(workgroup("W").unwrap()["isActive"], true);
    assert_eq!(workgroup("V").unwrap()["hasQueue"], true);
}

#[test]
fn the_shipped_world_has_the_users_that_its_docs_tell() {
    Scenario::contact_center().unwrap();
    let shipped = Scenario::CONTACT_CENTER;
    assert!(shipped.contains("count: 20, id: \"agent{nn}\""));
}
