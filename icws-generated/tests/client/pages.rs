//! Lists that come page by page.

use icws_generated::client::{ClientError, Pages, Session};

use crate::fake::{Answer, Fake};

use house::{Door, List};

icws_generated::bindings!(inline: r##"
    icws: 1
    namespace: house
    objects:
      door: { properties: { name: { type: string, required: true } } }
      doors: { properties: { items: { type: list door } } }
    resources:
      /icws/{sessionId}/doors:
        parameters:
          - { name: ININ-ICWS-CSRF-Token, in: header, type: string, required: true, session: csrfToken }
          - { name: Cookie, in: header, type: string, required: true, session: cookie }
          - { name: sessionId, in: path, type: string, required: true, session: id }
        GET:
          name: list
          parameters:
            - { name: select, in: query, type: list string }
            - { name: Range, in: header, type: string }
          replies: { 200: { body: doors } }
"##);

fn page(names: std::ops::Range<usize>) -> String {
    let items = names.map(|name| format!(r#"{{"name":"{name}"}}"#));
    let items: Vec<String> = items.collect();
    format!(r#"{{"items":[{}]}}"#, items.join(","))
}

fn list(session: &Session) -> Pages<List> {
    session.pages(List::builder().select([Door::NAME]).build())
}

async fn all(mut pages: Pages<List>) -> Result<Vec<usize>, ClientError> {
    let mut names = Vec::new();
    while let Some(item) = pages.next().await {
        names.push(item?.name.parse().unwrap());
    }
    assert!(pages.next().await.is_none());
    Ok(names)
}

/// The ranges that were asked for.
fn ranges(fake: &Fake) -> Vec<String> {
    let state = fake.state();
    let ranges = state.requests.iter().filter_map(|request| {
        let range = request.headers().get("Range")?;
        Some(range.to_str().unwrap().to_owned())
    });
    ranges.collect()
}

#[tokio::test(start_paused = true)]
async fn pages_follow_each_other_until_the_last_item() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.extend([
        Answer::page("items 0-199/431", page(0..200)),
        Answer::page("items 200-399/431", page(200..400)),
        Answer::page("items 400-430/431", page(400..431)),
    ]);
    let names = all(list(&session)).await.unwrap();
    assert_eq!(names, (0..431).collect::<Vec<_>>());
    let asked = ["items=0-199", "items=200-399", "items=400-599"];
    assert_eq!(ranges(&fake), asked);
    let select = fake.state().requests.last().unwrap().uri().to_string();
    assert!(select.ends_with("select=name"), "{select}");
}

#[tokio::test(start_paused = true)]
async fn a_server_that_counts_from_1_loses_no_item() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.extend([
        Answer::page("items 1-200/201", page(0..200)),
        Answer::page("items 201-201/201", page(200..201)),
    ]);
    let names = all(list(&session)).await.unwrap();
    assert_eq!(names, (0..201).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn items_that_are_alike_and_totals_that_are_unknown_end_no_list() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.extend([
        Answer::page("items 0-199/400", page(0..200)),
        Answer::page("items 200-399/400", page(0..200)),
    ]);
    assert_eq!(all(list(&session)).await.unwrap().len(), 400);
    // A server may give fewer at a time than it is asked for.
    fake.state().other.extend([
        Answer::page("items 0-99/*", page(0..100)),
        Answer::page("items 100-149/*", page(100..150)),
        Answer::Status(416, String::new()),
    ]);
    assert_eq!(all(list(&session)).await.unwrap().len(), 150);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_knows_no_ranges_is_asked_as_often_as_needed() {
    let fake = Fake::new();
    let session = fake.session().await;
    for count in [0, 7, 250] {
        fake.state().other.push_back(Answer::ok(page(0..count)));
        let names = all(list(&session)).await.unwrap();
        assert_eq!(names.len(), count);
    }
    assert_eq!(ranges(&fake).len(), 3);
    // Exactly a page: whether there are more is known by the next one only, and the
    // same again means that there are none.
    fake.state()
        .other
        .extend([Answer::ok(page(0..200)), Answer::ok(page(0..200))]);
    assert_eq!(all(list(&session)).await.unwrap().len(), 200);
}

#[tokio::test(start_paused = true)]
async fn after_an_error_nothing_follows() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.extend([
        Answer::page("items 0-199/431", page(0..200)),
        Answer::Status(500, String::new()),
    ]);
    let mut pages = list(&session);
    for _ in 0..200 {
        pages.next().await.unwrap().unwrap();
    }
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.api().unwrap().status(), 500);
    assert!(pages.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_range_beyond_all_numbers_ends_where_the_server_says() {
    let fake = Fake::new();
    let session = fake.session().await;
    fake.state().other.extend([
        Answer::page("items 0-18446744073709551614/*", page(0..200)),
        Answer::Status(416, String::new()),
    ]);
    assert_eq!(all(list(&session)).await.unwrap().len(), 200);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_sends_the_same_page_for_ever_ends_a_list_without_a_total() {
    let fake = Fake::new();
    let session = fake.session().await;
    let same = || Answer::page("items 0-199/*", page(0..200));
    fake.state().other.extend([same(), same(), same()]);
    assert_eq!(all(list(&session)).await.unwrap().len(), 200);
    assert_eq!(ranges(&fake), ["items=0-199", "items=200-399"]);
}
