//! One model, three bindings: pinned to versions 7, 8 and 9 of a feature.

mod seven {
    icws_generated::bindings!("../pinned.yaml", features: { interactions: 7 });
}

mod eight {
    icws_generated::bindings!("../pinned.yaml", features: { interactions: 8 });
}

mod nine {
    icws_generated::bindings!("../pinned.yaml", features: { interactions: 9 });
}

/// Its tests are those examples that say nothing newer.
mod examples {
    icws_generated::bindings!("../pins/examples.yaml", features: { shelves: 1 }, tests: true);
}

use icws_generated::runtime::{
    ApiSession, Enumeration, FeatureVersion, Features, Record, Request, RequestError, SessionParts,
    Union,
};

/// What each of the bindings has: numbers of an enumeration, properties of a
/// message, statuses of an operation, operations, messages.
macro_rules! counts {
    ($api:ident) => {
        [
            <$api::calls::MediaType as Enumeration>::VALUES.len(),
            <$api::calls::CallMessage as Record>::META.properties.len(),
            $api::calls::List::META.parameters.len(),
            $api::calls::List::META.statuses.len(),
            <$api::calls::AnyParty as Union>::URNS.len(),
            $api::ROUTES.len(),
            <$api::Message as Union>::URNS.len(),
        ]
    };
}

#[test]
fn each_version_has_more_than_the_one_before() {
    assert_eq!(counts!(seven), [1, 3, 2, 1, 1, 2, 1]);
    assert_eq!(counts!(eight), [2, 4, 3, 2, 2, 3, 2]);
    assert_eq!(counts!(nine), [3, 5, 4, 3, 3, 4, 3]);
}

/// What a program that knows version 7 writes.
macro_rules! consumer_of_seven {
    ($name:ident, $api:ident) => {
        #[test]
        fn $name() {
            use $api::Message;
            use $api::calls::{List, ListOutcome, MediaType, Person, PickUp};
            use $api::calls::{CallMessage, PickUpParameters};
            use icws_generated::runtime::{Cache, Response};

            let mut parameters = PickUpParameters::new("1");
            parameters.media = Some(MediaType::Call);
            parameters.party = Some(Person::new().into());
            let request = PickUp::builder().body(parameters).build();
            assert!(request.to_http(&session(7)).is_ok());
            let list = List::builder().limit(3).build();
            assert!(list.to_http(&session(7)).is_ok());

            let answer = http::Response::new(bytes::Bytes::from_static(b"[\"1\"]"));
            match List::parse(answer).unwrap() {
                ListOutcome::Ok(ids) => assert_eq!(ids, ["1"]),
                other => panic!("{:?}", other.into_result()),
            }
            // A server of version 9 sends what this program does not know.
            let mut calls = Cache::new();
            let json = br#"{"__type":"urn:example:calls:callMessage","isDelta":false,"callId":"1","subject":"s","attempts":2,"snoozed":true}"#;
            match Message::from_json(json).unwrap() {
                Message::CallsCallMessage(message) => drop(calls.apply(*message)),
                other => panic!("{other:?}"),
            }
            assert_eq!(calls.get("1").and_then(|call| call.subject.as_deref()), Some("s"));
            let message = CallMessage::new(true, "1");
            assert_eq!(message.call_id, "1");
        }
    };
}

consumer_of_seven!(a_consumer_of_seven_with_seven, seven);
consumer_of_seven!(a_consumer_of_seven_with_eight, eight);
consumer_of_seven!(a_consumer_of_seven_with_nine, nine);

/// A session whose server has a version of the feature.
fn session(version: u32) -> ApiSession {
    let parts = SessionParts {
        base_url: "https://cic.example:8019",
        session_id: "1",
        csrf_token: "t",
        cookie: "icws_1=c",
    };
    let features = Features::from_iter([("interactions", version)]);
    ApiSession::new(parts).unwrap().with_features(features)
}

fn refusal<E: Request>(request: E, has: u32) -> RequestError {
    let needs = |version| FeatureVersion {
        feature: "interactions",
        version,
    };
    let error = request.to_http(&session(has)).unwrap_err();
    assert_eq!(
        (error.needs(), error.has()),
        (Some(needs(has + 1)), Some(has))
    );
    assert!(request.to_http(&session(has + 1)).is_ok());
    error
}

#[test]
fn a_server_that_is_older_is_asked_for_nothing_newer() {
    use nine::calls::{Hold, List, MediaType, Park, PickUp, PickUpParameters, Robot, Team};
    assert_eq!(
        refusal(Hold::builder().build(), 7).to_string(),
        "calls.hold: needs interactions 8, but the server has interactions 7; `allow_any_version` of client or session sends it all the same"
    );
    refusal(Park::builder().build(), 8);
    assert_eq!(
        refusal(List::builder().order("name").build(), 8).to_string(),
        "calls.list: `order` needs interactions 9, but the server has interactions 8; `allow_any_version` of client or session sends it all the same"
    );
    let pick_up = |change: &dyn Fn(&mut PickUpParameters)| {
        let mut parameters = PickUpParameters::new("1");
        change(&mut parameters);
        PickUp::builder().body(parameters).build()
    };
    assert_eq!(
        refusal(pick_up(&|p| p.note = Some("n".to_owned())), 7).to_string(),
        "calls.pickUp: `note` needs interactions 8, but the server has interactions 7; `allow_any_version` of client or session sends it all the same"
    );
    refusal(pick_up(&|p| p.urgent = Some(true)), 8);
    refusal(pick_up(&|p| p.media = Some(MediaType::Callback)), 7);
    refusal(pick_up(&|p| p.media = Some(MediaType::SmsMessage)), 8);
    refusal(pick_up(&|p| p.party = Some(Team::new().into())), 7);
    refusal(pick_up(&|p| p.party = Some(Robot::new().into())), 8);
}

#[test]
fn a_server_without_the_feature_is_told_so() {
    let parts = SessionParts {
        base_url: "https://cic.example:8019",
        session_id: "1",
        csrf_token: "t",
        cookie: "icws_1=c",
    };
    let session = ApiSession::new(parts)
        .unwrap()
        .with_features(Features::default());
    let error = nine::calls::Hold::builder()
        .build()
        .to_http(&session)
        .unwrap_err();
    assert_eq!(error.has(), None);
    assert!(
        error
            .to_string()
            .contains("the server has no feature `interactions`;")
    );
}
