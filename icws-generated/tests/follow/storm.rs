//! All subscriptions over HTTP against the world of the mock: changes by its control
//! and by operations, and whatever can go wrong. No watch takes for true what never
//! was, and in the end each of them knows what there is.

use std::collections::{BTreeMap, HashSet};
use std::time::{Duration, Instant};

use fastrand::Rng;
use icws_generated::client::{Client, Credentials, Session};
use icws_generated::runtime::Standing;
use icws_generated::status::{SetUserStatus, UserStatusUpdate};
use icws_mock::{Control, Fault, MockServer, Scenario};
use icws_spec::api::RecordId;
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::instance::Kind;
use crate::live::Live;
use crate::rules;
use crate::values::{Values, on_wire};
use crate::world::World;

const WORLD: &str = "
workgroups: [{ id: Sales }, { id: Support }]
users:
  - { count: 4, id: 'agent{n}', password: secret, workgroups: [Sales, Support] }
interactions:
  - { count: 4, workgroup: Sales, remote: '+1{n}', name: 'Caller {n}' }
  - { id: '7001', workgroup: Support, medium: Chat, name: Ada }
callbacks:
  - { workgroup: Sales, target: '+1317', subject: Invoice }
";

/// Long enough for a machine with much to do. Nothing waits for it to pass.
const PATIENCE: Duration = Duration::from_secs(60);

/// A subscription that is watched.
struct Watched<'a> {
    kind: &'a Kind<'a>,
    key: String,
    body: Value,
    user: String,
    tables: Vec<String>,
    live: Live,
    /// What was true of each of its states, in the form in which two are compared.
    truths: Vec<HashSet<String>>,
    last: Vec<Value>,
}

impl Watched<'_> {
    fn normal(&self, record: RecordId, state: &Value) -> Value {
        let api = self.kind.api;
        let omitted = World::omitted(api, record);
        let normal = rules::normal(api, &api[record], &omitted, &on_wire(state));
        // Full messages say what they are.
        let mut normal = normal;
        normal.as_object_mut().unwrap().remove("__type");
        normal
    }

    /// Learns what is true now.
    fn learn(&mut self, control: &Control) {
        let path = if self.kind.facts.key.is_some() || !self.path().is_empty() {
            vec![self.key.as_str(); self.path().len()]
        } else {
            Vec::new()
        };
        let id = self.kind.listed.id;
        let full = control.full(id, &path, self.body.clone(), &self.user);
        let records = &self.kind.records;
        assert_eq!(full.len(), records.len(), "{id}: {full:?}");
        let all = records.iter().zip(&full);
        let all: Vec<Value> = all
            .map(|(record, state)| self.normal(*record, state))
            .collect();
        for (truths, state) in self.truths.iter_mut().zip(&all) {
            truths.insert(state.to_string());
        }
        self.last = all;
    }

    fn path(&self) -> Vec<usize> {
        let given = self.kind.start.given().enumerate();
        let in_path = given
            .filter(|(_, (_, parameter))| parameter.location == icws_spec::api::Location::Path);
        in_path.map(|(index, _)| index).collect()
    }

    /// What the store knows, in the form of [`Watched::last`].
    fn known(&self) -> Option<Vec<Value>> {
        let current = self.live.current()?;
        let all = self.kind.records.iter().zip(&current);
        Some(
            all.map(|(record, state)| self.normal(*record, state))
                .collect(),
        )
    }

    fn check_heard(&self) {
        let heard = self.live.heard.lock().unwrap();
        for states in &heard.states {
            let parts = self.kind.records.iter().zip(states).zip(&self.truths);
            for ((record, state), truths) in parts {
                let state = self.normal(*record, state);
                let text = state.to_string();
                assert!(
                    truths.contains(&text),
                    "{}: never true: {text}",
                    self.kind.listed.id
                );
            }
        }
    }
}

/// The body of a subscription: of those whose area the mock knows one that shows
/// something.
fn body(kind: &Kind<'_>, rng: &mut Rng) -> Option<Value> {
    kind.start.body.as_ref()?;
    let id = kind.listed.id;
    Some(match id {
        "queues.subscribe" => json!({
            "queueIds": [{ "queueType": 2, "queueName": "Sales" }, { "queueType": 1, "queueName": "agent1" }],
            "attributeNames": ["Eic_State", "eic_remotename", "Eic_Muted"],
        }),
        "interactions.subscribe" => json!({ "attributeNames": ["Eic_State", "Note"] }),
        "status.subscribeUserStatuses" => json!({ "userIds": ["agent1", "agent2"] }),
        "status.subscribeStatusMessagesUserAccess" => json!({ "userIds": ["agent1", "agent3"] }),
        "licenses.subscribe" => json!({ "licenseList": ["A", "B"] }),
        "statistics.subscribeValues" => {
            let key = |name: &str| {
                json!({
                    "statisticIdentifier": format!("mock.workgroup:{name}"),
                    "parameterValueItems": [{ "parameterTypeId": "mock.workgroup", "value": "Sales" }],
                })
            };
            json!({ "statisticKeys": [key("interactionsWaiting"), key("agentsAvailable")] })
        }
        _ if id.starts_with("configuration.") => {
            let mut body = crate::instance::body(kind, rng)?;
            for (name, value) in [("configurationIds", json!([])), ("properties", json!([]))] {
                if body.get(name).is_some() {
                    body[name] = value;
                }
            }
            body
        }
        _ => on_wire(&crate::instance::body(kind, rng)?),
    })
}

