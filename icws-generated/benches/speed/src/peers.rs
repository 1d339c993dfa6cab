//! The same messages for serde.

use serde::Deserialize;

macro_rules! messages {
    ($($name:ident $urn:literal,)*) => {
        $(
            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase")]
            #[allow(dead_code)]
            pub struct $name {
                pub is_delta: bool,
                pub interaction_id: String,
                pub target: String,
                pub name: Option<String>,
                pub subject: String,
                pub attempts: Option<i32>,
                pub max_attempts: Option<i32>,
                pub associated_call_id: Option<String>,
                pub snoozed: Option<bool>,
            }
        )*

        /// As one writes it by hand: internally tagged.
        #[derive(Deserialize)]
        #[serde(tag = "__type")]
        #[allow(dead_code)]
        pub enum Tagged {
            $(#[serde(rename = $urn)] $name($name),)*
        }

        pub mod untagged {
            use super::Deserialize;

            /// The one value that `__type` has in each.
            pub mod kinds {
                $(
                    #[derive(serde::Deserialize)]
                    pub enum $name {
                        #[serde(rename = $urn)]
                        Only,
                    }
                )*
            }

            $(
                #[derive(Deserialize)]
                #[serde(rename_all = "camelCase")]
                #[allow(dead_code)]
                pub struct $name {
                    #[serde(rename = "__type")]
                    pub kind: kinds::$name,
                    pub is_delta: bool,
                    pub interaction_id: String,
                    pub target: String,
                    pub name: Option<String>,
                    pub subject: String,
                    pub attempts: Option<i32>,
                    pub max_attempts: Option<i32>,
                    pub associated_call_id: Option<String>,
                    pub snoozed: Option<bool>,
                }
            )*

            /// As a generator for OpenAPI writes a `oneOf`: tried one by one.
            #[derive(Deserialize)]
            #[serde(untagged)]
            #[allow(dead_code)]
            pub enum Message {
                $($name($name),)*
            }
        }
    };
}

messages! {
    M0 "urn:example:hundred:m0",
    M1 "urn:example:hundred:m1",
    M2 "urn:example:hundred:m2",
    M3 "urn:example:hundred:m3",
    M4 "urn:example:hundred:m4",
    M5 "urn:example:hundred:m5",
    M6 "urn:example:hundred:m6",
    M7 "urn:example:hundred:m7",
    M8 "urn:example:hundred:m8",
    M9 "urn:example:hundred:m9",
    M10 "urn:example:hundred:m10",
    M11 "urn:example:hundred:m11",
    M12 "urn:example:hundred:m12",
    M13 "urn:example:hundred:m13",
    M14 "urn:example:hundred:m14",
    M15 "urn:example:hundred:m15",
    M16 "urn:example:hundred:m16",
    M17 "urn:example:hundred:m17",
    M18 "urn:example:hundred:m18",
    M19 "urn:example:hundred:m19",
    M20 "urn:example:hundred:m20",
    M21 "urn:example:hundred:m21",
    M22 "urn:example:hundred:m22",
    M23 "urn:example:hundred:m23",
    M24 "urn:example:hundred:m24",
    M25 "urn:example:hundred:m25",
    M26 "urn:example:hundred:m26",
    M27 "urn:example:hundred:m27",
    M28 "urn:example:hundred:m28",
    M29 "urn:example:hundred:m29",
    M30 "urn:example:hundred:m30",
    M31 "urn:example:hundred:m31",
    M32 "urn:example:hundred:m32",
    M33 "urn:example:hundred:m33",
    M34 "urn:example:hundred:m34",
    M35 "urn:example:hundred:m35",
    M36 "urn:example:hundred:m36",
    M37 "urn:example:hundred:m37",
    M38 "urn:example:hundred:m38",
    M39 "urn:example:hundred:m39",
    M40 "urn:example:hundred:m40",
    M41 "urn:example:hundred:m41",
    M42 "urn:example:hundred:m42",
    M43 "urn:example:hundred:m43",
    M44 "urn:example:hundred:m44",
    M45 "urn:example:hundred:m45",
    M46 "urn:example:hundred:m46",
    M47 "urn:example:hundred:m47",
    M48 "urn:example:hundred:m48",
    M49 "urn:example:hundred:m49",
    M50 "urn:example:hundred:m50",
    M51 "urn:example:hundred:m51",
    M52 "urn:example:hundred:m52",
    M53 "urn:example:hundred:m53",
    M54 "urn:example:hundred:m54",
    M55 "urn:example:hundred:m55",
    M56 "urn:example:hundred:m56",
    M57 "urn:example:hundred:m57",
    M58 "urn:example:hundred:m58",
    M59 "urn:example:hundred:m59",
    M60 "urn:example:hundred:m60",
    M61 "urn:example:hundred:m61",
    M62 "urn:example:hundred:m62",
    M63 "urn:example:hundred:m63",
    M64 "urn:example:hundred:m64",
    M65 "urn:example:hundred:m65",
    M66 "urn:example:hundred:m66",
    M67 "urn:example:hundred:m67",
    M68 "urn:example:hundred:m68",
    M69 "urn:example:hundred:m69",
    M70 "urn:example:hundred:m70",
    M71 "urn:example:hundred:m71",
    M72 "urn:example:hundred:m72",
    M73 "urn:example:hundred:m73",
    M74 "urn:example:hundred:m74",
    M75 "urn:example:hundred:m75",
    M76 "urn:example:hundred:m76",
    M77 "urn:example:hundred:m77",
    M78 "urn:example:hundred:m78",
    M79 "urn:example:hundred:m79",
    M80 "urn:example:hundred:m80",
    M81 "urn:example:hundred:m81",
    M82 "urn:example:hundred:m82",
    M83 "urn:example:hundred:m83",
    M84 "urn:example:hundred:m84",
    M85 "urn:example:hundred:m85",
    M86 "urn:example:hundred:m86",
    M87 "urn:example:hundred:m87",
    M88 "urn:example:hundred:m88",
    M89 "urn:example:hundred:m89",
    M90 "urn:example:hundred:m90",
    M91 "urn:example:hundred:m91",
    M92 "urn:example:hundred:m92",
    M93 "urn:example:hundred:m93",
    M94 "urn:example:hundred:m94",
    M95 "urn:example:hundred:m95",
    M96 "urn:example:hundred:m96",
    M97 "urn:example:hundred:m97",
    M98 "urn:example:hundred:m98",
    M99 "urn:example:hundred:m99",
}
