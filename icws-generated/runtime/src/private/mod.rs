//! What generated code names, and nothing that programs should: it may change
//! with any version.

mod names;
pub mod testing;

pub use crate::builder::{Missing, Provided, Set};
pub use crate::exchange::{
    ApiError, Arguments, Body, Call, Challenge, Content, DecodeError, Failure, LongOperation,
    Operation, PagedOperation, Parameter, ParameterError, Property, REQUEST_ID, RawReply, Request,
    RequestHead, Response, Route, RouteError, Selecting, Sessionless, SessionlessOperation, Start,
    ToBody, Unexpected, accepted_by_record, accepted_by_union, decode_request, enum_read_text,
    enum_to_text, route, text_of,
};
pub use crate::json::{
    Blank, Boxed, CaseMap, Collection, DateTime, Dynamic, Enumeration, Field, Item, Items, Keyed,
    List, Maybe, Moment, Optional, Partial, Patch, ReadError, Reader, Record, Row, Seconds, Secret,
    Seen, Shape, ShapeMut, Sorted, Union, UnknownObject, UnknownProperties, Value, Visitor, Writer,
    clone_record, debug_record, debug_row, debug_union, eq_record, eq_union, key_of, option_of,
    read_enum, read_new, read_union, visit_enum, visit_union, write_enum, write_union,
};
pub use crate::messages::{
    Arriving, Batch, Cache, Collected, Delta, DeltaState, FollowedMeta, StandingMeta, Step,
    Subscription, SubscriptionKind, add_entries, add_items, add_texts, append, change_entries,
    change_items, clone_state, is_row, merge_cases, merge_entries, merge_nothing, merge_object,
    remove_entries, remove_items, remove_texts,
};
pub use crate::meta::{
    DeltaMeta, EnumMeta, FeatureVersion, Location, MergeMeta, OperationMeta, ParameterMeta,
    PropertyMeta, RecordMeta, Segment, Supplier,
};
pub use crate::session::{ApiSession, Features, Server};
pub use crate::shown::{Shown, without_user};
// Without the feature `serde` the macro makes nothing.
pub use crate::__serde as serde;
#[cfg(feature = "serde")]
pub use crate::json::serde;
pub use http::Method;
pub use icws_macros::bindings;
pub use names::*;
