//! Values of the runtime that hold a secret.

use bytes::Bytes;
use http::header::{COOKIE, SET_COOKIE};
use icws_generated::Message as ApiMessage;
use icws_generated::connection::{Connect, GetConnection, IcAuthConnectionRequestSettings};
use icws_generated::interactions::callback::Subscribe;
use icws_generated::recording::{Entry, EventCutter, MetSecrets, RecordedBody, Tape};
use icws_generated::runtime::__private1::{RawReply, Reader, Set, Writer};
use icws_generated::runtime::drift::Drift;
use icws_generated::runtime::follow::{
    Answer, Change, End, Follow, Gap, GapCause, Subscriptions, Waits,
};
use icws_generated::runtime::{
    ApiSession, Applied, Batch, Boxed, Cache, CaseMap, Content, Delta, Failure, Field, Patch,
    Record, Request, Response, RouteError, Secret, Server, SessionParts, Sessionless, Union,
    UnknownObject, find_route, route,
};

use super::rooms::plans::{Accepted, AnyFurniture, GuestsMessage, Room, RoomMessage, StartWatch};
use super::{HUSH, Message, Shown, both, debug};

fn room_text() -> String {
    let object = format!(r#"{{"__type":"urn:new","pin":"{HUSH}"}}"#);
    format!(r#"{{"userId":"1","x":"{HUSH}","best":{object},"furniture":[{object}]}}"#)
}

fn message(is_delta: bool) -> RoomMessage {
    let room = room_text();
    let text = format!(r#"{{"isDelta":{is_delta},"roomId":"1","room":{room},"y":["{HUSH}"]}}"#);
    RoomMessage::from_json(text.as_bytes()).unwrap()
}

/// Messages of all kinds, some of which cannot be read.
pub fn batch() -> String {
    let callback = format!(
        r#""__type":"urn:inin.com:interactions.callback:callbackMessage","interactionId":"2001","target":"+1","subject":"s","z":"{HUSH}""#
    );
    format!(
        r#"[{{"__type":"urn:new","pin":"{HUSH}"}},{{{callback},"isDelta":"{HUSH}"}},{{"q":"{HUSH}" 1}},{{{callback},"isDelta":false}}]"#
    )
}

fn reply(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder()
        .status(status)
        .header(SET_COOKIE, HUSH)
        .header("ININ-ICWS-CSRF-Token", HUSH)
        .body(Bytes::from(body.to_owned()))
        .unwrap()
}

fn parts(base_url: &str) -> SessionParts<'_> {
    SessionParts {
        base_url,
        session_id: "1",
        csrf_token: HUSH,
        cookie: "icws_1=hush-4711",
    }
}

fn accepted() -> Accepted {
    let mut accepted = Accepted::new("1");
    accepted.ticket = Some(HUSH.into());
    accepted
}

fn json() -> Shown {
    let room = Room::from_json(room_text().as_bytes()).unwrap();
    let object = format!(r#"{{"__type":"urn:new","pin":"{HUSH}"}}"#);
    let furniture = AnyFurniture::from_json(object.as_bytes()).unwrap();
    let AnyFurniture::Unrecognized(unknown) = &furniture else {
        panic!("{furniture:?}");
    };
    let unknown: &UnknownObject = unknown;
    let names = CaseMap::from_iter([("a".to_owned(), Secret::from(HUSH))]);
    let mut written = Writer::new();
    written.key(HUSH);
    let wrong = format!(r#"{{"userId":["{HUSH}"]}}"#);
    vec![
        ("json/patch.rs Patch", debug(&Patch::from(accepted()))),
        ("json/patch.rs Patch", debug(&Patch::from(room.clone()))),
        ("json/unknown.rs UnknownProperties", debug(room.unknown())),
        ("json/unknown.rs UnknownProperties", debug(&room)),
        (
            "json/field.rs Field",
            debug(&Field::Value(Secret::from(HUSH))),
        ),
        (
            "json/reader.rs Reader",
            debug(&Reader::new(HUSH.as_bytes())),
        ),
        ("json/writer.rs Writer", debug(&written)),
        ("json/boxed.rs Boxed", debug(&Boxed::from(accepted()))),
        ("json/union.rs UnknownObject", debug(unknown)),
        ("json/union.rs UnknownObject", debug(&furniture)),
        ("json/case_map.rs CaseMap", debug(&names)),
        ("json/secret.rs Secret", debug(&Secret::from(HUSH))),
        (
            "json/error.rs ReadError",
            both(&Room::from_json(wrong.as_bytes()).unwrap_err()),
        ),
        ("builder.rs Set", debug(&Set(Secret::from(HUSH)))),
    ]
}

fn messages() -> Shown {
    let batch = Batch::<ApiMessage>::decode(batch().as_bytes()).unwrap();
    assert_eq!((batch.len(), batch.errors().count()), (4, 2));
    let mut cache = Cache::new();
    let mut shown = vec![("messages/batch.rs Batch", debug(&batch))];
    shown.extend(
        batch
            .errors()
            .map(|e| ("messages/error.rs MessageError", both(e))),
    );
    let orphan = cache
        .apply(message(true))
        .map(|applied: Applied<'_, _>| debug(&applied));
    shown.push(("messages/cache.rs Applied", orphan.unwrap()));
    for is_delta in [false, true] {
        let applied = debug(&cache.apply(message(is_delta)).unwrap());
        shown.push(("messages/cache.rs Applied", applied));
    }
    shown.push(("messages/cache.rs Cache", debug(&cache)));
    let guests = format!(
        r#"{{"isDelta":false,"guests":[{{"__type":"urn:example:rooms.plans:guest","number":"1","x":"{HUSH}"}}]}}"#
    );
    let guests = GuestsMessage::from_json(guests.as_bytes()).unwrap();
    let guests = guests.into_state().unwrap();
    assert_eq!(guests.items.len(), 1);
    shown.push(("json/items.rs Items", debug(&guests.items)));
    shown.push(("json/items.rs ItemsIter", debug(&guests.items.iter())));
    let state = std::sync::Arc::new(message(false).into_state().unwrap());
    let update: Change<_, Message> = Change::Snapshot(state);
    shown.push(("follow/change.rs Change", debug(&update)));
    let event: Change<(), _> = Change::Event(Message::from(message(false)));
    shown.push(("follow/change.rs Change", debug(&event)));
    shown
}

fn exchange() -> Shown {
    let settings = IcAuthConnectionRequestSettings::new("app", "agent", HUSH.to_owned());
    let connect = Connect::builder()
        .body(settings)
        .accept_language("en")
        .build();
    let address = format!("https://agent:{HUSH}@cic.example");
    let session = ApiSession::new(parts("https://cic.example")).unwrap();
    let request = Subscribe::builder().interaction_id("1").build();
    let request = request.to_http(&session).unwrap();
    let incoming = route(icws_generated::ROUTES, &request).unwrap();
    let table = icws_generated::ROUTES;
    let (found, _) = find_route(table, request.method(), request.uri().path()).unwrap();
    let error = Connect::parse(reply(500, &format!(r#"{{"x":"{HUSH}"}}"#)));
    let error = error.unwrap().into_result().unwrap_err();
    let strange = GetConnection::parse(reply(299, HUSH)).unwrap();
    let unread = Connect::parse(reply(201, &format!(r#"{{"sessionId":["{HUSH}"]}}"#)));
    let body = http::Request::put(request.uri().clone()).header(COOKIE, HUSH);
    let body = body.body(Bytes::from(HUSH)).unwrap();
    let refused = Server::new(&address).unwrap_err();
    let missing = Subscribe::parse(reply(404, &format!(r#"{{"errorId":7,"m":"{HUSH}"}}"#)));
    let queried = Server::new(&format!("https://cic.example/?token={HUSH}"));
    let unset = ApiSession::new(SessionParts {
        csrf_token: "hush-4711\n",
        ..parts("https://cic.example")
    });
    let unsent = {
        let settings = IcAuthConnectionRequestSettings::new("app", "agent", HUSH.to_owned());
        let connect = Connect::builder()
            .body(settings)
            .accept_language("hush-4711\n");
        connect.build().to_http_on(session.server()).unwrap_err()
    };
    let unrouted = http::Request::post("https://cic.example/icws/connection")
        .header("Accept-Language", "en")
        .body(format!(r#"{{"__type":"urn:inin.com:connection:icAuthConnectionRequestSettings","applicationName":"a","userID":"u","password":["{HUSH}"]}}"#))
        .unwrap();
    let unrouted = route(table, &unrouted).unwrap_err();
    assert!(matches!(unrouted, RouteError::Body(_)), "{unrouted}");
    let unmade = ApiSession::new(parts("https://cic.example\n")).unwrap_err();
    let raw = RawReply::received(None, reply(200, HUSH));
    let failure: Failure<icws_generated::common::AnyError> = Failure::new(
        icws_generated::common::AnyError::from_json(
            format!(r#"{{"__type":"urn:new","x":"{HUSH}"}}"#).as_bytes(),
        )
        .unwrap(),
    );
    vec![
        ("exchange/call.rs Call", debug(&connect)),
        ("exchange/route.rs Incoming", debug(&incoming)),
        (
            "exchange/route.rs Incoming",
            debug(&route(table, &body).map(|one| one.claim)),
        ),
        ("exchange/route.rs SessionClaim", debug(&incoming.claim)),
        ("exchange/route.rs Route", debug(found)),
        ("exchange/api_error.rs ApiError", both(&error)),
        ("exchange/failure.rs Failure", debug(&missing)),
        ("exchange/failure.rs Failure", debug(&failure)),
        ("exchange/failure.rs Unexpected", debug(&strange)),
        ("exchange/errors.rs DecodeError", both(&unread.unwrap_err())),
        ("exchange/reply.rs RawReply", debug(&raw)),
        (
            "exchange/body.rs Content",
            debug(&Content::new("text/plain", HUSH)),
        ),
        (
            "session/api_session.rs SessionParts",
            debug(&parts(&address)),
        ),
        ("session/api_session.rs ApiSession", debug(&session)),
        ("session/server.rs Server", debug(session.server())),
        ("session/error.rs SessionError", both(&refused)),
        ("session/error.rs SessionError", both(&queried.unwrap_err())),
        ("session/error.rs SessionError", both(&unmade)),
        ("session/error.rs SessionError", both(&unset.unwrap_err())),
        ("exchange/errors.rs RequestError", both(&unsent)),
        ("exchange/errors.rs RouteError", both(&unrouted)),
    ]
}

fn follow() -> Shown {
    let wait = std::time::Duration::from_secs(1);
    let waits = Waits {
        least: wait,
        most: wait,
        chance: || 0.5,
    };
    let mut subscriptions = Subscriptions::<Message>::new(waits, wait, 8);
    let watch = StartWatch::builder().roomid("1").build();
    let follow = subscriptions.follow(&watch).unwrap();
    let text = debug(&follow);
    let Follow::Ask(_, reader, task) = follow else {
        panic!("{text}");
    };
    let error = Connect::parse(reply(500, HUSH)).unwrap().into_result();
    let end = End::Refused(error.unwrap_err());
    let unread = Batch::<ApiMessage>::decode(batch().as_bytes()).unwrap();
    let unread = unread.errors().next().unwrap().to_string();
    let cause = GapCause::Unreadable(unread);
    vec![
        (
            "follow/subscriptions.rs Subscriptions",
            debug(&subscriptions),
        ),
        ("follow/subscriptions.rs Follow", text),
        ("follow/reader.rs Reader", debug(&reader)),
        ("follow/task.rs Task", debug(&task)),
        (
            "follow/task.rs Answer",
            debug(&Answer::Refused(end.clone())),
        ),
        ("follow/gap.rs GapCause", debug(&cause)),
        ("follow/gap.rs Gap", both(&Gap::new(cause))),
        ("follow/gap.rs End", both(&end)),
    ]
}

fn recording() -> Shown {
    let request = http::Request::post(format!("https://u:{HUSH}@cic1/icws?token={HUSH}"))
        .header(COOKIE, HUSH)
        .body(Bytes::from(HUSH))
        .unwrap();
    let response = reply(200, HUSH);
    let body = RecordedBody::from(request.body().clone());
    let entry = Entry::new(std::time::UNIX_EPOCH, &request, body.clone());
    let time = std::time::Duration::from_secs(1);
    let entry = entry.answered(&response, response.body().clone(), time);
    let secrets = MetSecrets::new();
    let entry = entry.within(&secrets);
    let mut cutter = EventCutter::new(1000);
    cutter.push(HUSH.as_bytes());
    let mut taping = Tape::new(drop::<Entry>, |_| {}).request(&request, body.clone());
    taping.answered(&response);
    taping.data(response.body());
    vec![
        ("tape/tape.rs Taping", debug(&taping)),
        ("recording/entry.rs Entry", debug(&entry)),
        ("recording/entry.rs RecordedBody", debug(&body)),
        ("recording/events.rs EventCutter", debug(&cutter)),
        ("recording/met.rs MetSecrets", debug(&secrets)),
    ]
}

fn drift() -> Shown {
    let drift = Drift::default();
    let mut response = reply(200, &batch());
    response.extensions_mut().insert(drift.clone());
    icws_generated::messaging::Poll::parse(response).unwrap();
    let mut response = reply(299, HUSH);
    response.extensions_mut().insert(drift.clone());
    GetConnection::parse(response).unwrap();
    let differences = drift.differences();
    assert_eq!(differences.len(), 3, "{drift:?}");
    vec![
        ("drift/difference.rs Difference", both(&differences[0])),
        ("drift/difference.rs Difference", debug(&differences)),
        ("drift/difference.rs Unknown", both(&differences[1].what)),
        ("drift/mod.rs Drift", debug(&drift)),
    ]
}

pub fn shown() -> Shown {
    [
        drift(),
        json(),
        messages(),
        exchange(),
        follow(),
        recording(),
    ]
    .concat()
}
