//! All subscriptions that there are, by how many states each has.

use icws_generated::client::Session;
use icws_generated::runtime::{DeltaState, Subscription};
use icws_generated::*;
use serde_json::Value;

use crate::live::{Connecting, live};
use crate::watched::{Watched, Watching};

/// Makes the watch of a subscription with a key, and a body as JSON.
pub type Make = fn(&str, Option<&Value>) -> Box<dyn Watching>;

/// Watches a subscription with a key, and a body as JSON, over HTTP.
pub type Connect = fn(&Session, &str, Option<&Value>) -> Connecting;

/// A subscription of the bindings.
pub struct Listed {
    pub id: &'static str,
    pub states: usize,
    pub make: Make,
    pub connect: Connect,
}

fn json<S: DeltaState>(state: &S) -> Value {
    serde_json::from_slice(&state.to_json()).unwrap()
}

fn listed<S>(states: usize, make: Make, connect: Connect) -> Listed
where
    S: Subscription + Clone + Send + Sync + 'static,
{
    let id = S::META.id;
    Listed {
        id,
        states,
        make,
        connect,
    }
}

macro_rules! list {
    ($states:literal, |$state:ident| $view:expr; $($subscription:ty,)*) => {
        vec![$(listed::<$subscription>($states, |key, body| {
            Box::new(Watched::<$subscription>::new(key, body, |$state| $view))
        }, |session, key, body| {
            live::<$subscription>(session, key, body, |$state| $view)
        }),)*]
    };
}

pub fn all() -> Vec<Listed> {
    let mut all = list![0, |_state| vec![];
        ipa::SubscribeCurrentPage,
        system::SubscribeHandlerNotifications,
    ];
    all.extend(list![2, |state| vec![json(&state.0), json(&state.1)];
        interactions::chat::Subscribe,
    ]);
    all.extend(list![1, |state| vec![json(state)];
        activations::SubscribeUserActivations,
        activations::SubscribeWorkgroupActivations,
        alerts::SubscribeAlertCatalog,
        alerts::SubscribeAlertNotifications,
        alerts::SubscribeUserMemos,
        configuration::access_control_groups::Subscribe,
        configuration::account_codes::Subscribe,
        configuration::account_codes_configuration::Subscribe,
        configuration::actions::Subscribe,
        configuration::audio_sources::Subscribe,
        configuration::client_buttons::Subscribe,
        configuration::client_configuration_templates::Subscribe,
        configuration::client_templates::Subscribe,
        configuration::default_user::Subscribe,
        configuration::dial_plan_classifications::Subscribe,
        configuration::image_resources::Subscribe,
        configuration::interaction_recorder_configuration::Subscribe,
        configuration::keyword_sets::Subscribe,
        configuration::layouts::Subscribe,
        configuration::login_authentication::Subscribe,
        configuration::password_policies::Subscribe,
        configuration::positions::Subscribe,
        configuration::problem_reporter::Subscribe,
        configuration::queue_columns::Subscribe,
        configuration::recording_beep_tones::Subscribe,
        configuration::response_management_documents::Subscribe,
        configuration::roles::Subscribe,
        configuration::salesforce_cti_configurations::Subscribe,
        configuration::schedules::Subscribe,
        configuration::secure_input_forms::Subscribe,
        configuration::server_parameters::Subscribe,
        configuration::skill_categories::Subscribe,
        configuration::skills::Subscribe,
        configuration::statistic_parameter_groups::Subscribe,
        configuration::structured_parameters::Subscribe,
        configuration::system::Subscribe,
        configuration::system_parameters::Subscribe,
        configuration::users::Subscribe,
        configuration::workgroups::Subscribe,
        configuration::wrap_up_categories::Subscribe,
        configuration::wrap_up_codes::Subscribe,
        connection::SubscribeStation,
        data_extractor::SubscribeJobStatuses,
        directories::SubscribeDirectories,
        directories::SubscribeDirectory,
        interactions::assistance::SubscribeRequests,
        interactions::assistance::SubscribeRequest,
        interactions::callback::Subscribe,
        interactions::email::Subscribe,
        interactions::Subscribe,
        interactions::SubscribeAlerting,
        interactions::SubscribeHistory,
        ipa::SubscribeLaunchableProcesses,
        ipa::SubscribePas,
        licenses::Subscribe,
        queues::Subscribe,
        response_management::Subscribe,
        session::SubscribeLayoutSessions,
        session::SubscribeStationSessions,
        session::SubscribeUserSessions,
        statistics::SubscribeCatalog,
        statistics::SubscribeParameterValues,
        statistics::SubscribeValues,
        status::SubscribeStatusMessages,
        status::SubscribeStatusMessagesUserAccess,
        status::SubscribePreviousUserStatuses,
        status::SubscribeUserStatuses,
        unified_messaging::SubscribeFaxMessages,
        unified_messaging::SubscribeMessagesWaiting,
        unified_messaging::SubscribeVoicemailMessages,
        wfm::SubscribeDataVersions,
    ]);
    all
}
