//! How fast messages are read and requests built, against what else there is,
//! in one run.
//!
//! `cargo bench --manifest-path icws-generated/benches/speed/Cargo.toml`; with
//! `--features allocations` it counts allocations, and the times mean nothing.

mod areas;
mod batches;
mod peers;
mod progenitor_peer;

mod hundred {
    icws_generated::bindings!("hundred.yaml");
}

use bytes::Bytes;
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use icws_generated::interactions::callback::Subscribe;
use icws_generated::runtime::{Batch, Request, ApiSession, SessionParts};

use batches::{Mix, batch};

#[cfg(feature = "allocations")]
#[global_allocator]
static ALLOCATOR: divan::AllocProfiler = divan::AllocProfiler::system();

fn main() {
    divan::main();
}

const MIXES: &[Mix] = &[
    Mix {
        messages: 1,
        types: 1,
        type_last: false,
        unknown: false,
    },
    Mix {
        messages: 100,
        types: 1,
        type_last: false,
        unknown: false,
    },
    Mix {
        messages: 10_000,
        types: 1,
        type_last: false,
        unknown: false,
    },
    Mix {
        messages: 100,
        types: 100,
        type_last: false,
        unknown: false,
    },
    Mix {
        messages: 100,
        types: 100,
        type_last: true,
        unknown: false,
    },
    Mix {
        messages: 100,
        types: 1,
        type_last: false,
        unknown: true,
    },
];

fn decode(bencher: Bencher<'_, '_>, mix: &Mix, read: impl Fn(&[u8]) -> usize + Sync) {
    let body = batch(mix);
    bencher
        .counter(ItemsCount::new(mix.messages))
        .bench(|| read(black_box(&body)));
}

#[divan::bench(args = MIXES)]
fn decode_1_icws(bencher: Bencher<'_, '_>, mix: &Mix) {
    decode(bencher, mix, |body| {
        black_box(Batch::<hundred::Message>::decode(body).unwrap()).len()
    });
}

#[divan::bench(args = MIXES)]
fn decode_2_serde_tagged(bencher: Bencher<'_, '_>, mix: &Mix) {
    decode(bencher, mix, |body| {
        black_box(serde_json::from_slice::<Vec<peers::Tagged>>(body)).map_or(0, |v| v.len())
    });
}

#[divan::bench(args = MIXES)]
fn decode_3_serde_json_value(bencher: Bencher<'_, '_>, mix: &Mix) {
    decode(bencher, mix, |body| {
        black_box(serde_json::from_slice::<Vec<serde_json::Value>>(body)).map_or(0, |v| v.len())
    });
}

#[divan::bench(args = MIXES)]
fn decode_4_serde_untagged(bencher: Bencher<'_, '_>, mix: &Mix) {
    let read = |body: &[u8]| {
        black_box(serde_json::from_slice::<Vec<peers::untagged::Message>>(
            body,
        ))
        .map_or(0, |v| v.len())
    };
    decode(bencher, mix, read);
}

/// The limit: one type that is known beforehand, without errors by item.
#[divan::bench(args = MIXES)]
fn decode_5_sonic_one_type(bencher: Bencher<'_, '_>, mix: &Mix) {
    decode(bencher, mix, |body| {
        black_box(sonic_rs::from_slice::<Vec<peers::M0>>(body)).map_or(0, |v| v.len())
    });
}

fn session() -> ApiSession {
    ApiSession::new(SessionParts {
        base_url: "http://127.0.0.1:8018",
        session_id: "1731001",
        csrf_token: "WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==",
        cookie: "icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us",
    })
    .unwrap()
}

// Requests are dropped within the measurement, as progenitor drops its own.

#[divan::bench(sample_size = 1000)]
fn request_1_icws(bencher: Bencher<'_, '_>) {
    let session = session();
    bencher.bench(|| {
        let request = Subscribe::builder()
            .interaction_id(black_box("2001234567"))
            .build()
            .to_http(&session);
        drop(black_box(request.unwrap()));
    });
}

#[divan::bench(sample_size = 1000)]
fn request_2_bare_http(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let id = black_box("2001234567");
        let uri = format!(
            "http://127.0.0.1:8018/icws/1731001/messaging/subscriptions/interactions/{id}/callback"
        );
        let request = http::Request::builder()
            .method("PUT")
            .uri(uri)
            .header("Accept", "application/vnd.inin.icws+JSON")
            .header("ININ-ICWS-CSRF-Token", "WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==")
            .header(
                "Cookie",
                "icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us",
            )
            .body(Bytes::new());
        drop(black_box(request.unwrap()));
    });
}

#[divan::bench(sample_size = 1000)]
fn request_3_reqwest(bencher: Bencher<'_, '_>) {
    let client = reqwest::Client::new();
    bencher.bench(|| {
        let id = black_box("2001234567");
        let url = format!(
            "http://127.0.0.1:8018/icws/1731001/messaging/subscriptions/interactions/{id}/callback"
        );
        let request = client
            .put(url)
            .header("Accept", "application/vnd.inin.icws+JSON")
            .header("ININ-ICWS-CSRF-Token", "WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==")
            .header(
                "Cookie",
                "icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us",
            )
            .build();
        drop(black_box(request.unwrap()));
    });
}

#[divan::bench(sample_size = 1000)]
fn request_4_progenitor(bencher: Bencher<'_, '_>) {
    let client = progenitor_peer::Client::new("http://127.0.0.1:8018");
    assert!(progenitor_peer::build(&client, "2001234567"));
    bencher.bench(|| progenitor_peer::build(&client, black_box("2001234567")));
}

/// The limit: the same request with no model, written for it alone. Its headers are
/// cloned, its address is put together without reading host and port again, and its
/// path is checked, as the types of `http` have no other way. The id is text that the
/// request owns, and what a session has is text that came at run time.
#[divan::bench(sample_size = 1000)]
fn request_5_by_types_of_http(bencher: Bencher<'_, '_>) {
    let mut headers = http::HeaderMap::with_capacity(3);
    let json = http::HeaderValue::from_static("application/vnd.inin.icws+JSON");
    headers.insert("Accept", json);
    let came = |text| http::HeaderValue::from_str(text).unwrap();
    let token = came("WAVpbmluLmV4YW1wbGUAWAVhZ2VudA==");
    headers.insert("ININ-ICWS-CSRF-Token", token);
    let cookie = came("icws_1731001=5f5dd5a4-7c0c-4f39-a6a5-7ff7d4e6a5d2|languageId=en-us");
    headers.insert("Cookie", cookie);
    let server: http::Uri = "http://127.0.0.1:8018".parse().unwrap();
    let server = server.into_parts();
    let before = "/icws/1731001/messaging/subscriptions/interactions/";
    bencher.bench(|| {
        let id = black_box("2001234567").to_owned();
        let mut path = String::with_capacity(before.len() + id.len() + "/callback".len());
        path.push_str(before);
        path.push_str(&id);
        path.push_str("/callback");
        let mut uri = http::uri::Parts::default();
        uri.scheme = server.scheme.clone();
        uri.authority = server.authority.clone();
        let path = http::uri::PathAndQuery::from_maybe_shared(Bytes::from(path));
        uri.path_and_query = Some(path.unwrap());
        let mut request = http::Request::new(Bytes::new());
        *request.method_mut() = http::Method::PUT;
        *request.uri_mut() = http::Uri::from_parts(uri).unwrap();
        *request.headers_mut() = headers.clone();
        drop(black_box(request));
    });
}
