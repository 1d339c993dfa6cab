//! The expansion stands on its own feet: no prelude, hostile names around it
//! and in the model.

#![no_implicit_prelude]
#![deny(warnings)]
// Nobody uses what is only in the way.
#![allow(dead_code)]
#![allow(non_camel_case_types)]

mod hostile {
    pub struct Option;
    pub struct String;
    pub struct Vec;
    pub struct Result;
    pub struct Some;
    pub struct None;
    pub struct Ok;
    pub struct Err;
    pub struct str;
    pub struct bool;
    pub struct usize;
    pub trait Clone {}
    pub trait Debug {}
    pub trait Into {}
    pub mod core {}
    pub mod std {}
    pub mod icws_generated {}

    ::icws_generated::bindings!(
        inline: r#"
            icws: 1
            namespace: option.some
            messages:
              option:
                urn: urn:example:option
                delta: { flag: flag, key: index }
                properties:
                  flag: { type: boolean, required: true }
                  index: { type: string, required: true }
                  string: { type: string }
                  result: { type: ok, nullable: true }
                  reader: { type: list double, delta: replace }
                  formatter: { type: string }
                  state: { type: string }
            objects:
              ok:
                properties:
                  value: { type: float, required: true, nullable: true }
                  self: { type: string, required: true, rust_name: this }
            resources:
              /icws/{value}/{index}/{operation}:
                parameters:
                  - { name: value, in: path, type: string, required: true }
                  - { name: index, in: path, type: string, required: true }
                  - { name: operation, in: path, type: string, required: true }
                  - { name: reply, in: query, type: boolean }
                PUT:
                  name: operation
                  replies:
                    200: { body: ok, headers: { Location: { type: string } } }
                    202: {}
                    400: { body: ok }
                  examples:
                    one:
                      parameters: { value: a, index: b, operation: c }
                      request: PUT /icws/a/b/c
                      reply: { status: 202 }
        "#,
        tests: true
    );
}

#[test]
fn the_expansion_stands_on_its_own_feet() {
    let _ = hostile::option::some::Operation::builder()
        .index("i")
        .operation("o")
        .value("v")
        .reply(true)
        .build();
}
