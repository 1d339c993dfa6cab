// @generated

#[allow(unused_imports)]
use ::icws_runtime::__private1 as __rt;
/// The namespace `house`.
///
/// | operation | what it does |
/// |---|---|
/// | [`Find`](house::Find) | `GET /icws/house/{roomId}` |
/// | [`Clean`](house::Clean) | `POST /icws/house/{roomId}` |
/// | [`List`](house::List) | `GET /icws/house` |
/// | [`Subscribe`](house::Subscribe) | `PUT /icws/house/{roomId}/subscription` |
/// | [`Unsubscribe`](house::Unsubscribe) | `DELETE /icws/house/{roomId}/subscription` |
/// | [`Listen`](house::Listen) | `PUT /icws/house/bell` |
/// | [`Stop`](house::Stop) | `DELETE /icws/house/bell` |
#[allow(dead_code, bindings_with_variant_name)]
pub mod house {
    #[allow(unused_imports)]
    use super::__rt;
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
        pub size: __rt::f64,
        /// `type`.
        ///
        /// `type`, optional, may be null.
        pub r#type: __rt::Field<__rt::String>,
        /// `things`.
        ///
        /// `things`, optional.
        ///
        /// Since `house 3`.
        pub things: __rt::Option<__rt::Vec<__rt::String>>,
        /// `next`.
        ///
        /// `next`, optional.
        pub next: __rt::Option<__rt::Vec<super::house::Room>>,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl Room {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new(size: __rt::f64) -> Self {
            Self {
                size,
                r#type: __rt::Field::Absent,
                things: __rt::None,
                next: __rt::None,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for Room {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "Room",
            urn: __rt::Some("urn:example:house:room"),
            typed: false,
            since: __rt::Some(__rt::FeatureVersion {
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
                    __rt::FeatureVersion {
                        feature: "house",
                        version: 3u32,
                    },
                ),
            ],
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.size,
                    1usize => &self.r#type,
                    2usize => &self.things,
                    3usize => &self.next,
                    4usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.size,
                    1usize => &mut self.r#type,
                    2usize => &mut self.things,
                    3usize => &mut self.next,
                    4usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            Room {
                size: 0.0,
                r#type: __rt::Field::Absent,
                things: __rt::None,
                next: __rt::None,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for Room {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for Room {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for Room {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
        }
    }
    impl Room {
        /// `size`, to be selected.
        pub const SIZE: __rt::Property<Self> = __rt::Property::new("size");
        /// `type`, to be selected.
        pub const TYPE: __rt::Property<Self> = __rt::Property::new("type");
        /// `things`, to be selected.
        pub const THINGS: __rt::Property<Self> = __rt::Property::new("things");
        /// `next`, to be selected.
        pub const NEXT: __rt::Property<Self> = __rt::Property::new("next");
    }
    /// `rooms`.
    ///
    /// The object `rooms`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct Rooms {
        /// `items`.
        ///
        /// `items`, optional.
        pub items: __rt::Option<__rt::Vec<super::house::Room>>,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl Rooms {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new() -> Self {
            Self {
                items: __rt::None,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for Rooms {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "Rooms",
            urn: __rt::None,
            typed: false,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[("items", false)],
            newer: &[],
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.items,
                    1usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.items,
                    1usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            Rooms {
                items: __rt::None,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for Rooms {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for Rooms {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for Rooms {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
        }
    }
    /// `accepted`.
    ///
    /// The object `accepted`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct Accepted {
        /// `requestId`.
        ///
        /// `requestId`, required.
        pub request_id: __rt::String,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl Accepted {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new(request_id: impl __rt::Into<__rt::String>) -> Self {
            Self {
                request_id: __rt::Into::into(request_id),
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for Accepted {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "Accepted",
            urn: __rt::None,
            typed: false,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[("requestId", true)],
            newer: &[],
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.request_id,
                    1usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.request_id,
                    1usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            Accepted {
                request_id: __rt::String::new(),
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for Accepted {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for Accepted {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for Accepted {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
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
        pub times: __rt::i32,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl BellMessage {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new(times: __rt::i32) -> Self {
            Self {
                times,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for BellMessage {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "BellMessage",
            urn: __rt::Some("urn:example:house:bellMessage"),
            typed: true,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[("times", true)],
            newer: &[],
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.times,
                    1usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.times,
                    1usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            BellMessage {
                times: 0,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for BellMessage {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for BellMessage {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for BellMessage {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
        }
    }
    /// `cleanedMessage`.
    ///
    /// The message `cleanedMessage`, `urn:example:house:cleanedMessage`.
    ///
    /// Since `house 2`.
    #[non_exhaustive]
    pub struct CleanedMessage {
        /// `requestId`.
        ///
        /// `requestId`, required.
        pub request_id: __rt::String,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl CleanedMessage {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new(request_id: impl __rt::Into<__rt::String>) -> Self {
            Self {
                request_id: __rt::Into::into(request_id),
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for CleanedMessage {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "CleanedMessage",
            urn: __rt::Some("urn:example:house:cleanedMessage"),
            typed: true,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            properties: &[("requestId", true)],
            newer: &[],
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.request_id,
                    1usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.request_id,
                    1usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            CleanedMessage {
                request_id: __rt::String::new(),
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for CleanedMessage {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for CleanedMessage {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for CleanedMessage {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
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
        pub is_delta: __rt::bool,
        /// `roomId`.
        ///
        /// `roomId`, required.
        pub room_id: __rt::String,
        /// `room`.
        ///
        /// `room`, required, may be null.
        pub room: __rt::Option<__rt::Boxed<super::house::Room>>,
        /// `light`.
        ///
        /// `light`, optional.
        pub light: __rt::Field<__rt::bool>,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl RoomMessage {
        /// With the required properties; the others are absent until set.
        #[inline]
        pub fn new(
            is_delta: __rt::bool,
            room_id: impl __rt::Into<__rt::String>,
            room: __rt::Option<__rt::Boxed<super::house::Room>>,
        ) -> Self {
            Self {
                is_delta,
                room_id: __rt::Into::into(room_id),
                room,
                light: __rt::Field::Absent,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Record for RoomMessage {
        const META: &'static __rt::RecordMeta = &__rt::RecordMeta {
            name: "RoomMessage",
            urn: __rt::Some("urn:example:house:roomMessage"),
            typed: true,
            since: __rt::Some(__rt::FeatureVersion {
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
            merges: &[],
        };
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &self.is_delta,
                    1usize => &self.room_id,
                    2usize => &self.room,
                    3usize => &self.light,
                    4usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    0usize => &mut self.is_delta,
                    1usize => &mut self.room_id,
                    2usize => &mut self.room,
                    3usize => &mut self.light,
                    4usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn blank() -> Self {
            RoomMessage {
                is_delta: false,
                room_id: __rt::String::new(),
                room: __rt::None,
                light: __rt::Field::Absent,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for RoomMessage {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_record(self)
        }
    }
    impl __rt::PartialEq for RoomMessage {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for RoomMessage {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_record(self, formatter)
        }
    }
    /// What the `RoomMessage` messages of one subscription add up to.
    ///
    /// Kept by a `Cache`; a property that the server never sent, or took back, is `None`.
    #[non_exhaustive]
    pub struct RoomState {
        /// `roomId`.
        pub room_id: __rt::String,
        /// `room`.
        pub room: __rt::Option<__rt::Boxed<super::house::Room>>,
        /// `light`.
        pub light: __rt::Option<__rt::bool>,
        #[doc(hidden)]
        pub __unknown: __rt::UnknownProperties,
    }
    impl __rt::Delta for RoomMessage {
        type State = RoomState;
        const DELTA: &'static __rt::DeltaMeta = &__rt::DeltaMeta {
            flag: 0usize,
            key: __rt::Some(1usize),
        };
    }
    impl __rt::Row for RoomState {
        #[inline]
        fn meta(&self) -> &'static __rt::RecordMeta {
            <RoomMessage as __rt::Record>::META
        }
        #[inline]
        fn field(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Value> {
            __rt::Some(
                match index {
                    1usize => &self.room_id,
                    2usize => &self.room,
                    3usize => &self.light,
                    4usize => &self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
        #[inline]
        fn field_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Value> {
            __rt::Some(
                match index {
                    1usize => &mut self.room_id,
                    2usize => &mut self.room,
                    3usize => &mut self.light,
                    4usize => &mut self.__unknown,
                    _ => return __rt::None,
                },
            )
        }
    }
    impl __rt::DeltaState for RoomState {
        type Message = RoomMessage;
        #[inline]
        fn blank() -> Self {
            RoomState {
                room_id: __rt::String::new(),
                room: __rt::None,
                light: __rt::None,
                __unknown: __rt::UnknownProperties::NONE,
            }
        }
    }
    impl __rt::Clone for RoomState {
        #[inline]
        fn clone(&self) -> Self {
            __rt::clone_state(self)
        }
    }
    impl __rt::PartialEq for RoomState {
        #[inline]
        fn eq(&self, other: &Self) -> __rt::bool {
            __rt::eq_record(self, other)
        }
    }
    impl __rt::Debug for RoomState {
        #[inline]
        fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
            __rt::debug_row(self, "RoomState", formatter)
        }
    }
    /// `find`.
    ///
    /// `GET /icws/house/{roomId}`
    ///
    /// The resource: One room.
    ///
    /// | setter | meaning |
    /// |---|---|
    /// | `room_id` | Which one. `roomId` in the path, required. |
    /// | `select` | What of it. `select` in the query, optional. |
    /// | `x_reason` | `X-Reason`. `X-Reason` in the header, required. Since `house 3`. |
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
    pub type Find = __rt::Call<FindOperation>;
    /// Builds [`Find`]; `build` is there once every required parameter is given.
    pub type FindBuilder<
        RoomId = __rt::Missing<super::parameters::room_id>,
        XReason = __rt::Missing<super::parameters::x_reason>,
    > = super::requests::RoomIdSelectXReasonXD15255B9Builder<
        self::FindOperation,
        RoomId,
        XReason,
    >;
    /// Says of a request that it is a [`Find`].
    pub enum FindOperation {}
    /// What the server answers to [`Find`].
    pub type FindOutcome = super::responses::Outcome200_202_404XC785FCA2<
        super::house::Room,
        (),
    >;
    impl __rt::Operation for FindOperation {
        type Arguments = super::requests::RoomIdSelectXReasonXD15255B9Arguments;
        type Builder = FindBuilder;
        type Response = FindOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.find",
            method: __rt::Method::GET,
            path: "/icws/house/{roomId}",
            segments: &["icws", "house", "{roomId}"],
            parameters: super::parameter_lists::LIST_X2279FE1F,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16, 202u16, 404u16],
        };
    }
    impl __rt::SessionlessOperation for FindOperation {}
    /// `clean`.
    ///
    /// `POST /icws/house/{roomId}`
    ///
    /// The resource: One room.
    ///
    /// | setter | meaning |
    /// |---|---|
    /// | `room_id` | Which one. `roomId` in the path, required. |
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 202 |  |
    ///
    /// Followed by [`cleanedMessage`](super::house::CleanedMessage) on the session's queue.
    ///
    /// Awaited by `Session::complete`; its end is told by [`CleanedMessage`](super::house::CleanedMessage).
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/{roomId}`.
    pub type Clean = __rt::Call<CleanOperation>;
    /// Builds [`Clean`]; `build` is there once every required parameter is given.
    pub type CleanBuilder<RoomId = __rt::Missing<super::parameters::room_id>> = super::requests::RoomIdBuilder<
        self::CleanOperation,
        RoomId,
    >;
    /// Says of a request that it is a [`Clean`].
    pub enum CleanOperation {}
    /// What the server answers to [`Clean`].
    pub type CleanOutcome = super::responses::Outcome202<super::house::Accepted>;
    impl __rt::Operation for CleanOperation {
        type Arguments = super::requests::RoomIdArguments;
        type Builder = CleanBuilder;
        type Response = CleanOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.clean",
            method: __rt::Method::POST,
            path: "/icws/house/{roomId}",
            segments: &["icws", "house", "{roomId}"],
            parameters: super::parameter_lists::LIST_XD52E71BE,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[202u16],
        };
    }
    impl __rt::SessionlessOperation for CleanOperation {}
    impl __rt::LongOperation for CleanOperation {
        type Completed = super::house::CleanedMessage;
        #[inline]
        fn request_id(
            accepted: &<Self::Response as __rt::Response>::Success,
        ) -> __rt::Option<&__rt::str> {
            __rt::accepted_by_record(accepted)
        }
    }
    /// `list`.
    ///
    /// `GET /icws/house`
    ///
    /// | setter | meaning |
    /// |---|---|
    /// | `range` | `Range`. `Range` in the header, optional. |
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 |  |
    ///
    /// Read page by page by `Session::pages`; its items are [`Room`](super::house::Room).
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house`.
    pub type List = __rt::Call<ListOperation>;
    /// Builds [`List`]; `build` is there once every required parameter is given.
    pub type ListBuilder = super::requests::RangeXB3397649Builder<self::ListOperation>;
    /// Says of a request that it is a [`List`].
    pub enum ListOperation {}
    /// What the server answers to [`List`].
    pub type ListOutcome = super::responses::Outcome200<super::house::Rooms>;
    impl __rt::Operation for ListOperation {
        type Arguments = super::requests::RangeXB3397649Arguments;
        type Builder = ListBuilder;
        type Response = ListOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.list",
            method: __rt::Method::GET,
            path: "/icws/house",
            segments: &["icws", "house"],
            parameters: super::parameter_lists::LIST_X1666F0F3,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16],
        };
    }
    impl __rt::SessionlessOperation for ListOperation {}
    impl __rt::PagedOperation for ListOperation {
        type Item = super::house::Room;
        const RANGE: __rt::usize = 0usize;
        #[inline]
        fn items(
            page: <Self::Response as __rt::Response>::Success,
        ) -> __rt::Vec<Self::Item> {
            __rt::listed(page.items)
        }
    }
    /// `subscribe`.
    ///
    /// `PUT /icws/house/{roomId}/subscription`
    ///
    /// | setter | meaning |
    /// |---|---|
    /// | `room_id` | `roomId`. `roomId` in the path, required. |
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 |  |
    ///
    /// Followed by [`roomMessage`](super::house::RoomMessage) on the session's queue.
    ///
    /// Followed by [`bellMessage`](super::house::BellMessage) on the session's queue.
    ///
    /// Watched by `Session::watch`; its state is [`RoomState`](super::house::RoomState).
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/{roomId}/subscription`.
    pub type Subscribe = __rt::Call<SubscribeOperation>;
    /// Builds [`Subscribe`]; `build` is there once every required parameter is given.
    pub type SubscribeBuilder<RoomId = __rt::Missing<super::parameters::room_id>> = super::requests::RoomIdBuilder<
        self::SubscribeOperation,
        RoomId,
    >;
    /// Says of a request that it is a [`Subscribe`].
    pub enum SubscribeOperation {}
    /// What the server answers to [`Subscribe`].
    pub type SubscribeOutcome = super::responses::Outcome200<()>;
    impl __rt::Operation for SubscribeOperation {
        type Arguments = super::requests::RoomIdArguments;
        type Builder = SubscribeBuilder;
        type Response = SubscribeOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.subscribe",
            method: __rt::Method::PUT,
            path: "/icws/house/{roomId}/subscription",
            segments: &["icws", "house", "{roomId}", "subscription"],
            parameters: super::parameter_lists::LIST_XD52E71BE,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16],
        };
    }
    impl __rt::SessionlessOperation for SubscribeOperation {}
    /// `unsubscribe`.
    ///
    /// `DELETE /icws/house/{roomId}/subscription`
    ///
    /// | setter | meaning |
    /// |---|---|
    /// | `room_id` | `roomId`. `roomId` in the path, required. |
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 |  |
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/{roomId}/subscription`.
    pub type Unsubscribe = __rt::Call<UnsubscribeOperation>;
    /// Builds [`Unsubscribe`]; `build` is there once every required parameter is given.
    pub type UnsubscribeBuilder<RoomId = __rt::Missing<super::parameters::room_id>> = super::requests::RoomIdBuilder<
        self::UnsubscribeOperation,
        RoomId,
    >;
    /// Says of a request that it is a [`Unsubscribe`].
    pub enum UnsubscribeOperation {}
    /// What the server answers to [`Unsubscribe`].
    pub type UnsubscribeOutcome = super::responses::Outcome200<()>;
    impl __rt::Operation for UnsubscribeOperation {
        type Arguments = super::requests::RoomIdArguments;
        type Builder = UnsubscribeBuilder;
        type Response = UnsubscribeOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.unsubscribe",
            method: __rt::Method::DELETE,
            path: "/icws/house/{roomId}/subscription",
            segments: &["icws", "house", "{roomId}", "subscription"],
            parameters: super::parameter_lists::LIST_XD52E71BE,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16],
        };
    }
    impl __rt::SessionlessOperation for UnsubscribeOperation {}
    impl __rt::SubscriptionKind for SubscribeOperation {
        type State = super::house::RoomState;
        type Stop = super::house::Unsubscribe;
        const KEY: __rt::Option<__rt::usize> = __rt::Some(0usize);
        const MESSAGES: &'static [__rt::FollowedMeta] = &[
            __rt::FollowedMeta {
                message: <super::house::RoomMessage as __rt::Record>::META,
                is: __rt::is_row::<super::house::RoomMessage>,
                key: __rt::Some(1usize),
                standing: __rt::None,
                ends: false,
            },
            __rt::FollowedMeta {
                message: <super::house::BellMessage as __rt::Record>::META,
                is: __rt::is_row::<super::house::BellMessage>,
                key: __rt::None,
                standing: __rt::None,
                ends: false,
            },
        ];
    }
    /// `listen`.
    ///
    /// `PUT /icws/house/bell`
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 |  |
    ///
    /// Followed by [`bellMessage`](super::house::BellMessage) on the session's queue.
    ///
    /// Watched by `Session::watch`; its messages are events, without a state.
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/bell`.
    pub type Listen = __rt::Call<ListenOperation>;
    /// Builds [`Listen`]; `build` is there once every required parameter is given.
    pub type ListenBuilder = super::requests::BareBuilder<self::ListenOperation>;
    /// Says of a request that it is a [`Listen`].
    pub enum ListenOperation {}
    /// What the server answers to [`Listen`].
    pub type ListenOutcome = super::responses::Outcome200<()>;
    impl __rt::Operation for ListenOperation {
        type Arguments = super::requests::BareArguments;
        type Builder = ListenBuilder;
        type Response = ListenOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.listen",
            method: __rt::Method::PUT,
            path: "/icws/house/bell",
            segments: &["icws", "house", "bell"],
            parameters: &[],
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16],
        };
    }
    impl __rt::SessionlessOperation for ListenOperation {}
    /// `stop`.
    ///
    /// `DELETE /icws/house/bell`
    ///
    /// | status | meaning |
    /// |---|---|
    /// | 200 |  |
    ///
    /// Since `house 2`.
    ///
    /// Reference page: `/icws/house/bell`.
    pub type Stop = __rt::Call<StopOperation>;
    /// Builds [`Stop`]; `build` is there once every required parameter is given.
    pub type StopBuilder = super::requests::BareBuilder<self::StopOperation>;
    /// Says of a request that it is a [`Stop`].
    pub enum StopOperation {}
    /// What the server answers to [`Stop`].
    pub type StopOutcome = super::responses::Outcome200<()>;
    impl __rt::Operation for StopOperation {
        type Arguments = super::requests::BareArguments;
        type Builder = StopBuilder;
        type Response = StopOutcome;
        const META: &'static __rt::OperationMeta = &__rt::OperationMeta {
            id: "house.stop",
            method: __rt::Method::DELETE,
            path: "/icws/house/bell",
            segments: &["icws", "house", "bell"],
            parameters: &[],
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 2u32,
            }),
            statuses: &[200u16],
        };
    }
    impl __rt::SessionlessOperation for StopOperation {}
    impl __rt::SubscriptionKind for ListenOperation {
        type State = ();
        type Stop = super::house::Stop;
        const KEY: __rt::Option<__rt::usize> = __rt::None;
        const MESSAGES: &'static [__rt::FollowedMeta] = &[
            __rt::FollowedMeta {
                message: <super::house::BellMessage as __rt::Record>::META,
                is: __rt::is_row::<super::house::BellMessage>,
                key: __rt::None,
                standing: __rt::None,
                ends: false,
            },
        ];
    }
    __rt::serde! {
        values { Room Rooms Accepted BellMessage CleanedMessage RoomMessage } unions {}
        states { RoomState }
    }
}
/// A message from a session's queue.
///
/// Match with a `_` arm: messages that a newer model knows become new
/// variants. Until then they arrive as [`Message::Unrecognized`], with their
/// text as it came.
#[allow(dead_code)]
#[non_exhaustive]
#[allow(clippy::enum_variant_names)]
pub enum Message {
    /// `house.bellMessage`, `urn:example:house:bellMessage`.
    HouseBellMessage(__rt::Box<house::BellMessage>),
    /// `house.cleanedMessage`, `urn:example:house:cleanedMessage`.
    HouseCleanedMessage(__rt::Box<house::CleanedMessage>),
    /// `house.roomMessage`, `urn:example:house:roomMessage`.
    HouseRoomMessage(__rt::Box<house::RoomMessage>),
    /// One of a type that the model does not know.
    Unrecognized(__rt::UnknownObject),
}
impl __rt::Union for Message {
    const URNS: &'static [&'static __rt::str] = &[
        "urn:example:house:bellMessage",
        "urn:example:house:cleanedMessage",
        "urn:example:house:roomMessage",
    ];
    fn blank(number: __rt::usize) -> __rt::Option<Self> {
        __rt::Some(
            match number {
                0usize => {
                    Message::HouseBellMessage(__rt::Box::new(__rt::Record::blank()))
                }
                1usize => {
                    Message::HouseCleanedMessage(__rt::Box::new(__rt::Record::blank()))
                }
                2usize => {
                    Message::HouseRoomMessage(__rt::Box::new(__rt::Record::blank()))
                }
                _ => return __rt::None,
            },
        )
    }
    fn unknown(object: __rt::UnknownObject) -> Self {
        Message::Unrecognized(object)
    }
    fn content(&self) -> __rt::Result<&dyn __rt::Row, &__rt::UnknownObject> {
        __rt::Ok(
            match self {
                Message::HouseBellMessage(record) => &**record,
                Message::HouseCleanedMessage(record) => &**record,
                Message::HouseRoomMessage(record) => &**record,
                Message::Unrecognized(object) => return __rt::Err(object),
            },
        )
    }
    fn row_mut(&mut self) -> __rt::Option<&mut dyn __rt::Row> {
        __rt::Some(
            match self {
                Message::HouseBellMessage(record) => &mut **record,
                Message::HouseCleanedMessage(record) => &mut **record,
                Message::HouseRoomMessage(record) => &mut **record,
                Message::Unrecognized(_) => return __rt::None,
            },
        )
    }
}
impl __rt::From<house::BellMessage> for Message {
    #[inline]
    fn from(value: house::BellMessage) -> Self {
        Message::HouseBellMessage(__rt::Box::new(value))
    }
}
impl __rt::From<house::CleanedMessage> for Message {
    #[inline]
    fn from(value: house::CleanedMessage) -> Self {
        Message::HouseCleanedMessage(__rt::Box::new(value))
    }
}
impl __rt::From<house::RoomMessage> for Message {
    #[inline]
    fn from(value: house::RoomMessage) -> Self {
        Message::HouseRoomMessage(__rt::Box::new(value))
    }
}
impl __rt::Clone for Message {
    #[inline]
    fn clone(&self) -> Self {
        match self {
            Message::HouseBellMessage(value) => {
                Message::HouseBellMessage(__rt::Box::new(__rt::clone_record(&**value)))
            }
            Message::HouseCleanedMessage(value) => {
                Message::HouseCleanedMessage(
                    __rt::Box::new(__rt::clone_record(&**value)),
                )
            }
            Message::HouseRoomMessage(value) => {
                Message::HouseRoomMessage(__rt::Box::new(__rt::clone_record(&**value)))
            }
            Message::Unrecognized(object) => {
                Message::Unrecognized(__rt::Clone::clone(object))
            }
        }
    }
}
impl __rt::PartialEq for Message {
    #[inline]
    fn eq(&self, other: &Self) -> __rt::bool {
        __rt::eq_union(self, other)
    }
}
impl __rt::Debug for Message {
    #[inline]
    fn fmt(&self, formatter: &mut __rt::fmt::Formatter<'_>) -> __rt::fmt::Result {
        __rt::debug_union(self, formatter)
    }
}
impl __rt::Arriving for house::BellMessage {}
impl __rt::Arriving for house::CleanedMessage {}
impl __rt::Arriving for house::RoomMessage {}
__rt::serde! {
    unions { Message }
}
#[allow(dead_code)]
impl Message {
    /// The message's `__type`; `None` when an unknown one has none.
    pub fn type_urn(&self) -> __rt::Option<&__rt::str> {
        <Self as __rt::Union>::type_urn(self)
    }
}
/// Any request of the model, as a server meets it.
#[derive(__rt::Clone, __rt::Debug)]
#[non_exhaustive]
#[allow(clippy::enum_variant_names)]
#[allow(dead_code, bindings_with_variant_name)]
pub enum AnyRequest {
    /// `house.find`.
    HouseFind(__rt::Box<house::Find>),
    /// `house.clean`.
    HouseClean(__rt::Box<house::Clean>),
    /// `house.list`.
    HouseList(__rt::Box<house::List>),
    /// `house.subscribe`.
    HouseSubscribe(__rt::Box<house::Subscribe>),
    /// `house.unsubscribe`.
    HouseUnsubscribe(__rt::Box<house::Unsubscribe>),
    /// `house.listen`.
    HouseListen(__rt::Box<house::Listen>),
    /// `house.stop`.
    HouseStop(__rt::Box<house::Stop>),
}
/// The requests of the model, for [`route`](__rt::route()).
#[allow(dead_code, bindings_with_variant_name)]
pub const ROUTES: &[__rt::Route<AnyRequest>] = {
    #[inline]
    fn decode(
        number: __rt::usize,
        request: &__rt::RequestHead<'_>,
    ) -> __rt::Result<AnyRequest, __rt::RouteError> {
        let mut any_request = match number {
            0usize => AnyRequest::HouseFind(__rt::Box::new(__rt::Request::blank())),
            1usize => AnyRequest::HouseClean(__rt::Box::new(__rt::Request::blank())),
            2usize => AnyRequest::HouseList(__rt::Box::new(__rt::Request::blank())),
            3usize => AnyRequest::HouseSubscribe(__rt::Box::new(__rt::Request::blank())),
            4usize => {
                AnyRequest::HouseUnsubscribe(__rt::Box::new(__rt::Request::blank()))
            }
            5usize => AnyRequest::HouseListen(__rt::Box::new(__rt::Request::blank())),
            6usize => AnyRequest::HouseStop(__rt::Box::new(__rt::Request::blank())),
            _ => return __rt::Err(__rt::RouteError::NotFound),
        };
        __rt::decode_request(
            match &mut any_request {
                AnyRequest::HouseFind(call) => &mut ***call,
                AnyRequest::HouseClean(call) => &mut ***call,
                AnyRequest::HouseList(call) => &mut ***call,
                AnyRequest::HouseSubscribe(call) => &mut ***call,
                AnyRequest::HouseUnsubscribe(call) => &mut ***call,
                AnyRequest::HouseListen(call) => &mut ***call,
                AnyRequest::HouseStop(call) => &mut ***call,
            },
            request,
        )?;
        __rt::Ok(any_request)
    }
    &[
        __rt::Route {
            meta: <house::Find as __rt::Request>::META,
            number: 0usize,
            decode,
        },
        __rt::Route {
            meta: <house::Clean as __rt::Request>::META,
            number: 1usize,
            decode,
        },
        __rt::Route {
            meta: <house::List as __rt::Request>::META,
            number: 2usize,
            decode,
        },
        __rt::Route {
            meta: <house::Subscribe as __rt::Request>::META,
            number: 3usize,
            decode,
        },
        __rt::Route {
            meta: <house::Unsubscribe as __rt::Request>::META,
            number: 4usize,
            decode,
        },
        __rt::Route {
            meta: <house::Listen as __rt::Request>::META,
            number: 5usize,
            decode,
        },
        __rt::Route {
            meta: <house::Stop as __rt::Request>::META,
            number: 6usize,
            decode,
        },
    ]
};
/// What callers give with requests, shared by operations with the same parameters.
#[allow(dead_code, bindings_with_variant_name)]
pub mod requests {
    #[allow(unused_imports)]
    use super::__rt;
    /// What callers give with requests: `room_id`, `select`, `x_reason`.
    #[derive(__rt::Clone)]
    #[non_exhaustive]
    pub struct RoomIdSelectXReasonXD15255B9Arguments {
        /// Which one.
        pub room_id: __rt::String,
        /// What of it.
        pub select: __rt::Option<__rt::String>,
        /// `X-Reason`.
        pub x_reason: __rt::i32,
    }
    impl<O> __rt::Start for RoomIdSelectXReasonXD15255B9Builder<O> {
        #[inline]
        fn start() -> Self {
            RoomIdSelectXReasonXD15255B9Builder(
                __rt::Missing::new(),
                __rt::None,
                __rt::Missing::new(),
                __rt::PhantomData,
            )
        }
    }
    /// Builds a request; `build` is there once every required parameter is given.
    #[must_use = "a builder does nothing until `build`"]
    pub struct RoomIdSelectXReasonXD15255B9Builder<
        O,
        RoomId = __rt::Missing<super::parameters::room_id>,
        XReason = __rt::Missing<super::parameters::x_reason>,
    >(
        RoomId,
        __rt::Option<__rt::String>,
        XReason,
        __rt::PhantomData<fn() -> (O,)>,
    );
    impl<
        O,
        XReason,
    > RoomIdSelectXReasonXD15255B9Builder<
        O,
        __rt::Missing<super::parameters::room_id>,
        XReason,
    > {
        /// Which one.
        ///
        /// `roomId` in the path, required.
        #[inline]
        pub fn room_id(
            self,
            value: impl __rt::Into<__rt::String>,
        ) -> RoomIdSelectXReasonXD15255B9Builder<O, __rt::Set<__rt::String>, XReason> {
            RoomIdSelectXReasonXD15255B9Builder(
                __rt::Set(__rt::Into::into(value)),
                self.1,
                self.2,
                self.3,
            )
        }
    }
    impl<O, RoomId, XReason> RoomIdSelectXReasonXD15255B9Builder<O, RoomId, XReason> {
        /// What of it.
        ///
        /// `select` in the query, optional.
        #[inline]
        pub fn select(mut self, value: impl __rt::Into<__rt::String>) -> Self {
            self.1 = __rt::Some(__rt::Into::into(value));
            self
        }
    }
    impl<
        O,
        RoomId,
    > RoomIdSelectXReasonXD15255B9Builder<
        O,
        RoomId,
        __rt::Missing<super::parameters::x_reason>,
    > {
        /// `X-Reason`.
        ///
        /// `X-Reason` in the header, required.
        ///
        /// Since `house 3`.
        #[inline]
        pub fn x_reason(
            self,
            value: __rt::i32,
        ) -> RoomIdSelectXReasonXD15255B9Builder<O, RoomId, __rt::Set<__rt::i32>> {
            RoomIdSelectXReasonXD15255B9Builder(self.0, self.1, __rt::Set(value), self.3)
        }
    }
    impl<O, RoomId, XReason> RoomIdSelectXReasonXD15255B9Builder<O, RoomId, XReason> {
        /// The request.
        #[inline]
        pub fn build(self) -> __rt::Call<O>
        where
            O: __rt::Operation<Arguments = RoomIdSelectXReasonXD15255B9Arguments>,
            RoomId: __rt::Provided<Value = __rt::String>,
            XReason: __rt::Provided<Value = __rt::i32>,
        {
            __rt::Call::new(RoomIdSelectXReasonXD15255B9Arguments {
                room_id: __rt::Provided::take(self.0),
                select: self.1,
                x_reason: __rt::Provided::take(self.2),
            })
        }
    }
    impl __rt::Blank for RoomIdSelectXReasonXD15255B9Arguments {
        #[inline]
        fn blank() -> Self {
            RoomIdSelectXReasonXD15255B9Arguments {
                room_id: __rt::String::new(),
                select: __rt::None,
                x_reason: 0,
            }
        }
    }
    impl __rt::Arguments for RoomIdSelectXReasonXD15255B9Arguments {
        #[inline]
        fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&self.room_id);
            }
            if index == 1usize {
                return __rt::Some(&self.select);
            }
            if index == 2usize {
                return __rt::Some(&self.x_reason);
            }
            __rt::None
        }
        #[inline]
        fn parameter_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&mut self.room_id);
            }
            if index == 1usize {
                return __rt::Some(&mut self.select);
            }
            if index == 2usize {
                return __rt::Some(&mut self.x_reason);
            }
            __rt::None
        }
        #[inline]
        fn show(&self, shown: &mut __rt::fmt::DebugStruct<'_, '_>) {
            shown.field("room_id", &self.room_id);
            shown.field("select", &self.select);
            shown.field("x_reason", &self.x_reason);
        }
    }
    /// What callers give with requests: `room_id`.
    #[derive(__rt::Clone)]
    #[non_exhaustive]
    pub struct RoomIdArguments {
        /// `room_id`, see the operation.
        pub room_id: __rt::String,
    }
    impl<O> __rt::Start for RoomIdBuilder<O> {
        #[inline]
        fn start() -> Self {
            RoomIdBuilder(__rt::Missing::new(), __rt::PhantomData)
        }
    }
    /// Builds a request; `build` is there once every required parameter is given.
    #[must_use = "a builder does nothing until `build`"]
    pub struct RoomIdBuilder<O, RoomId = __rt::Missing<super::parameters::room_id>>(
        RoomId,
        __rt::PhantomData<fn() -> (O,)>,
    );
    impl<O> RoomIdBuilder<O, __rt::Missing<super::parameters::room_id>> {
        /// `room_id`, required; see the operation.
        #[inline]
        pub fn room_id(
            self,
            value: impl __rt::Into<__rt::String>,
        ) -> RoomIdBuilder<O, __rt::Set<__rt::String>> {
            RoomIdBuilder(__rt::Set(__rt::Into::into(value)), self.1)
        }
    }
    impl<O, RoomId> RoomIdBuilder<O, RoomId> {
        /// The request.
        #[inline]
        pub fn build(self) -> __rt::Call<O>
        where
            O: __rt::Operation<Arguments = RoomIdArguments>,
            RoomId: __rt::Provided<Value = __rt::String>,
        {
            __rt::Call::new(RoomIdArguments {
                room_id: __rt::Provided::take(self.0),
            })
        }
    }
    impl __rt::Blank for RoomIdArguments {
        #[inline]
        fn blank() -> Self {
            RoomIdArguments {
                room_id: __rt::String::new(),
            }
        }
    }
    impl __rt::Arguments for RoomIdArguments {
        #[inline]
        fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&self.room_id);
            }
            __rt::None
        }
        #[inline]
        fn parameter_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&mut self.room_id);
            }
            __rt::None
        }
        #[inline]
        fn show(&self, shown: &mut __rt::fmt::DebugStruct<'_, '_>) {
            shown.field("room_id", &self.room_id);
        }
    }
    /// What callers give with requests: `range`.
    #[derive(__rt::Clone)]
    #[non_exhaustive]
    pub struct RangeXB3397649Arguments {
        /// `Range`.
        pub range: __rt::Option<__rt::String>,
    }
    impl<O> __rt::Start for RangeXB3397649Builder<O> {
        #[inline]
        fn start() -> Self {
            RangeXB3397649Builder(__rt::None, __rt::PhantomData)
        }
    }
    /// Builds a request; `build` is there once every required parameter is given.
    #[must_use = "a builder does nothing until `build`"]
    pub struct RangeXB3397649Builder<O>(
        __rt::Option<__rt::String>,
        __rt::PhantomData<fn() -> (O,)>,
    );
    impl<O> RangeXB3397649Builder<O> {
        /// `Range`.
        ///
        /// `Range` in the header, optional.
        #[inline]
        pub fn range(mut self, value: impl __rt::Into<__rt::String>) -> Self {
            self.0 = __rt::Some(__rt::Into::into(value));
            self
        }
    }
    impl<O> RangeXB3397649Builder<O> {
        /// The request.
        #[inline]
        pub fn build(self) -> __rt::Call<O>
        where
            O: __rt::Operation<Arguments = RangeXB3397649Arguments>,
        {
            __rt::Call::new(RangeXB3397649Arguments {
                range: self.0,
            })
        }
    }
    impl __rt::Blank for RangeXB3397649Arguments {
        #[inline]
        fn blank() -> Self {
            RangeXB3397649Arguments {
                range: __rt::None,
            }
        }
    }
    impl __rt::Arguments for RangeXB3397649Arguments {
        #[inline]
        fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&self.range);
            }
            __rt::None
        }
        #[inline]
        fn parameter_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Parameter> {
            if index == 0usize {
                return __rt::Some(&mut self.range);
            }
            __rt::None
        }
        #[inline]
        fn show(&self, shown: &mut __rt::fmt::DebugStruct<'_, '_>) {
            shown.field("range", &self.range);
        }
    }
    /// What callers give with requests without parameters.
    #[derive(__rt::Clone)]
    #[non_exhaustive]
    pub struct BareArguments {}
    impl<O> __rt::Start for BareBuilder<O> {
        #[inline]
        fn start() -> Self {
            BareBuilder(__rt::PhantomData)
        }
    }
    /// Builds a request; `build` is there once every required parameter is given.
    #[must_use = "a builder does nothing until `build`"]
    pub struct BareBuilder<O>(__rt::PhantomData<fn() -> (O,)>);
    impl<O> BareBuilder<O> {
        /// The request.
        #[inline]
        pub fn build(self) -> __rt::Call<O>
        where
            O: __rt::Operation<Arguments = BareArguments>,
        {
            __rt::Call::new(BareArguments {})
        }
    }
    impl __rt::Blank for BareArguments {
        #[inline]
        fn blank() -> Self {
            BareArguments {}
        }
    }
    impl __rt::Arguments for BareArguments {
        #[inline]
        fn parameter(&self, index: __rt::usize) -> __rt::Option<&dyn __rt::Parameter> {
            let _ = index;
            __rt::None
        }
        #[inline]
        fn parameter_mut(
            &mut self,
            index: __rt::usize,
        ) -> __rt::Option<&mut dyn __rt::Parameter> {
            let _ = index;
            __rt::None
        }
        #[inline]
        fn show(&self, shown: &mut __rt::fmt::DebugStruct<'_, '_>) {
            let _ = shown;
        }
    }
}
/// The responses of all operations, by the statuses they can have.
#[allow(dead_code, bindings_with_variant_name)]
#[allow(non_camel_case_types)]
pub mod responses {
    #[allow(unused_imports)]
    use super::__rt;
    /// The response of an operation with the statuses 200, 202, 404.
    ///
    /// Match with a `_` arm: a status that the model does not know is
    /// `Unexpected`, and a newer model may know it.
    #[derive(__rt::Clone, __rt::Debug)]
    #[non_exhaustive]
    pub enum Outcome200_202_404XC785FCA2<T200, T202> {
        /// Status 200.
        Ok(T200),
        /// Status 202.
        Accepted {
            /// What the body holds.
            value: T202,
            /// The header `Location`; `None` when it is missing or cannot be read.
            location: __rt::Option<__rt::String>,
        },
        /// Status 404.
        NotFound(__rt::Failure<()>),
        /// A status that the model does not know.
        Unexpected(__rt::Unexpected),
    }
    impl<T200: __rt::Body, T202: __rt::Body> __rt::Response
    for Outcome200_202_404XC785FCA2<T200, T202> {
        type Success = Self;
        #[inline]
        fn from_reply(reply: __rt::RawReply) -> __rt::Result<Self, __rt::DecodeError> {
            __rt::Ok(
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
        #[inline]
        fn to_reply(&self) -> __rt::RawReply {
            match self {
                Self::Ok(content) => __rt::RawReply::encode(200u16, content),
                Self::Accepted { value: content, location: header_0 } => {
                    __rt::RawReply::encode(202u16, content)
                        .with_header("Location", header_0.as_ref())
                }
                Self::NotFound(content) => __rt::RawReply::encode(404u16, content),
                Self::Unexpected(unexpected) => unexpected.to_reply(),
            }
        }
        #[inline]
        fn into_result(self) -> __rt::Result<Self, __rt::ApiError> {
            match self {
                success @ Self::Ok(_) => __rt::Ok(success),
                success @ Self::Accepted { .. } => __rt::Ok(success),
                Self::NotFound(content) => __rt::Err(content.into_error()),
                Self::Unexpected(unexpected) => __rt::Err(unexpected.into_error()),
            }
        }
    }
    /// The response of an operation with the statuses 202.
    ///
    /// Match with a `_` arm: a status that the model does not know is
    /// `Unexpected`, and a newer model may know it.
    #[derive(__rt::Clone, __rt::Debug)]
    #[non_exhaustive]
    pub enum Outcome202<T> {
        /// Status 202.
        Accepted(T),
        /// A status that the model does not know.
        Unexpected(__rt::Unexpected),
    }
    impl<T: __rt::Body> __rt::Response for Outcome202<T> {
        type Success = T;
        #[inline]
        fn from_reply(reply: __rt::RawReply) -> __rt::Result<Self, __rt::DecodeError> {
            __rt::Ok(
                match reply.code() {
                    202u16 => Self::Accepted(reply.success()?),
                    _ => Self::Unexpected(reply.unexpected()),
                },
            )
        }
        #[inline]
        fn to_reply(&self) -> __rt::RawReply {
            match self {
                Self::Accepted(content) => __rt::RawReply::encode(202u16, content),
                Self::Unexpected(unexpected) => unexpected.to_reply(),
            }
        }
        #[inline]
        fn into_result(self) -> __rt::Result<T, __rt::ApiError> {
            match self {
                Self::Accepted(content) => __rt::Ok(content),
                Self::Unexpected(unexpected) => __rt::Err(unexpected.into_error()),
            }
        }
    }
    /// The response of an operation with the statuses 200.
    ///
    /// Match with a `_` arm: a status that the model does not know is
    /// `Unexpected`, and a newer model may know it.
    #[derive(__rt::Clone, __rt::Debug)]
    #[non_exhaustive]
    pub enum Outcome200<T> {
        /// Status 200.
        Ok(T),
        /// A status that the model does not know.
        Unexpected(__rt::Unexpected),
    }
    impl<T: __rt::Body> __rt::Response for Outcome200<T> {
        type Success = T;
        #[inline]
        fn from_reply(reply: __rt::RawReply) -> __rt::Result<Self, __rt::DecodeError> {
            __rt::Ok(
                match reply.code() {
                    200u16 => Self::Ok(reply.success()?),
                    _ => Self::Unexpected(reply.unexpected()),
                },
            )
        }
        #[inline]
        fn to_reply(&self) -> __rt::RawReply {
            match self {
                Self::Ok(content) => __rt::RawReply::encode(200u16, content),
                Self::Unexpected(unexpected) => unexpected.to_reply(),
            }
        }
        #[inline]
        fn into_result(self) -> __rt::Result<T, __rt::ApiError> {
            match self {
                Self::Ok(content) => __rt::Ok(content),
                Self::Unexpected(unexpected) => __rt::Err(unexpected.into_error()),
            }
        }
    }
}
mod parameter_lists {
    #[allow(unused_imports)]
    use super::__rt;
    pub static LIST_X2279FE1F: &[__rt::ParameterMeta] = &[
        __rt::ParameterMeta {
            name: "roomId",
            location: __rt::Location::Path,
            supplier: __rt::Supplier::Caller,
            required: true,
            since: __rt::None,
        },
        __rt::ParameterMeta {
            name: "select",
            location: __rt::Location::Query,
            supplier: __rt::Supplier::Caller,
            required: false,
            since: __rt::None,
        },
        __rt::ParameterMeta {
            name: "X-Reason",
            location: __rt::Location::Header,
            supplier: __rt::Supplier::Caller,
            required: true,
            since: __rt::Some(__rt::FeatureVersion {
                feature: "house",
                version: 3u32,
            }),
        },
    ];
    pub static LIST_XD52E71BE: &[__rt::ParameterMeta] = &[
        __rt::ParameterMeta {
            name: "roomId",
            location: __rt::Location::Path,
            supplier: __rt::Supplier::Caller,
            required: true,
            since: __rt::None,
        },
    ];
    pub static LIST_X1666F0F3: &[__rt::ParameterMeta] = &[
        __rt::ParameterMeta {
            name: "Range",
            location: __rt::Location::Header,
            supplier: __rt::Supplier::Caller,
            required: false,
            since: __rt::None,
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
    #[allow(unused_imports)]
    use super::__rt;
    /// Every type with the bytes that it takes on a stack.
    #[allow(dead_code)]
    pub(super) const SIZES: &[(&__rt::str, __rt::usize)] = &[
        ("AnyRequest", ::core::mem::size_of::<super::AnyRequest>()),
        ("Message", ::core::mem::size_of::<super::Message>()),
        ("house::Room", ::core::mem::size_of::<super::house::Room>()),
        ("house::Rooms", ::core::mem::size_of::<super::house::Rooms>()),
        ("house::Accepted", ::core::mem::size_of::<super::house::Accepted>()),
        ("house::BellMessage", ::core::mem::size_of::<super::house::BellMessage>()),
        (
            "house::CleanedMessage",
            ::core::mem::size_of::<super::house::CleanedMessage>(),
        ),
        ("house::RoomMessage", ::core::mem::size_of::<super::house::RoomMessage>()),
        ("house::RoomState", ::core::mem::size_of::<super::house::RoomState>()),
        ("house::Find", ::core::mem::size_of::<super::house::Find>()),
        ("house::FindBuilder", ::core::mem::size_of::<super::house::FindBuilder>()),
        ("house::FindOutcome", ::core::mem::size_of::<super::house::FindOutcome>()),
        ("house::Clean", ::core::mem::size_of::<super::house::Clean>()),
        ("house::CleanBuilder", ::core::mem::size_of::<super::house::CleanBuilder>()),
        ("house::CleanOutcome", ::core::mem::size_of::<super::house::CleanOutcome>()),
        ("house::List", ::core::mem::size_of::<super::house::List>()),
        ("house::ListBuilder", ::core::mem::size_of::<super::house::ListBuilder>()),
        ("house::ListOutcome", ::core::mem::size_of::<super::house::ListOutcome>()),
        ("house::Subscribe", ::core::mem::size_of::<super::house::Subscribe>()),
        (
            "house::SubscribeBuilder",
            ::core::mem::size_of::<super::house::SubscribeBuilder>(),
        ),
        (
            "house::SubscribeOutcome",
            ::core::mem::size_of::<super::house::SubscribeOutcome>(),
        ),
        ("house::Unsubscribe", ::core::mem::size_of::<super::house::Unsubscribe>()),
        (
            "house::UnsubscribeBuilder",
            ::core::mem::size_of::<super::house::UnsubscribeBuilder>(),
        ),
        (
            "house::UnsubscribeOutcome",
            ::core::mem::size_of::<super::house::UnsubscribeOutcome>(),
        ),
        ("house::Listen", ::core::mem::size_of::<super::house::Listen>()),
        ("house::ListenBuilder", ::core::mem::size_of::<super::house::ListenBuilder>()),
        ("house::ListenOutcome", ::core::mem::size_of::<super::house::ListenOutcome>()),
        ("house::Stop", ::core::mem::size_of::<super::house::Stop>()),
        ("house::StopBuilder", ::core::mem::size_of::<super::house::StopBuilder>()),
        ("house::StopOutcome", ::core::mem::size_of::<super::house::StopOutcome>()),
    ];
    #[::core::prelude::v1::test]
    fn house_room_message_dark() -> __rt::Result<(), __rt::String> {
        __rt::testing::message::<
            super::Message,
            super::house::RoomMessage,
        >(
            "urn:example:house:roomMessage",
            "{\"__type\":\"urn:example:house:roomMessage\",\"isDelta\":true,\"roomId\":\"r1\",\"room\":null,\"light\":false}",
        )
    }
    #[::core::prelude::v1::test]
    fn house_find_found() -> __rt::Result<(), __rt::String> {
        __rt::testing::operation::<
            super::house::Find,
        >(
            &__rt::testing::Example {
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