fn key(kind: &Kind<'_>, control: &Control) -> String {
    match kind.listed.id {
        "interactions.callback.subscribe" => control.callbacks()[0].interaction_id.clone(),
        id if id.starts_with("interactions.") => "7001".to_owned(),
        _ => "s 1/ü".to_owned(),
    }
}

/// Changes something in one of the tables of a subscription, by chance.
fn change(control: &Control, watched: &Watched<'_>, rng: &mut Rng) {
    let part = rng.usize(..watched.tables.len());
    let table = &*watched.tables[part];
    let api = watched.kind.api;
    let some = |rng: &mut Rng, table: &str| {
        let ids: Vec<String> = control.items(table).into_keys().collect();
        rng.choice(ids)
    };
    match table {
        "interactions" => interaction(control, rng),
        "statistics/statistic-values" => {
            control.ring("Sales", None, "+1", "Bob");
        }
        "status/status-messages-user-access" => {
            let statuses: Vec<String> = control
                .items("status/status-messages")
                .into_keys()
                .collect();
            let count = rng.usize(..statuses.len());
            control.change_item(table, "agent1", |item| {
                item["statusMessages"] = json!(statuses[..count])
            });
        }
        "status/user-statuses" | "status/user-status-previous-info" => {
            let id = some(rng, "status/status-messages").unwrap();
            let notes = format!("n{}", rng.u8(..9));
            control.change_item("status/user-statuses", "agent1", |item| {
                item["statusId"] = json!(id);
                item["notes"] = json!(notes);
            });
            let info = json!({ "statusId": id, "notes": notes });
            control.put(
                "status/user-status-previous-info",
                &format!("agent1/{id}"),
                info,
            );
        }
        "licenses" => {
            control.put(
                table,
                "agent1/A",
                json!({ "name": "A", "isAssigned": rng.bool() }),
            );
        }
        "connection/station" => {
            let number = rng.u8(..);
            let station =
                json!({ "id": format!("s{number}"), "extension": "1", "stationSetting": 1 });
            control.put(table, &watched.user, station);
        }
        _ => {
            let record = watched.kind.records[part];
            let collection = rules::Collection::of(&api[record]);
            let mut values = Values { api, rng };
            let Some(collection) = collection else {
                let item = on_wire(&values.record(record, 0));
                let id = control.items(table).into_keys().next().unwrap();
                control.put(table, &id, item);
                return;
            };
            let number = values.rng.u64(0..6);
            if values.chance(25) {
                let ids: Vec<String> = control.items(table).into_keys().collect();
                if let Some(id) = values.rng.choice(ids) {
                    control.remove(table, &id);
                }
                return;
            }
            let property = api[record]
                .properties
                .iter()
                .find(|p| p.name == collection.name);
            let Some(id) = collection.item else {
                return;
            };
            let mut item = values.record(id, 1);
            let name = format!("i{number}");
            if !collection.is_map {
                values.identify(&mut item, id, number);
            }
            assert!(property.is_some());
            let item = on_wire(&item);
            let name = match collection.is_map {
                true => name,
                false => rules::key(api, Some(id), &item),
            };
            control.put(table, &name, item);
        }
    }
}

fn interaction(control: &Control, rng: &mut Rng) {
    let ids: Vec<String> = control.items("interactions").into_keys().collect();
    let id = rng.choice(ids).unwrap();
    let callback = control.callbacks()[0].interaction_id.clone();
    match rng.u8(..7) {
        0 => {
            control.ring("Sales", None, "+1", "Bob");
        }
        1 => {
            control.pick_up(&id, "agent1");
        }
        2 if id != "7001" && id != callback => {
            control.hang_up(&id);
        }
        3 => {
            let note = rng.u8(..).to_string();
            control.set_attributes("7001", &[("note", note.as_str()), ("Eic_Muted", "1")]);
        }
        4 => {
            let who = ["Ada", "agent1", "agent2"][rng.usize(..3)];
            control.write("7001", who, &format!("t{}", rng.u8(..)));
        }
        5 => {
            control.transfer(&id, ["Sales", "Support"][rng.usize(..2)]);
        }
        _ => {
            let number = i32::from(rng.u8(..));
            control.change(&callback, |callback| {
                callback.attempts = Some(number);
                callback.name = (number % 3 > 0).then(|| "Ada".to_owned());
            });
        }
    }
}

