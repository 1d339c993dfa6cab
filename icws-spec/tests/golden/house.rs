// @generated

/// The namespace `house`.
#[allow(dead_code)]
pub mod house {
    /// A room: its \[size\] and what is in it.
    ///
    /// The object `room`, `urn:example:house:room`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct Room {
        /// In square metres.
        ///
        /// `size`, required.
        pub size: ::core::primitive::f64,
        /// `type`.
        ///
        /// `type`, optional, may be null.
        pub r#type: ::icws_generated::runtime::Field<::std::string::String>,
        /// `things`.
        ///
        /// `things`, optional.
        ///
        /// Since `house 3`.
        pub things: ::core::option::Option<::std::vec::Vec<::std::string::String>>,
        /// `next`.
        ///
        /// `next`, optional.
        pub next: ::core::option::Option<::std::vec::Vec<super::house::Room>>,
    }
    impl Room {
        /// With the required properties; the others are absent until set.
        pub fn new(size: ::core::primitive::f64) -> Self {
            Self {
                size,
                r#type: ::icws_generated::runtime::Field::Absent,
                things: ::core::option::Option::None,
                next: ::core::option::Option::None,
            }
        }
    }
    impl ::icws_generated::runtime::Record for Room {
        const META: &'static ::icws_generated::runtime::RecordMeta = &::icws_generated::runtime::RecordMeta {
            name: "Room",
            urn: ::core::option::Option::Some("urn:example:house:room"),
            typed: false,
            since: ::core::option::Option::Some(::icws_generated::runtime::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[
                ("size", true),
                ("type", false),
                ("things", false),
                ("next", false),
            ],
            newer: &[
                (
                    2usize,
                    ::icws_generated::runtime::FeatureVersion {
                        feature: "house",
                        version: 3u32,
                    },
                ),
            ],
        };
        fn field(
            &self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &self.size,
                    1usize => &self.r#type,
                    2usize => &self.things,
                    3usize => &self.next,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn field_mut(
            &mut self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &mut self.size,
                    1usize => &mut self.r#type,
                    2usize => &mut self.things,
                    3usize => &mut self.next,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn blank() -> Self {
            Room {
                size: 0.0,
                r#type: ::icws_generated::runtime::Field::Absent,
                things: ::core::option::Option::None,
                next: ::core::option::Option::None,
            }
        }
    }
    impl ::core::clone::Clone for Room {
        fn clone(&self) -> Self {
            ::icws_generated::runtime::clone_record(self)
        }
    }
    impl ::core::cmp::PartialEq for Room {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            ::icws_generated::runtime::eq_record(self, other)
        }
    }
    impl ::core::fmt::Debug for Room {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::icws_generated::runtime::debug_record(self, formatter)
        }
    }
    /// `bellMessage`.
    ///
    /// The message `bellMessage`, `urn:example:house:bellMessage`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct BellMessage {
        /// `times`.
        ///
        /// `times`, required.
        pub times: ::core::primitive::i32,
    }
    impl BellMessage {
        /// With the required properties; the others are absent until set.
        pub fn new(times: ::core::primitive::i32) -> Self {
            Self { times }
        }
    }
    impl ::icws_generated::runtime::Record for BellMessage {
        const META: &'static ::icws_generated::runtime::RecordMeta = &::icws_generated::runtime::RecordMeta {
            name: "BellMessage",
            urn: ::core::option::Option::Some("urn:example:house:bellMessage"),
            typed: true,
            since: ::core::option::Option::Some(::icws_generated::runtime::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[("times", true)],
            newer: &[],
        };
        fn field(
            &self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &self.times,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn field_mut(
            &mut self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &mut self.times,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn blank() -> Self {
            BellMessage { times: 0 }
        }
    }
    impl ::core::clone::Clone for BellMessage {
        fn clone(&self) -> Self {
            ::icws_generated::runtime::clone_record(self)
        }
    }
    impl ::core::cmp::PartialEq for BellMessage {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            ::icws_generated::runtime::eq_record(self, other)
        }
    }
    impl ::core::fmt::Debug for BellMessage {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::icws_generated::runtime::debug_record(self, formatter)
        }
    }
    /// `roomMessage`.
    ///
    /// The message `roomMessage`, `urn:example:house:roomMessage`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct RoomMessage {
        /// `isDelta`.
        ///
        /// `isDelta`, required.
        pub is_delta: ::core::primitive::bool,
        /// `roomId`.
        ///
        /// `roomId`, required.
        pub room_id: ::std::string::String,
        /// `room`.
        ///
        /// `room`, required, may be null.
        pub room: ::core::option::Option<super::house::Room>,
        /// `light`.
        ///
        /// `light`, optional.
        pub light: ::icws_generated::runtime::Field<::core::primitive::bool>,
    }
    impl RoomMessage {
        /// With the required properties; the others are absent until set.
        pub fn new(
            is_delta: ::core::primitive::bool,
            room_id: impl ::core::convert::Into<::std::string::String>,
            room: ::core::option::Option<super::house::Room>,
        ) -> Self {
            Self {
                is_delta,
                room_id: ::core::convert::Into::into(room_id),
                room,
                light: ::icws_generated::runtime::Field::Absent,
            }
        }
    }
    impl ::icws_generated::runtime::Record for RoomMessage {
        const META: &'static ::icws_generated::runtime::RecordMeta = &::icws_generated::runtime::RecordMeta {
            name: "RoomMessage",
            urn: ::core::option::Option::Some("urn:example:house:roomMessage"),
            typed: true,
            since: ::core::option::Option::Some(::icws_generated::runtime::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[
                ("isDelta", true),
                ("roomId", true),
                ("room", true),
                ("light", false),
            ],
            newer: &[],
        };
        fn field(
            &self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &self.is_delta,
                    1usize => &self.room_id,
                    2usize => &self.room,
                    3usize => &self.light,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn field_mut(
            &mut self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    0usize => &mut self.is_delta,
                    1usize => &mut self.room_id,
                    2usize => &mut self.room,
                    3usize => &mut self.light,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn blank() -> Self {
            RoomMessage {
                is_delta: false,
                room_id: ::std::string::String::new(),
                room: ::core::option::Option::None,
                light: ::icws_generated::runtime::Field::Absent,
            }
        }
    }
    impl ::core::clone::Clone for RoomMessage {
        fn clone(&self) -> Self {
            ::icws_generated::runtime::clone_record(self)
        }
    }
    impl ::core::cmp::PartialEq for RoomMessage {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            ::icws_generated::runtime::eq_record(self, other)
        }
    }
    impl ::core::fmt::Debug for RoomMessage {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::icws_generated::runtime::debug_record(self, formatter)
        }
    }
    /// What the `RoomMessage` messages of one subscription add up to.
    ///
    /// Kept by a `Cache`; a property that the server never sent, or took back, is `None`.
    #[non_exhaustive]
    pub struct RoomState {
        /// `roomId`.
        pub room_id: ::std::string::String,
        /// `room`.
        pub room: ::core::option::Option<super::house::Room>,
        /// `light`.
        pub light: ::core::option::Option<::core::primitive::bool>,
    }
    impl ::icws_generated::runtime::Delta for RoomMessage {
        type State = RoomState;
        const DELTA: &'static ::icws_generated::runtime::DeltaMeta = &::icws_generated::runtime::DeltaMeta {
            flag: 0usize,
            key: ::core::option::Option::Some(1usize),
            state: "RoomState",
        };
    }
    impl ::icws_generated::runtime::DeltaState for RoomState {
        type Message = RoomMessage;
        fn field(
            &self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    1usize => &self.room_id,
                    2usize => &self.room,
                    3usize => &self.light,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn field_mut(
            &mut self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Value> {
            ::core::option::Option::Some(
                match index {
                    1usize => &mut self.room_id,
                    2usize => &mut self.room,
                    3usize => &mut self.light,
                    _ => return ::core::option::Option::None,
                },
            )
        }
        fn blank() -> Self {
            RoomState {
                room_id: ::std::string::String::new(),
                room: ::core::option::Option::None,
                light: ::core::option::Option::None,
            }
        }
    }
    impl ::core::clone::Clone for RoomState {
        fn clone(&self) -> Self {
            ::icws_generated::runtime::clone_state(self)
        }
    }
    impl ::core::cmp::PartialEq for RoomState {
        fn eq(&self, other: &Self) -> ::core::primitive::bool {
            ::icws_generated::runtime::eq_state(self, other)
        }
    }
    impl ::core::fmt::Debug for RoomState {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::icws_generated::runtime::debug_state(self, formatter)
        }
    }
    /// `find`.
    ///
    /// `GET /icws/house/{roomId}`
    ///
    /// The resource: One room.
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 | Here it is. |
    /// | 202 |  |
    /// | 404 | There is none. |
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/{roomId}`.
    pub type Find = super::requests::RoomIdSelectXReasonRequest<FindOperation>;
    /// Builds [`Find`]; `build` is there once every required parameter is given.
    pub type FindBuilder<
        RoomId = ::icws_generated::runtime::Missing<super::parameters::room_id>,
        XReason = ::icws_generated::runtime::Missing<super::parameters::x_reason>,
    > = super::requests::RoomIdSelectXReasonBuilder<FindOperation, RoomId, XReason>;
    /// Says of a request that it is a [`Find`].
    pub enum FindOperation {}
    /// What the server answers to [`Find`].
    pub type FindResponse = super::responses::Replies200_202_404<super::house::Room, ()>;
    impl ::icws_generated::runtime::OperationKind for FindOperation {
        type Response = FindResponse;
        const META: &'static ::icws_generated::runtime::EndpointMeta = &::icws_generated::runtime::EndpointMeta {
            id: "house.find",
            method: ::icws_generated::runtime::Method::GET,
            path: "/icws/house/{roomId}",
            segments: &["icws", "house", "{roomId}"],
            parameters: super::parameter_lists::LIST_0,
            since: ::core::option::Option::Some(::icws_generated::runtime::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16, 202u16, 404u16],
        };
    }
}
/// A message from a session's queue.
///
/// Match with a `_` arm: messages that a newer model knows become new
/// variants. Until then they arrive as [`Message::Unknown`], with their
/// text as it came.
#[allow(dead_code)]
#[derive(::core::clone::Clone)]
#[non_exhaustive]
pub enum Message {
    /// `house.bellMessage`, `urn:example:house:bellMessage`.
    BellMessage(house::BellMessage),
    /// `house.roomMessage`, `urn:example:house:roomMessage`.
    RoomMessage(house::RoomMessage),
    /// One of a type that the model does not know.
    Unknown(::icws_generated::runtime::UnknownObject),
}
impl ::icws_generated::runtime::Union for Message {
    const URNS: &'static [&'static ::core::primitive::str] = &[
        "urn:example:house:bellMessage",
        "urn:example:house:roomMessage",
    ];
    fn blank(number: ::core::primitive::usize) -> ::core::option::Option<Self> {
        ::core::option::Option::Some(
            match number {
                0usize => {
                    Message::BellMessage(::icws_generated::runtime::Record::blank())
                }
                1usize => {
                    Message::RoomMessage(::icws_generated::runtime::Record::blank())
                }
                _ => return ::core::option::Option::None,
            },
        )
    }
    fn unknown(object: ::icws_generated::runtime::UnknownObject) -> Self {
        Message::Unknown(object)
    }
    fn content(
        &self,
    ) -> ::core::result::Result<
        &dyn ::icws_generated::runtime::Row,
        &::icws_generated::runtime::UnknownObject,
    > {
        ::core::result::Result::Ok(
            match self {
                Message::BellMessage(record) => record,
                Message::RoomMessage(record) => record,
                Message::Unknown(object) => return ::core::result::Result::Err(object),
            },
        )
    }
    fn row_mut(
        &mut self,
    ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Row> {
        ::core::option::Option::Some(
            match self {
                Message::BellMessage(record) => record,
                Message::RoomMessage(record) => record,
                Message::Unknown(_) => return ::core::option::Option::None,
            },
        )
    }
}
impl ::core::cmp::PartialEq for Message {
    fn eq(&self, other: &Self) -> ::core::primitive::bool {
        ::icws_generated::runtime::eq_union(self, other)
    }
}
impl ::core::fmt::Debug for Message {
    fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
        ::icws_generated::runtime::debug_union(self, formatter)
    }
}
#[allow(dead_code)]
impl Message {
    /// The message's `__type`; `None` when an unknown one has none.
    pub fn type_urn(&self) -> ::core::option::Option<&::core::primitive::str> {
        <Self as ::icws_generated::runtime::Union>::type_urn(self)
    }
}
/// Any request of the model, as a server meets it.
#[derive(::core::clone::Clone, ::core::fmt::Debug)]
#[non_exhaustive]
#[allow(dead_code)]
pub enum Operation {
    /// `house.find`.
    Find(house::Find),
}
/// The requests of the model, for [`route`](::icws_generated::runtime::route()).
#[allow(dead_code)]
pub static ROUTES: &[::icws_generated::runtime::Route<Operation>] = {
    fn decode(
        number: ::core::primitive::usize,
        request: &::icws_generated::runtime::RequestHead<'_>,
    ) -> ::core::result::Result<Operation, ::icws_generated::runtime::RouteError> {
        let mut operation = match number {
            0usize => Operation::Find(::icws_generated::runtime::Endpoint::blank()),
            _ => {
                return ::core::result::Result::Err(
                    ::icws_generated::runtime::RouteError::NotFound,
                );
            }
        };
        ::icws_generated::runtime::decode_request(
            match &mut operation {
                Operation::Find(arguments) => arguments,
            },
            request,
        )?;
        ::core::result::Result::Ok(operation)
    }
    &[
        ::icws_generated::runtime::Route {
            meta: <house::Find as ::icws_generated::runtime::Endpoint>::META,
            number: 0usize,
            decode,
        },
    ]
};
/// The requests of all operations, by the parameters that they take.
#[allow(dead_code)]
pub mod requests {
    /// A request with `room_id`, `select`, `x_reason`, of the operation `O`.
    #[non_exhaustive]
    pub struct RoomIdSelectXReasonRequest<O> {
        /// Which one.
        pub room_id: ::std::string::String,
        /// What of it.
        pub select: ::core::option::Option<::std::string::String>,
        /// `X-Reason`.
        pub x_reason: ::core::primitive::i32,
        operation_: ::core::marker::PhantomData<fn() -> O>,
    }
    impl<O> ::core::clone::Clone for RoomIdSelectXReasonRequest<O> {
        fn clone(&self) -> Self {
            RoomIdSelectXReasonRequest {
                room_id: ::core::clone::Clone::clone(&self.room_id),
                select: ::core::clone::Clone::clone(&self.select),
                x_reason: ::core::clone::Clone::clone(&self.x_reason),
                operation_: ::core::marker::PhantomData,
            }
        }
    }
    impl<O: ::icws_generated::runtime::OperationKind> ::core::fmt::Debug
    for RoomIdSelectXReasonRequest<O> {
        fn fmt(
            &self,
            formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            formatter
                .debug_struct(O::META.id)
                .field("room_id", &self.room_id)
                .field("select", &self.select)
                .field("x_reason", &self.x_reason)
                .finish()
        }
    }
    impl<O> RoomIdSelectXReasonRequest<O> {
        /// A request, to be filled in.
        pub fn builder() -> RoomIdSelectXReasonBuilder<O> {
            RoomIdSelectXReasonBuilder(
                ::icws_generated::runtime::Missing::new(),
                ::core::option::Option::None,
                ::icws_generated::runtime::Missing::new(),
                ::core::marker::PhantomData,
            )
        }
    }
    /// Builds a request; `build` is there once every required parameter is given.
    #[must_use = "a builder does nothing until `build`"]
    pub struct RoomIdSelectXReasonBuilder<
        O,
        RoomId = ::icws_generated::runtime::Missing<super::parameters::room_id>,
        XReason = ::icws_generated::runtime::Missing<super::parameters::x_reason>,
    >(
        RoomId,
        ::core::option::Option<::std::string::String>,
        XReason,
        ::core::marker::PhantomData<fn() -> (O,)>,
    );
    impl<
        O,
        XReason,
    > RoomIdSelectXReasonBuilder<
        O,
        ::icws_generated::runtime::Missing<super::parameters::room_id>,
        XReason,
    > {
        /// Which one.
        ///
        /// `roomId` in the path, required.
        pub fn room_id(
            self,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> RoomIdSelectXReasonBuilder<
            O,
            ::icws_generated::runtime::Set<::std::string::String>,
            XReason,
        > {
            RoomIdSelectXReasonBuilder(
                ::icws_generated::runtime::Set(::core::convert::Into::into(value)),
                self.1,
                self.2,
                self.3,
            )
        }
    }
    impl<O, RoomId, XReason> RoomIdSelectXReasonBuilder<O, RoomId, XReason> {
        /// What of it.
        ///
        /// `select` in the query, optional.
        pub fn select(
            mut self,
            value: impl ::core::convert::Into<::std::string::String>,
        ) -> Self {
            self.1 = ::core::option::Option::Some(::core::convert::Into::into(value));
            self
        }
    }
    impl<
        O,
        RoomId,
    > RoomIdSelectXReasonBuilder<
        O,
        RoomId,
        ::icws_generated::runtime::Missing<super::parameters::x_reason>,
    > {
        /// `X-Reason`.
        ///
        /// `X-Reason` in the header, required.
        ///
        /// Since `house 3`.
        pub fn x_reason(
            self,
            value: ::core::primitive::i32,
        ) -> RoomIdSelectXReasonBuilder<
            O,
            RoomId,
            ::icws_generated::runtime::Set<::core::primitive::i32>,
        > {
            RoomIdSelectXReasonBuilder(
                self.0,
                self.1,
                ::icws_generated::runtime::Set(value),
                self.3,
            )
        }
    }
    impl<O, RoomId, XReason> RoomIdSelectXReasonBuilder<O, RoomId, XReason> {
        /// The request.
        pub fn build(self) -> RoomIdSelectXReasonRequest<O>
        where
            RoomId: ::icws_generated::runtime::Provided<Value = ::std::string::String>,
            XReason: ::icws_generated::runtime::Provided<Value = ::core::primitive::i32>,
        {
            RoomIdSelectXReasonRequest {
                room_id: ::icws_generated::runtime::Provided::take(self.0),
                select: self.1,
                x_reason: ::icws_generated::runtime::Provided::take(self.2),
                operation_: ::core::marker::PhantomData,
            }
        }
    }
    impl<O: ::icws_generated::runtime::OperationKind> ::icws_generated::runtime::Endpoint
    for RoomIdSelectXReasonRequest<O> {
        type Response = O::Response;
        const META: &'static ::icws_generated::runtime::EndpointMeta = O::META;
        fn blank() -> Self {
            RoomIdSelectXReasonRequest {
                room_id: ::std::string::String::new(),
                select: ::core::option::Option::None,
                x_reason: 0,
                operation_: ::core::marker::PhantomData,
            }
        }
    }
    impl<O> ::icws_generated::runtime::Arguments for RoomIdSelectXReasonRequest<O> {
        fn parameter(
            &self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&dyn ::icws_generated::runtime::Parameter> {
            if index == 0usize {
                return ::core::option::Option::Some(&self.room_id);
            }
            if index == 1usize {
                return ::core::option::Option::Some(&self.select);
            }
            if index == 2usize {
                return ::core::option::Option::Some(&self.x_reason);
            }
            ::core::option::Option::None
        }
        fn parameter_mut(
            &mut self,
            index: ::core::primitive::usize,
        ) -> ::core::option::Option<&mut dyn ::icws_generated::runtime::Parameter> {
            if index == 0usize {
                return ::core::option::Option::Some(&mut self.room_id);
            }
            if index == 1usize {
                return ::core::option::Option::Some(&mut self.select);
            }
            if index == 2usize {
                return ::core::option::Option::Some(&mut self.x_reason);
            }
            ::core::option::Option::None
        }
    }
    impl<
        O: ::icws_generated::runtime::OperationKind,
    > ::icws_generated::runtime::Sessionless for RoomIdSelectXReasonRequest<O> {}
}
/// The answers of all operations, by the statuses they can have.
#[allow(dead_code)]
pub mod responses {
    /// The answer of an operation with the statuses 200, 202, 404.
    ///
    /// Match with a `_` arm: a status that the model does not know is
    /// `Unexpected`, and a newer model may know it.
    #[derive(::core::clone::Clone, ::core::fmt::Debug)]
    #[non_exhaustive]
    pub enum Replies200_202_404<T200, T202> {
        /// Status 200.
        Ok(T200),
        /// Status 202.
        Accepted {
            /// What the body holds.
            value: T202,
            /// The header `Location`; `None` when it is missing or cannot be read.
            location: ::core::option::Option<::std::string::String>,
        },
        /// Status 404.
        NotFound(::icws_generated::runtime::Failure<()>),
        /// A status that the model does not know.
        Unexpected(::icws_generated::runtime::Unexpected),
    }
    impl<
        T200: ::icws_generated::runtime::Body,
        T202: ::icws_generated::runtime::Body,
    > ::icws_generated::runtime::Response for Replies200_202_404<T200, T202> {
        type Success = Self;
        fn from_reply(
            reply: ::icws_generated::runtime::RawReply,
        ) -> ::core::result::Result<Self, ::icws_generated::runtime::DecodeError> {
            ::core::result::Result::Ok(
                match reply.code() {
                    200u16 => Self::Ok(reply.success()?),
                    202u16 => {
                        Self::Accepted {
                            location: reply.header("Location"),
                            value: reply.success()?,
                        }
                    }
                    404u16 => Self::NotFound(reply.failure()),
                    _ => Self::Unexpected(reply.unexpected()),
                },
            )
        }
        fn to_reply(&self) -> ::icws_generated::runtime::RawReply {
            match self {
                Self::Ok(content) => {
                    ::icws_generated::runtime::RawReply::encode(200u16, content)
                }
                Self::Accepted { value: content, location } => {
                    ::icws_generated::runtime::RawReply::encode(202u16, content)
                        .with_header("Location", location.as_ref())
                }
                Self::NotFound(content) => {
                    ::icws_generated::runtime::RawReply::encode(404u16, content)
                }
                Self::Unexpected(unexpected) => unexpected.to_reply(),
            }
        }
        fn into_result(
            self,
        ) -> ::core::result::Result<Self, ::icws_generated::runtime::ApiError> {
            match self {
                success @ Self::Ok(_) => ::core::result::Result::Ok(success),
                success @ Self::Accepted { .. } => ::core::result::Result::Ok(success),
                Self::NotFound(content) => {
                    ::core::result::Result::Err(content.into_error())
                }
                Self::Unexpected(unexpected) => {
                    ::core::result::Result::Err(unexpected.into_error())
                }
            }
        }
    }
}
mod parameter_lists {
    pub static LIST_0: &[::icws_generated::runtime::ParameterMeta] = &[
        ::icws_generated::runtime::ParameterMeta {
            name: "roomId",
            location: ::icws_generated::runtime::Location::Path,
            origin: ::icws_generated::runtime::Origin::Caller,
            required: true,
            since: ::core::option::Option::None,
        },
        ::icws_generated::runtime::ParameterMeta {
            name: "select",
            location: ::icws_generated::runtime::Location::Query,
            origin: ::icws_generated::runtime::Origin::Caller,
            required: false,
            since: ::core::option::Option::None,
        },
        ::icws_generated::runtime::ParameterMeta {
            name: "X-Reason",
            location: ::icws_generated::runtime::Location::Header,
            origin: ::icws_generated::runtime::Origin::Caller,
            required: true,
            since: ::core::option::Option::Some(::icws_generated::runtime::FeatureVersion {
                feature: "house",
                version: 3u32,
            }),
        },
    ];
}
/// The required parameters, as types: a builder that lacks one names it.
#[allow(dead_code, non_camel_case_types)]
pub mod parameters {
    /// Stands for `roomId`.
    pub enum room_id {}
    /// Stands for `X-Reason`.
    pub enum x_reason {}
}
#[cfg(test)]
mod examples {
    #[::core::prelude::v1::test]
    fn house_room_message_dark() -> ::core::result::Result<(), ::std::string::String> {
        ::icws_generated::runtime::testing::message::<
            super::Message,
            super::house::RoomMessage,
        >(
            "urn:example:house:roomMessage",
            "{\"__type\":\"urn:example:house:roomMessage\",\"isDelta\":true,\"roomId\":\"r1\",\"room\":null,\"light\":false}",
        )
    }
    #[::core::prelude::v1::test]
    fn house_find_found() -> ::core::result::Result<(), ::std::string::String> {
        ::icws_generated::runtime::testing::operation::<
            super::house::Find,
        >(
            &::icws_generated::runtime::testing::Example {
                parameters: &[("roomId", "r 1"), ("select", "a,b"), ("X-Reason", "5")],
                request: "GET /icws/house/r%201?select=a%2Cb",
                request_body: "",
                status: 200u16,
                headers: &[],
                media: "application/vnd.inin.icws+JSON; charset=utf-8",
                body: "{\"size\":3.5,\"next\":[{\"size\":4}]}",
            },
        )
    }
}
