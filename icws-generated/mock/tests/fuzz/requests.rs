//! Requests of all operations of the model and of the control, with values by chance.

use fastrand::Rng;
use icws_mock::Control;
use icws_spec::Api;
use icws_spec::api::{Location, Operation, Resource};
use serde_json::{Value, json};

use crate::damage;
use crate::values::{Values, on_wire};

/// What a session has to show.
pub struct Session {
    pub id: String,
    pub token: String,
    pub cookie: String,
}

impl Session {
    pub fn headers(&self) -> String {
        let Session { token, cookie, .. } = self;
        format!("Cookie: {cookie}\r\nININ-ICWS-CSRF-Token: {token}\r\n")
    }
}

/// What is sent over one connection.
#[derive(Clone)]
pub struct Case {
    /// The parts that are written one after the other.
    pub pieces: Vec<Vec<u8>>,
    /// Whether the client says that it sends no more.
    pub half_closes: bool,
    /// Whether it closes the connection without reading.
    pub leaves: bool,
    /// Whether there is nothing wrong with its HTTP.
    pub is_sound: bool,
}

impl Case {
    /// Whether it turns to the control, where failures can be asked for.
    pub fn is_of_control(&self) -> bool {
        let all = self.pieces.concat();
        all.windows(5).any(|window| window == b"/mock")
    }

    pub fn shown(&self) -> Vec<u8> {
        let head = format!(
            "\n===== half closes: {}, leaves: {}\n",
            self.half_closes, self.leaves
        );
        [head.into_bytes(), self.pieces.join(&b"\n--\n"[..])].concat()
    }
}

