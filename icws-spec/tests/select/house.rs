//! A small model whose namespaces share what can be shared.

use std::fs;
use std::path::PathBuf;

/// The files: path and text.
const FILES: &[(&str, &str)] = &[
    (
        "icws.yaml",
        r#"
icws: 1
include: [common.yaml, desk.yaml, lamps.yaml, hall.yaml, garden.yaml, shed.yaml]
features: { house: { doc: Houses. } }
parameters:
  sessionId: { name: sessionId, in: path, type: string, required: true, session: id }
"#,
    ),
    // A base with options in other namespaces; objects that hold each other.
    (
        "common.yaml",
        r#"
icws: 1
namespace: common
enums:
  look: { values: { Plain: 0, Carved: 1 } }
  unused: { values: { One: 1 } }
objects:
  error: { urn: "urn:common:error", properties: { message: { type: string } } }
  left: { properties: { right: { type: right } } }
  right: { properties: { left: { type: left }, look: { type: look } } }
  unusedObject: { properties: { look: { type: unused } } }
  message: { abstract: true, urn: "urn:common:message", properties: { isDelta: { type: boolean, required: true } } }
  tool: { abstract: true, urn: "urn:common:tool", properties: { handle: { type: string } } }
"#,
    ),
    // A subscription, and a parameter that others call by the same name.
    (
        "desk.yaml",
        r#"
icws: 1
namespace: desk
objects:
  deskError: { urn: "urn:desk:deskError", base: common.error, properties: { drawer: { type: drawer } } }
  hammer: { urn: "urn:desk:hammer", base: common.tool, properties: {} }
  mallet: { urn: "urn:desk:mallet", base: hammer, properties: {} }
  drawer: { properties: { left: { type: common.left } } }
  spare: { properties: { text: { type: string } } }
messages:
  deskMessage: { urn: "urn:desk:deskMessage", base: common.message, delta: { flag: isDelta, key: deskId }, properties: { deskId: { type: string, required: true } } }
resources:
  /icws/{sessionId}/desks/{deskId}:
    parameters: [sessionId, { name: deskId, in: path, type: string, required: true, doc: The desk. }]
    PUT: { name: watch, replies: { 200: { messages: [deskMessage] }, 404: { body: common.error } } }
    DELETE: { name: unwatch, replies: { 204: {}, 404: { body: common.error } } }
"#,
    ),
    // Below `desk`; says something else of the parameter.
    (
        "lamps.yaml",
        r#"
icws: 1
namespace: desk.lamps
objects:
  lamp: { properties: { look: { type: common.look }, bulbs: { type: map list bulb } } }
  bulb: { properties: { watts: { type: int }, warm: { type: boolean, since: house 3 } } }
resources:
  /icws/{sessionId}/lamps/{deskId}:
    parameters: [sessionId, { name: deskId, in: path, type: string, required: true, doc: The desk below the lamp. }]
    GET: { name: getLamp, replies: { 200: { body: lamp }, 404: {} } }
"#,
    ),
    // Another spelling of the parameter; a message that others derive from.
    (
        "hall.yaml",
        r#"
icws: 1
namespace: hall
messages:
  changed: { urn: "urn:hall:changed", base: common.message, properties: { at: { type: dateTime } } }
  opened: { urn: "urn:hall:opened", base: changed, properties: { by: { type: person } } }
objects:
  person: { properties: { friends: { type: list person } } }
resources:
  /icws/{sessionId}/doors:
    parameters: [sessionId, { name: deskID, in: query, type: string, required: true, doc: The desk at the door. }]
    PUT: { name: watchDoors, replies: { 200: { messages: [changed, garden.rained] } } }
    POST: { name: close, since: house 2, body: person, replies: { 204: {} } }
"#,
    ),
    // Messages alone, one of them with a base in another namespace.
    (
        "garden.yaml",
        r#"
icws: 1
namespace: garden
objects:
  flower: { properties: { look: { type: common.look } } }
  rake: { urn: "urn:garden:rake", base: common.tool, properties: { for: { type: flower } } }
messages:
  bloomed: { urn: "urn:garden:bloomed", base: hall.changed, properties: { flower: { type: flower } } }
  rained: { urn: "urn:garden:rained", base: common.message, properties: { litres: { type: double } } }
"#,
    ),
    // One of a base is asked for.
    (
        "shed.yaml",
        r#"
icws: 1
namespace: shed
resources:
  /icws/{sessionId}/shed:
    parameters: [sessionId]
    GET: { name: getTools, replies: { 200: { body: list common.tool } } }
"#,
    ),
];

/// Writes the model into a folder of one test alone.
pub fn folder(name: &str) -> PathBuf {
    let folder = crate::scratch(module_path!(), format!("house-{name}"));
    fs::create_dir_all(&folder).unwrap();
    for (path, text) in FILES {
        fs::write(folder.join(path), text).unwrap();
    }
    folder
}
