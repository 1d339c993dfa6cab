//! Models that build on the shipped one: what they change is otherwise, and all else
//! is as it was.

use icws_spec::api::{Operation, Property, Record};
use icws_spec::diff::Diff;
use icws_spec::facts::type_name;
use icws_spec::{Model, ModelSource};

use crate::extends_findings::only_finding;

pub fn load(text: &str) -> Model {
    let text = format!("icws: 1\nextends: shipped\nnamespace: acme\n{text}");
    Model::load(ModelSource::Inline(&text)).unwrap()
}

/// A model without findings.
fn sound(text: &str) -> Model {
    let model = load(text);
    assert!(model.findings().is_empty(), "{}", model.findings()[0]);
    model
}

/// A change of the callback message, whose properties begin in line 8.
pub fn callback(properties: &str) -> String {
    format!(
        "changes:\n  messages:\n    interactions.callback.callbackMessage:\n      properties:\n{properties}"
    )
}

fn record<'a>(model: &'a Model, id: &str) -> &'a Record {
    model.api().records.iter().find(|r| r.id() == id).unwrap()
}

fn property<'a>(model: &'a Model, name: &str) -> &'a Property {
    let message = record(model, "interactions.callback.callbackMessage");
    let mut properties = message.properties.iter();
    properties.find(|property| property.name == name).unwrap()
}

fn operation<'a>(model: &'a Model, method: &str, path: &str) -> &'a Operation {
    let mut resources = model.api().resources.iter();
    let resource = resources.find(|resource| resource.path == path).unwrap();
    let mut operations = resource.operations.iter();
    operations.find(|o| o.method == method).unwrap()
}

fn statuses(operation: &Operation) -> Vec<u16> {
    let replies = operation.replies.iter();
    let statuses = (200..600).filter(|code| replies.clone().any(|r| r.status.is(*code)));
    statuses.collect()
}

/// The rules of what changed from the shipped model, with their items.
fn changed(model: &Model) -> Vec<String> {
    let shipped = crate::shipped();
    let diff = Diff::between(shipped, model);
    let findings = diff.findings.iter();
    findings
        .flat_map(|finding| {
            let sites = finding.sites.iter();
            sites.map(|site| format!("{} {}", finding.rule.id, site.subject))
        })
        .collect()
}

pub const VERSION: &str = "/icws/connection/version";

#[test]
fn a_model_that_changes_nothing_is_the_shipped_one() {
    assert!(changed(&sound("")).is_empty());
}

#[test]
fn a_change_replaces_the_key_that_it_names_and_no_other() {
    let shipped = crate::shipped();
    let model = sound(&callback(
        "        attempts: { type: long }\n        priority: { type: int, doc: How urgent it is. }\n",
    ));
    let attempts = property(&model, "attempts");
    assert_eq!(type_name(model.api(), &attempts.ty), "long");
    assert_eq!(attempts.doc, property(shipped, "attempts").doc);
    let priority = property(&model, "priority");
    assert_eq!(priority.doc, "How urgent it is.");
    // What is added belongs to the file that it is added to.
    assert_eq!(priority.since, attempts.since);
    let message = "interactions.callback.callbackMessage";
    let version = format!("version-not-raised {message}");
    assert_eq!(
        changed(&model)
            .into_iter()
            .filter(|c| *c != version)
            .collect::<Vec<_>>(),
        [
            format!("type-widened {message}"),
            format!("property-added {message}"),
        ]
    );
}

#[test]
fn statuses_are_added_taken_away_and_completed() {
    let model = sound(&format!(
        "changes:\n  resources:\n    {VERSION}:\n      GET: {{ replies: {{ 409: conflict, 410: ~, 400: {{ doc: Ours. }} }} }}\n"
    ));
    let get = operation(&model, "GET", VERSION);
    assert_eq!(statuses(get), [200, 400, 409, 500]);
    let reply = get
        .replies
        .iter()
        .find(|reply| reply.status.is(400))
        .unwrap();
    assert_eq!(reply.doc, "Ours.");
    assert!(
        reply.body.is_some(),
        "the shared reply is still the rest of it"
    );
}