/// What the control takes, with bodies that mean something.
const CONTROL: &[(&str, &str)] = &[
    ("GET /mock", ""),
    ("GET /mock/world", ""),
    ("GET /mock/requests", ""),
    (
        "POST /mock/callbacks",
        r#"{"target":"+1","subject":"s","attributes":{"A":"b"},"attempts":1}"#,
    ),
    (
        "PATCH /mock/callbacks/{call}",
        r#"{"attempts":2,"snoozed":true,"name":null}"#,
    ),
    ("POST /mock/interactions", r#"{"interactionId":"5"}"#),
    (
        "PATCH /mock/interactions/{call}",
        r#"{"attributes":{"a":"b"},"denied":false}"#,
    ),
    ("DELETE /mock/interactions/{call}", ""),
    (
        "POST /mock/calls",
        r#"{"workgroup":"Sales","user":"agent1","remote":"+1","name":"Ada"}"#,
    ),
    (
        "POST /mock/interactions/{call}/pickup",
        r#"{"user":"agent1"}"#,
    ),
    (
        "POST /mock/interactions/{call}/transfer",
        r#"{"workgroup":"Support"}"#,
    ),
    (
        "POST /mock/interactions/{call}/write",
        r#"{"who":"Ada","text":"t"}"#,
    ),
    ("POST /mock/interactions/{call}/disconnect", ""),
    (
        "POST /mock/notifications",
        r#"{"objectId":"o","eventId":"e","data":["a"]}"#,
    ),
    (
        "POST /mock/subscriptions/queues.subscribe",
        r#"{"state":"suspended"}"#,
    ),
    (
        "POST /mock/subscriptions/queues.subscribe",
        r#"{"state":"faulted"}"#,
    ),
    ("POST /mock/live", r#"{"count":3}"#),
    (
        "PUT /mock/world/{table}/{item}",
        r#"{"id":"a","configurationId":{"id":"a"},"members":[]}"#,
    ),
    (
        "PATCH /mock/world/{table}/{item}",
        r#"{"id":"b","statusId":null,"attributes":{},"queues":[],"chat":{}}"#,
    ),
    ("DELETE /mock/world/{table}/{item}", ""),
    ("DELETE /mock/sessions/{session}", ""),
    (
        "POST /mock/sessions/{session}/disconnect",
        r#"{"reason":"r","shouldReconnect":true}"#,
    ),
    (
        "POST /mock/messages?session={session}",
        r#"{"__type":"urn:x","isDelta":false}"#,
    ),
    (
        "POST /mock/faults",
        r#"{"fault":"answer","status":500,"errorId":"e","errorCode":1,"message":"m"}"#,
    ),
    (
        "POST /mock/faults",
        r#"{"fault":"truncateJson","operation":"messaging.poll"}"#,
    ),
    ("POST /mock/faults", r#"{"fault":"dropMidAnswer"}"#),
    (
        "POST /mock/faults/random",
        r#"{"seed":1,"rate":0.5,"faults":[{"fault":"expireSession"}]}"#,
    ),
    ("POST /mock/tokens", r#"{"singleSignOnToken":"t"}"#),
    ("GET /mock/state", ""),
    ("GET /mock/sessions?details", ""),
    ("POST /mock/sessions", r#"{"user":"agent"}"#),
    ("POST /mock/sessions/{session}/drop", ""),
    (
        "POST /mock/sessions/{session}/try",
        r#"{"method":"PUT","path":"/status/user-statuses/agent","headers":{"Accept":"*/*"},"body":{"statusId":"Available"}}"#,
    ),
    ("POST /mock/interactions/{call}/hold", r#"{"on":true}"#),
    ("POST /mock/interactions/{call}/mute", r#"{"on":true}"#),
    ("POST /mock/chats", r#"{"workgroup":"Sales","name":"Ada"}"#),
    (
        "POST /mock/users/agent/status",
        r#"{"statusId":"Available"}"#,
    ),
    ("POST /mock/users/agent/station", r#"{"station":null}"#),
    ("PUT /mock/tick", r#"{"milliseconds":50000}"#),
    (
        "GET /mock/traffic?after=1&limit=10&session={session}&status=2xx&text=a",
        "",
    ),
    ("GET /mock/traffic/1?secrets", ""),
    ("GET /mock/traffic/har", ""),
    ("GET /mock/model/types/common.error", ""),
    ("DELETE /mock/faults/1", ""),
];

/// Bodies in which the names fit the world, by the ends of the paths.
const BODIES: &[(&str, &str)] = &[
    (
        "/queues/{subscriptionId}",
        r#"{"queueIds":[{"queueType":1,"queueName":"agent1"},{"queueType":"2","queueName":"Sales"}],
            "attributeNames":["Eic_State"]}"#,
    ),
    (
        "/subscriptions/status/user-statuses",
        r#"{"userIds":["agent1"]}"#,
    ),
    (
        "/statistics/statistic-values/{subscriptionId}",
        r#"{"statisticKeys":[{"statisticIdentifier":"mock.workgroup:interactionsWaiting",
            "parameterValueItems":[{"parameterTypeId":"mock.workgroup","value":"Sales"}]}]}"#,
    ),
    (
        "/user-statuses/{userId}",
        r#"{"statusId":"At Lunch","notes":"n"}"#,
    ),
    ("/hold", r#"{"on":true}"#),
    ("/chat/send-message", r#"{"text":"t"}"#),
    ("/callback/disposition", r#"{"disposition":2}"#),
];

/// Makes requests.
pub struct Requests<'a> {
    api: &'a Api,
    control: &'a Control,
    rng: &'a mut Rng,
}

impl<'a> Requests<'a> {
    pub fn new(api: &'a Api, control: &'a Control, rng: &'a mut Rng) -> Self {
        Requests { api, control, rng }
    }

    fn chance(&mut self, percent: u8) -> bool {
        self.rng.u8(..100) < percent
    }

    pub fn case(&mut self, session: &Session) -> Case {
        let mut all = Vec::new();
        let mut is_sound = true;
        let count = if self.chance(15) {
            self.rng.usize(2..5)
        } else {
            1
        };
        for _ in 0..count {
            all.extend(self.request(session, &mut is_sound));
        }
        if self.chance(40) {
            damage::bytes(&mut all, self.rng);
            is_sound = false;
        }
        if self.chance(2) {
            all = (0..self.rng.usize(..2_000))
                .map(|_| self.rng.u8(..))
                .collect();
            is_sound = false;
        }
        let mut pieces = vec![all];
        while self.chance(20) {
            let last = pieces.pop().unwrap_or_default();
            let (first, second) = last.split_at(self.rng.usize(..=last.len()));
            pieces.extend([first.to_vec(), second.to_vec()]);
        }
        let leaves = self.chance(5);
        let mut case = Case {
            pieces,
            // What lacks its end is waited for, which takes time.
            half_closes: self.chance(95),
            leaves,
            is_sound: is_sound && !leaves,
        };
        // What was asked of the control must not happen later, to a good request.
        case.leaves &= !case.is_of_control();
        case
    }

    fn request(&mut self, session: &Session, is_sound: &mut bool) -> Vec<u8> {
        let (line, body) = if self.chance(25) {
            self.of_control(session, is_sound)
        } else {
            self.of_model(session)
        };
        let mut body = match body {
            Some(mut body) => {
                while self.chance(30) {
                    damage::json(&mut body, self.rng);
                }
                body.to_string().into_bytes()
            }
            None => Vec::new(),
        };
        if self.chance(5) {
            damage::bytes(&mut body, self.rng);
        }
        let mut head = format!("{line} HTTP/1.1\r\nHost: localhost\r\n");
        if self.chance(97) {
            head += &session.headers();
        }
        if line.starts_with("POST /mock") && self.chance(95) {
            head += "Content-Type: application/json\r\n";
        }
        for (percent, header) in [
            (90, "Accept-Language: en-us\r\n"),
            (10, "Accept: text/event-stream\r\n"),
            (10, "Range: items=0-1\r\n"),
            (5, "Origin: http://localhost\r\n"),
            (50, "Content-Type: application/vnd.inin.icws+JSON\r\n"),
        ] {
            if self.chance(percent) {
                head += header;
            }
        }
        match self.rng.u8(..20) {
            0 => {
                *is_sound = false;
                let length = self.rng.usize(..2 * body.len() + 2);
                head += &format!("Content-Length: {length}\r\n");
            }
            1..4 => {
                body = damage::chunked(&body, self.rng);
                head += "Transfer-Encoding: chunked\r\n";
            }
            _ => head += &format!("Content-Length: {}\r\n", body.len()),
        }
        [head.into_bytes(), b"\r\n".to_vec(), body].concat()
    }

    fn of_control(&mut self, session: &Session, is_sound: &mut bool) -> (String, Option<Value>) {
        // A connection can be asked to break.
        *is_sound = false;
        let (line, body) = CONTROL[self.rng.usize(..CONTROL.len())];
        let table = self.rng.choice(self.control.tables()).unwrap_or_default();
        let item = self.rng.choice(self.control.items(&table).into_keys());
        let item = damage::encoded(&item.unwrap_or_default());
        let line = line
            .replace("{session}", &session.id)
            .replace("{table}", &table)
            .replace("{item}", &item)
            .replace("{call}", &self.interaction());
        (line, serde_json::from_str(body).ok())
    }

    fn of_model(&mut self, session: &Session) -> (String, Option<Value>) {
        let operations: Vec<_> = self.api.operations().collect();
        let Some((resource, operation)) = self.rng.choice(operations) else {
            return ("GET /".to_owned(), None);
        };
        let line = format!(
            "{} {}",
            operation.method,
            self.target(resource, operation, session)
        );
        let known = BODIES.iter().find(|(end, _)| resource.path.ends_with(end));
        let body = match known {
            Some((_, body)) if self.chance(70) => serde_json::from_str(body).ok(),
            _ => {
                let (api, rng) = (self.api, &mut *self.rng);
                let body = operation.body.as_ref();
                body.map(|ty| on_wire(&Values { api, rng }.value(ty, 0)))
            }
        };
        // One that none is asked for is passed over.
        let body = body.or_else(|| self.chance(10).then(|| json!({})));
        (line, body)
    }

    fn target(&mut self, resource: &Resource, operation: &Operation, session: &Session) -> String {
        let mut target = String::new();
        for piece in resource.path.split('/').filter(|piece| !piece.is_empty()) {
            target.push('/');
            match piece.strip_prefix('{') {
                Some("sessionId}") if self.chance(98) => target += &session.id,
                Some("interactionId}") if self.chance(90) => target += &self.interaction(),
                Some(name) => {
                    let name = name.to_ascii_lowercase();
                    target += &match () {
                        () if self.chance(20) => damage::text(self.rng),
                        () if name.starts_with("userid") => "agent1".to_owned(),
                        () => self.configured(&resource.path),
                    };
                }
                None => target += piece,
            }
        }
        let parameters = operation.given();
        let query = parameters.filter(|(_, parameter)| parameter.location == Location::Query);
        for (number, (_, parameter)) in query.enumerate() {
            if parameter.required || self.chance(30) {
                target.push(if number == 0 { '?' } else { '&' });
                target += &format!("{}={}", parameter.name, damage::text(self.rng));
            }
        }
        target
    }

    fn interaction(&mut self) -> String {
        let ids = self.control.items("interactions").into_keys();
        damage::encoded(&self.rng.choice(ids).unwrap_or_default())
    }

    /// An item of a list of the configuration, if the path is one of one.
    fn configured(&mut self, path: &str) -> String {
        let list = path.split("/{id}").next().unwrap_or_default();
        let table = list.trim_start_matches("/icws/{sessionId}/");
        let ids = self.control.items(table).into_keys();
        damage::encoded(&self.rng.choice(ids).unwrap_or_else(|| "w1".to_owned()))
    }
}
