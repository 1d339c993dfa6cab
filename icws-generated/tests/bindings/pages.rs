//! Models that came of reference pages, one for each group of what pages have,
//! make bindings that compile. icws-spec holds the models against the pages.

use icws_generated::runtime::Request;

macro_rules! pages {
    ($($name:ident $file:literal $operation:path, $route:literal;)*) => {
        $(
            mod $name {
                icws_generated::bindings!($file);
            }
        )*

        #[test]
        fn each_page_gives_its_operations() {
            $(
                let meta = <$operation as Request>::META;
                assert_eq!(format!("{} {}", meta.method, meta.path), $route);
            )*
        }
    };
}

pages! {
    base_option "../../../icws-spec/tests/pages/base-option.yaml" base_option::rooms::PutDoors, "PUT /icws/{sessionId}/rooms/doors";
    body "../../../icws-spec/tests/pages/body.yaml" body::rooms::PostBooking, "POST /icws/{sessionId}/rooms/{roomId}/booking";
    callback "../../../icws-spec/tests/pages/callback.yaml" callback::interactions::callback::PutCallback, "PUT /icws/{sessionId}/messaging/subscriptions/interactions/{interactionId}/callback";
    copies "../../../icws-spec/tests/pages/copies.yaml" copies::rooms::GetKeys, "GET /icws/{sessionId}/rooms/keys";
    errors "../../../icws-spec/tests/pages/errors.yaml" errors::rooms::PostAlarm, "POST /icws/{sessionId}/rooms/alarm";
    features "../../../icws-spec/tests/pages/features.yaml" features::agent_quality::GetRooms, "GET /icws/{sessionId}/agent-quality/rooms";
    headers "../../../icws-spec/tests/pages/headers.yaml" headers::rooms::GetPlan, "GET /icws/{sessionId}/rooms/plan";
    messages "../../../icws-spec/tests/pages/messages.yaml" messages::rooms::PutVisitors, "PUT /icws/{sessionId}/messaging/subscriptions/rooms/{roomId}/visitors";
    options "../../../icws-spec/tests/pages/options.yaml" options::rooms::PostFurniture, "POST /icws/{sessionId}/rooms/furniture";
    parameters "../../../icws-spec/tests/pages/parameters.yaml" parameters::rooms::GetRooms, "GET /icws/{sessionId}/rooms";
    prose "../../../icws-spec/tests/pages/prose.yaml" prose::rooms::DeleteWindows, "DELETE /icws/{sessionId}/rooms/{roomId}/windows";
    sessionless "../../../icws-spec/tests/pages/sessionless.yaml" sessionless::rooms::GetVersion, "GET /icws/rooms/version";
    versions "../../../icws-spec/tests/pages/versions.yaml" versions::rooms::DeleteRooms, "DELETE /icws/{sessionId}/rooms/{roomId}";
}