#[test]
fn the_number_of_a_value_gets_a_text() {
    let model = sound(
        "changes:\n  enums:\n    queues.queueType: { values: { User: { doc: Of one user. }, Line: 4 } }\n",
    );
    let enums = &model.api().enums;
    let queues = enums.iter().find(|e| e.id() == "queues.queueType").unwrap();
    let values: Vec<_> = queues
        .values
        .iter()
        .map(|v| (v.name.as_str(), v.number, v.doc.as_str()))
        .collect();
    assert_eq!(values[1], ("User", 1, "Of one user."));
    assert_eq!(values[4], ("Line", 4, ""));
}

#[test]
fn parameters_are_merged_by_their_names_and_ids() {
    let shipped = crate::shipped();
    let path = resource_of(shipped, "recordedUserId");
    let model = sound(&format!(
        "changes:\n  resources:\n    {path}:\n      parameters: [{{ name: recordedUserId, type: int }}, {{ name: most, in: query, type: int }}, orderBy]\n"
    ));
    let types = |model: &Model| -> Vec<(String, String)> {
        let mut resources = model.api().resources.iter();
        let resource = resources.find(|resource| resource.path == path).unwrap();
        let parameters = resource.operations[0].parameters.iter();
        let types = parameters.map(|p| (p.name.clone(), type_name(model.api(), &p.ty)));
        types.collect()
    };
    let mut expected = types(shipped);
    for (name, ty) in &mut expected {
        if name == "recordedUserId" {
            assert_eq!(ty, "string");
            "int".clone_into(ty);
        }
    }
    for (name, ty) in [("most", "int"), ("orderBy", "string")] {
        expected.push((name.to_owned(), ty.to_owned()));
    }
    assert_eq!(types(&model), expected);
}

/// The path of the first resource with a parameter.
fn resource_of(model: &Model, parameter: &str) -> String {
    let mut resources = model.api().resources.iter();
    let has = |o: &Operation| o.parameters.iter().any(|p| p.name == parameter);
    let resource = resources.find(|r| r.operations.iter().any(has)).unwrap();
    resource.path.clone()
}

/// The messages that follow a subscription.
fn messages(model: &Model, path: &str) -> Vec<String> {
    let replies = &operation(model, "PUT", path).replies;
    let reply = replies.iter().find(|reply| reply.status.is(200)).unwrap();
    let messages = reply.messages.iter();
    messages.map(|id| model.api()[*id].id()).collect()
}

#[test]
fn messages_are_added_to_those_that_follow() {
    let path = "/icws/{sessionId}/messaging/subscriptions/queues/{subscriptionId}";
    let model = sound(&format!(
        "changes:\n  resources:\n    {path}:\n      PUT: {{ replies: {{ 200: {{ messages: [interactions.callback.callbackMessage] }} }} }}\n"
    ));
    assert_eq!(
        messages(&model, path),
        [
            "queues.queueContentsMessage",
            "queues.queueSubscriptionStateMessage",
            "interactions.callback.callbackMessage",
        ]
    );
}

