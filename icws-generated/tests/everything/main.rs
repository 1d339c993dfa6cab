//! Every construct of the model language, on both sides of the wire.

icws_generated::bindings!("../everything.yaml", tests: true);

mod drift;
mod unknown;

use std::collections::BTreeMap;

use icws_generated::runtime::{
    ApiSession, Batch, DateTime, Features, Field, Record, Request, Response, Server, SessionParts,
    Sessionless, Subscription, Union, route,
};
use rooms::plans::{
    Accepted, AnyError, AnyFurniture, Armchair, Chair, Clean, CleanOutcome, DoorState, Equipment,
    Furnish, FurnishOperation, FurnishOutcome, Place, Plan, Room, RoomState, Spoil, SpoilOutcome,
    StartWatch, Version, VersionOutcome,
};

fn session() -> ApiSession {
    let parts = SessionParts {
        base_url: "http://h:8018",
        session_id: "1",
        csrf_token: "t",
        cookie: "icws_1=c",
    };
    ApiSession::new(parts).unwrap()
}

fn furnish() -> rooms::plans::FurnishBuilder<
    icws_generated::runtime::Set<DoorState>,
    icws_generated::runtime::Set<i32>,
    icws_generated::runtime::Set<AnyFurniture>,
> {
    Furnish::builder()
        .state(DoorState::Locked)
        .x_limit(5)
        .body(Chair::new(1.5, 4))
}

#[test]
fn numbers_without_a_name_are_kept_and_sent_again() {
    assert_eq!(DoorState::from_number(7), DoorState::Locked);
    assert_eq!(DoorState::from_number(-1).number(), -1);
    assert_eq!(DoorState::from_number(1365), DoorState::Unrecognized(1365));
    let has = Equipment::DESK.with(Equipment::from_number(64));
    assert!(has.contains(Equipment::DESK) && !has.contains(Equipment::LAMP_STAND));
    assert_eq!(has.number(), 65);
}