/// Something goes wrong.
fn trouble(control: &Control, kinds: &[Kind<'_>], rng: &mut Rng) {
    match rng.u8(..6) {
        0 | 1 => drop(control.break_streams()),
        2 => {
            if let Some(session) = rng.choice(control.sessions()) {
                control.expire_session(&session);
            }
        }
        3 => control
            .inject_fault_at("messaging.poll", Fault::DropMidAnswer)
            .unwrap(),
        4 => control
            .inject_fault_at("messaging.poll", Fault::TruncateJson)
            .unwrap(),
        _ => {
            let kind = &kinds[rng.usize(..kinds.len())];
            let standing = [Standing::Suspended, Standing::Normal, Standing::Faulted];
            control.stand(kind.listed.id, standing[rng.usize(..3)]);
        }
    }
}

/// So many sessions, so that messages which belong to all subscriptions of their type
/// can be told apart.
const SESSIONS: usize = 4;

async fn sessions(server: &MockServer) -> Vec<Session> {
    let client = Client::builder()
        .plain_http()
        .host(server.address().to_string())
        .backoff(Duration::from_millis(5), Duration::from_millis(50))
        .build()
        .unwrap();
    let mut sessions = Vec::new();
    for number in 1..=SESSIONS {
        let credentials = Credentials::password(format!("agent{number}"), "secret");
        sessions.push(client.connect(credentials).await.unwrap());
    }
    sessions
}

/// Runs a storm of so many changes.
pub async fn storm(kinds: &[Kind<'_>], messaging: u32, seed: u64, changes: u64, progress: bool) {
    let scenario: Scenario = WORLD.parse().unwrap();
    let server = MockServer::builder()
        .world(scenario)
        .features([("messaging", messaging)]);
    let server = server.start().await.unwrap();
    let control = server.control();
    let sessions = sessions(&server).await;
    let mut rng = Rng::with_seed(seed);
    let mut used: BTreeMap<RecordId, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for kind in kinds {
        let mut number = 0;
        for message in &kind.facts.messages {
            let count = used.entry(message.record).or_default();
            number = number.max(*count);
            *count += 1;
        }
        let (key, body) = (key(kind, &control), body(kind, &mut rng));
        let live = (kind.listed.connect)(&sessions[number], &key, body.as_ref()).await;
        let live = live.unwrap_or_else(|error| panic!("{}: {error}", kind.listed.id));
        let mut watched = Watched {
            kind,
            key,
            body: body.unwrap_or_default(),
            user: format!("agent{}", number + 1),
            tables: control.tables_of(kind.listed.id),
            live,
            truths: vec![HashSet::new(); kind.records.len()],
            last: Vec::new(),
        };
        // The body as the client sends it.
        if !watched.body.is_null() {
            watched.body = sent(&control, kind.listed.id);
        }
        watched.learn(&control);
        all.push(watched);
    }
    let start = Instant::now();
    for step in 0..changes {
        let index = rng.usize(..all.len());
        if !all[index].tables.is_empty() {
            change(&control, &all[index], &mut rng);
        }
        if rng.u8(..20) == 0 {
            // By an operation, which a fault may hit: then nobody knows.
            let update = UserStatusUpdate::new(["Available", "At Lunch"][rng.usize(..2)]);
            let set = SetUserStatus::builder()
                .user_id("agent2")
                .body(update)
                .build();
            let _ = sessions[0].call(set).await;
        }
        for watched in &mut all {
            watched.learn(&control);
        }
        if rng.u8(..10) == 0 {
            trouble(&control, kinds, &mut rng);
        }
        if rng.u8(..4) == 0 {
            sleep(Duration::from_millis(rng.u64(..8))).await;
        }
        if progress && (step + 1) % (changes / 100).max(1) == 0 {
            let seconds = start.elapsed().as_secs();
            eprint!(
                "\r{:3} % of {changes} changes, {seconds} s",
                100 * (step + 1) / changes
            );
        }
    }
    control.clear_faults();
    for watched in &mut all {
        watched.learn(&control);
        settle(watched).await;
        watched.check_heard();
        let heard = watched.live.heard.lock().unwrap();
        assert!(!heard.has_ended, "{} has ended", watched.kind.listed.id);
    }
    let gaps: usize = all
        .iter()
        .map(|watched| watched.live.heard.lock().unwrap().gaps.len())
        .sum();
    assert!(gaps > 0, "nothing went wrong");
}

/// Waits until the store has what there is.
async fn settle(watched: &Watched<'_>) {
    let start = Instant::now();
    loop {
        let known = watched.known();
        let is_stateless = watched.kind.records.is_empty();
        if is_stateless || known.as_ref() == Some(&watched.last) {
            return;
        }
        let id = watched.kind.listed.id;
        assert!(
            start.elapsed() < PATIENCE,
            "{id}: {known:?}, but true is {:?}; {:?}",
            watched.last,
            watched.live.heard.lock().unwrap().gaps.last()
        );
        sleep(Duration::from_millis(5)).await;
    }
}

/// The body of the last request of an operation.
fn sent(control: &Control, operation: &str) -> Value {
    let mut requests = control.requests().into_iter();
    let last = requests.rfind(|request| request.operation.as_deref() == Some(operation));
    serde_json::from_slice(&last.unwrap().body).unwrap_or_default()
}