#[test]
fn items_are_taken_out_of_lists() {
    let path = "/icws/{sessionId}/messaging/subscriptions/queues/{subscriptionId}";
    let change = |messages: &str| {
        format!(
            "changes:\n  resources:\n    {path}:\n      PUT: {{ replies: {{ 200: {{ messages: {messages} }} }} }}\n"
        )
    };
    let model = sound(&change(
        "[{ queueSubscriptionStateMessage: ~ }, interactions.callback.callbackMessage]",
    ));
    assert_eq!(
        messages(&model, path),
        [
            "queues.queueContentsMessage",
            "interactions.callback.callbackMessage",
        ]
    );
    let finding = only_finding(&change("[{ queueContentMessage: ~ }]"));
    assert_eq!((finding.rule, finding.line), ("unknown-target", 7));
    assert_eq!(
        finding.help.as_deref(),
        Some("did you mean `queueContentsMessage`?")
    );

    let shipped = crate::shipped();
    let path = resource_of(shipped, "orderBy");
    let method = &shipped
        .api()
        .resources
        .iter()
        .find(|resource| resource.path == path)
        .unwrap()
        .operations
        .iter()
        .find(|operation| operation.parameters.iter().any(|p| p.name == "orderBy"))
        .unwrap()
        .method;
    let model = sound(&format!(
        "changes:\n  resources:\n    {path}:\n      {method}: {{ parameters: [{{ orderBy: ~ }}] }}\n"
    ));
    let parameters = &operation(&model, method, &path).parameters;
    assert!(parameters.iter().all(|p| p.name != "orderBy"));
    let before = &operation(shipped, method, &path).parameters;
    assert_eq!(parameters.len() + 1, before.len());
}

#[test]
fn the_paths_that_tell_an_object_apart_are_replaced() {
    let shipped = crate::shipped();
    let mut records = shipped.api().records.iter();
    let found = records.find(|r| r.identity == [["configurationId", "id"]] && r.base.is_none());
    let found = found.unwrap();
    let model = sound(&format!(
        "changes:\n  objects: {{ {}: {{ id: [configurationId.uri] }} }}\n",
        found.id()
    ));
    assert_eq!(
        record(&model, &found.id()).identity,
        [["configurationId", "uri"]]
    );
}

#[test]
fn a_thing_of_ours_uses_those_of_the_extended_model() {
    let model = sound(
        "objects:\n  ticket: { properties: { callback: { type: interactions.callback.callbackMessage } } }\n\
         resources:\n  /icws/{sessionId}/acme/tickets:\n    parameters: [csrfToken, cookie, sessionId]\n    \
         GET: { name: list, replies: { 200: { body: list ticket }, 404: notFound } }\n",
    );
    let list = operation(&model, "GET", "/icws/{sessionId}/acme/tickets");
    assert_eq!(list.namespace, "acme");
    assert_eq!(statuses(list), [200, 404]);
}

#[test]
fn the_files_of_the_shipped_model_can_be_watched() {
    let model = sound("");
    let mut files = model.sources().files().skip(1);
    assert!(files.all(|(_, file)| file.extended && file.absolute.as_ref().unwrap().is_file()));
}

#[test]
fn the_readme_shows_changes_that_are_made() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let (_, section) = readme
        .split_once("## Building on the shipped model\n")
        .unwrap();
    let (_, block) = section.split_once("```yaml\n").unwrap();
    let (text, _) = block.split_once("```").unwrap();
    let model = crate::sound(ModelSource::Inline(text));
    assert_eq!(
        statuses(operation(&model, "GET", VERSION)),
        [200, 400, 409, 500]
    );
    assert!(changed(&model).contains(&"enum-value-added queues.queueType".to_owned()));
}

/// A part of a resource that the shipped model has, too.
const PART: &str = "resources:
  /icws/{sessionId}/configuration/contact-list-sources:
    parameters: [csrfToken, cookie, sessionId]
";

const TOUCH: &str = "    PATCH:
      name: touch
      doc: Touches them all.
      replies:
        204: {}
";

#[test]
fn parts_of_one_resource_are_compared_each_with_its_own() {
    let with_operation = format!("{PART}{TOUCH}");
    for text in [PART, &with_operation] {
        let model = sound(text);
        assert_eq!(Diff::between(&model, &model).findings, [], "{text}");
    }
    let diff = Diff::between(&sound(PART), &sound(&with_operation));
    let rules: Vec<_> = diff.findings.iter().map(|found| found.rule.id).collect();
    assert_eq!(rules, ["version-not-raised", "operation-added"]);
}