#[test]
fn an_unknown_option_of_a_base_survives_byte_for_byte() {
    let text = br#"{ "wheels" : [1, 2.50], "__type":"urn:example:rooms.plans:newer" }"#;
    let furniture = AnyFurniture::from_json(text).unwrap();
    let AnyFurniture::Unrecognized(unknown) = &furniture else {
        panic!("{furniture:?}")
    };
    assert_eq!(unknown.type_urn(), Some("urn:example:rooms.plans:newer"));
    assert_eq!(furniture.to_json(), text.as_slice());
    // An abstract base has no form of its own; a concrete one needs no type.
    assert!(matches!(
        AnyFurniture::from_json(br#"{"weight":1}"#).unwrap(),
        AnyFurniture::Unrecognized(_)
    ));
    let error = AnyError::from_json(br#"{"message":"m"}"#).unwrap();
    assert!(matches!(&error, AnyError::Error(error) if error.message == "m"));
    assert_eq!(error.to_json(), br#"{"message":"m"}"#.as_slice());
}

#[test]
fn options_go_wherever_their_base_is_asked_for() {
    let mut room = Room::new();
    room.best = Some(Armchair::new(2.0, 4).into());
    room.furniture = Some(vec![Chair::new(1.0, 3).into()]);
    room.inner = Some(Room::new().into());
    room.labels = Some(BTreeMap::from([("a".to_owned(), "b".to_owned())]));
    assert_eq!(
        format!("{room:?}"),
        r#"Room { labels: {"a":"b"}, best: {"__type":"urn:example:rooms.plans:armchair","weight":2.0,"legs":4}, furniture: [{"__type":"urn:example:rooms.plans:chair","weight":1.0,"legs":3}], inner: {} }"#
    );
}

#[test]
fn all_forms_of_a_time_are_read() {
    let time: DateTime = "2020-10-29T08:20:18.000Z".parse().unwrap();
    for text in [
        "20201029T082018Z",
        "20201029082018Z",
        "2020-10-29T08:20:18Z",
        "20201029T082018.000Z",
    ] {
        assert_eq!(text.parse::<DateTime>().unwrap(), time, "{text}");
    }
    let minute: DateTime = "2020-10-29T08:20:00Z".parse().unwrap();
    for text in ["2020-10-29T08:20Z", "20201029T0820Z", "202010290820Z"] {
        assert_eq!(text.parse::<DateTime>().unwrap(), minute, "{text}");
    }
    assert!("yesterday".parse::<DateTime>().is_err() && "".parse::<DateTime>().is_err());
}

#[test]
fn every_level_of_a_version_is_honoured() {
    let with = |features: &[(&str, u32)]| {
        session().with_features(Features::from_iter(features.iter().copied()))
    };
    let refused =
        |session: &ApiSession, request: &Furnish| request.to_http(session).unwrap_err().to_string();
    let plain = furnish().build();
    // The method is newer than its resource.
    assert!(
        refused(&with(&[("rooms", 2)]), &plain)
            .contains("needs rooms 3, but the server has rooms 2")
    );
    assert!(plain.to_http(&with(&[("rooms", 3)])).is_ok());
    // A parameter counts only when it is given.
    let why = furnish().x_why("because").build();
    assert!(refused(&with(&[("rooms", 3)]), &why).contains("`X-Why` needs plans 5"));
    assert!(why.to_http(&with(&[("rooms", 3), ("plans", 5)])).is_ok());
}

#[test]
fn the_body_is_looked_through_for_what_is_newer() {
    let place = |room: Room, rooms| {
        let session = session().with_features(Features::from_iter([("rooms", rooms)]));
        let request = Place::builder().state(DoorState::Open).body(room).build();
        request.to_http(&session).map_err(|error| error.to_string())
    };
    let mut room = Room::new();
    assert!(place(room.clone(), 2).is_ok());
    // A value of an enumeration, in a list.
    room.doors = Some(vec![DoorState::Open, DoorState::Locked]);
    assert!(
        place(room.clone(), 2)
            .unwrap_err()
            .contains("`Locked` needs rooms 3")
    );
    assert!(place(room.clone(), 3).is_ok());
    // A property of an object in a dictionary.
    let mut plan = Plan::new("g", None);
    plan.mood = Some("good".to_owned());
    room.plans = Some(BTreeMap::from([("p".to_owned(), plan)]));
    assert!(
        place(room, 3)
            .unwrap_err()
            .contains("`mood` needs plans 5, but the server has no feature `plans`")
    );
}

#[test]
fn a_value_that_is_newer_than_the_server_is_refused_in_a_parameter_too() {
    let place = |state| Place::builder().state(state).body(Room::new()).build();
    let session = session().with_features(Features::from_iter([("rooms", 2)]));
    assert!(place(DoorState::Open).to_http(&session).is_ok());
    let refused = place(DoorState::Locked).to_http(&session).unwrap_err();
    assert!(
        refused.to_string().contains("`Locked` needs rooms 3"),
        "{refused}"
    );
}

#[test]
fn an_operation_without_a_session_needs_a_server_only() {
    let server = Server::new("http://h:8018/proxy").unwrap();
    let request = Version::builder().build().to_http_on(&server).unwrap();
    assert_eq!(
        request.uri().to_string(),
        "http://h:8018/proxy/icws/rooms/version"
    );
    assert!(request.headers().get("Cookie").is_none());
    let reply = http::Response::builder().header("Content-Type", "text/html; charset=utf-8");
    let reply = Version::parse(reply.body(bytes::Bytes::from("<p>ä</p>")).unwrap()).unwrap();
    let VersionOutcome::Ok(page) = reply else {
        panic!("{reply:?}")
    };
    assert_eq!(
        (page.media.as_str(), &*page.text()),
        ("text/html; charset=utf-8", "<p>ä</p>")
    );
    let reply = VersionOutcome::Ok(page).to_http();
    assert_eq!(reply.headers()["Content-Type"], "text/html; charset=utf-8");
}

#[test]
fn a_server_reads_the_body_and_says_what_is_wrong_with_it() {
    let mut request = furnish()
        .select(["a", "b"].map(str::to_owned).to_vec())
        .build()
        .to_http(&session())
        .unwrap();
    assert_eq!(
        request.headers()["Content-Type"],
        "application/vnd.inin.icws+JSON; charset=utf-8"
    );
    let AnyRequest::RoomsPlansFurnish(read) = route(ROUTES, &request).unwrap().request else {
        panic!()
    };
    assert_eq!(read.select, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(read.body, Chair::new(1.5, 4).into());
    *request.body_mut() =
        bytes::Bytes::from(r#"{"__type":"urn:example:rooms.plans:chair","weight":"x"}"#);
    let error = route(ROUTES, &request).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the body: property `weight`: expected a number, found a string")
    );
}

#[test]
fn a_name_in_a_query_that_is_no_text_harms_no_parameter() {
    let sent = furnish().select(vec!["a".to_owned()]).build();
    let mut request = sent.to_http(&session()).unwrap();
    let uri = request.uri().to_string().replacen('?', "?%ff=1&", 1);
    *request.uri_mut() = uri.parse().unwrap();
    let read = Furnish::from_http(&request).unwrap().request;
    assert_eq!(read.select, sent.select);
}

#[test]
fn failures_may_be_of_a_derived_type() {
    let body = r#"{"__type":"urn:example:rooms.plans:invalidPropertyError","errorId":"error.request.invalidRepresentation.invalidProperty","message":"m","propertyName":"legs"}"#;
    let reply = http::Response::builder()
        .status(400)
        .body(bytes::Bytes::from(body))
        .unwrap();
    let FurnishOutcome::BadRequest(failure) = Furnish::parse(reply).unwrap() else {
        panic!()
    };
    let Some(AnyError::InvalidPropertyError(error)) = failure.error() else {
        panic!("{failure:?}")
    };
    assert_eq!(error.property_name.as_deref(), Some("legs"));
    // What the base says is there without looking which one it is.
    let message = failure.error().and_then(AnyError::message);
    assert_eq!(message.map(String::as_str), Some("m"));
    let id = failure.into_error().error_id().map(str::to_owned);
    assert_eq!(
        id.as_deref(),
        Some(FurnishOperation::ERROR_REQUEST_INVALID_REPRESENTATION_INVALID_PROPERTY)
    );
}

#[test]
fn a_nested_object_says_where_it_is_wrong() {
    let text = br#"[{"__type":"urn:example:rooms.plans:roomMessage","isDelta":true,"roomId":"1","room":{"rooms":[{},{"plans":{"x":{"id":"g","page":null,"count":"many"}}}]}}]"#;
    let batch = Batch::<Message>::decode(text).unwrap();
    let error = &batch.items[0].as_ref().unwrap_err().error;
    assert_eq!(error.path(), "room.rooms.1.plans.x.count");
}

#[test]
fn endless_nesting_is_refused() {
    let deep = format!(
        "{}{}",
        r#"{"inner":"#.repeat(10_000),
        "{}".to_owned() + &"}".repeat(10_000)
    );
    let text = format!(
        r#"[{{"__type":"urn:example:rooms.plans:roomMessage","isDelta":true,"roomId":"1","room":{deep}}}]"#
    );
    let batch = Batch::<Message>::decode(text.as_bytes()).unwrap();
    assert!(batch.items[0].is_err());
}

#[test]
fn required_and_nullable_are_four() {
    let mut plan = Plan::new("g", None);
    assert_eq!(format!("{plan:?}"), r#"Plan { id: "g" }"#);
    plan.drawn = Field::Null;
    plan.page = Some("/p".to_owned());
    assert_eq!(
        format!("{plan:?}"),
        r#"Plan { id: "g", page: "/p", drawn: null }"#
    );
}

#[test]
fn a_secret_travels_but_does_not_show() {
    let mut accepted = Accepted::new("9");
    accepted.ticket = Some("open sesame".into());
    let json = accepted.to_json();
    assert_eq!(json, r#"{"requestId":"9","ticket":"open sesame"}"#);
    assert_eq!(Accepted::from_json(&json).as_ref(), Ok(&accepted));
    assert!(!format!("{accepted:?}").contains("sesame"));
}

#[test]
fn a_put_with_delta_messages_is_a_subscription() {
    fn starts<S: Subscription<State = RoomState>>(subscription: &S) -> http::Method {
        subscription
            .stop()
            .to_http(&session())
            .unwrap()
            .method()
            .clone()
    }
    // The property is roomId, the parameter roomid.
    let start = StartWatch::builder().roomid("r").build();
    assert_eq!(start.key(), "r");
    assert_eq!(starts(&start), "DELETE");
}

#[test]
fn every_success_is_one_where_the_status_is_not_known() {
    for status in [200, 201, 204, 299] {
        let response = http::Response::builder().status(status);
        let outcome = Clean::parse(response.body(bytes::Bytes::new()).unwrap()).unwrap();
        assert!(matches!(outcome, CleanOutcome::Success(())), "{status}");
        assert!(outcome.into_result().is_ok());
    }
    let moved = http::Response::builder().status(302);
    let outcome = Clean::parse(moved.body(bytes::Bytes::new()).unwrap()).unwrap();
    assert!(matches!(outcome, CleanOutcome::Unexpected(_)));
    assert_eq!(CleanOutcome::Success(()).to_http().status(), 204);
}

#[test]
fn a_null_in_a_dictionary_costs_no_object() {
    let room = Room::from_json(br#"{"userId":"1","labels":{"a":null,"b":"c"},"keys":{"d":null}}"#);
    let room = room.unwrap();
    assert_eq!(room.user_id.as_deref(), Some("1"));
    assert_eq!(room.labels.unwrap().into_keys().collect::<Vec<_>>(), ["b"]);
    assert_eq!(room.keys.unwrap()["d"], None);
}

#[test]
fn enums_are_small_whatever_their_options_hold() {
    assert_eq!(size_of::<rooms::plans::AnyFurniture>(), 16);
    assert_eq!(size_of::<Message>(), 16);
    assert_eq!(size_of::<AnyRequest>(), 16);
}

#[test]
fn several_empty_successes_give_nothing() {
    let response = http::Response::builder().status(204);
    let outcome = Spoil::parse(response.body(bytes::Bytes::new()).unwrap()).unwrap();
    assert!(matches!(outcome, SpoilOutcome::NoContent(())));
    let () = outcome.into_result().unwrap();
}
