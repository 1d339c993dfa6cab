//! Connections, and what a server says about itself.

use crate::world::{AuthToken, Ended, Session};
use bytes::Bytes;
use http::header::HOST;
use icws_generated::common::{FeatureInfo, FeatureInfos};
use icws_generated::connection::{
    AnyBaseAuthConnectionRequestSettings as Credentials, AuthenticationInfo, Connect,
    ConnectOutcome, ConnectionResponse, ConnectionSettings, ConnectionState, DisconnectOutcome,
    GetConnectionOutcome, GetFeatureOutcome, GetFeaturesOutcome, GetServerInfoOutcome,
    GetVersionOutcome, Language, PurecloudIntegration, ServerInfo, ServerTimeInfo, VersionInfo,
};
use icws_generated::runtime::{DateTime, Field, Response, Secret};

use super::{Exchange, Reply};
use crate::areas;
use crate::modelled::times::compact;
use crate::refusal::{Refusal, elsewhere};

/// What `include` can name, and the version of `connection` that introduced it.
const INCLUDES: &[(&str, u32)] = &[
    ("version", 3),
    ("features", 3),
    ("server-time", 4),
    ("default-workstation", 5),
    ("purecloud-integration", 8),
    ("effective-station", 10),
];

const SERVER_NAME: &str = "MOCK";
const SINGLE_SIGN_ON_FAILURE: &str = "error.request.connection.singleSignOn.failure";

impl Exchange<'_> {
    pub(super) fn connect(&mut self, connect: Connect) -> Result<Reply, Refusal> {
        if self.world.is_full() {
            let alternates = self.settings.chosen.alternates.clone();
            return Ok(Reply::Whole(elsewhere(alternates)));
        }
        let connect = connect.into_arguments();
        let application = match &connect.body {
            Credentials::IcAuthConnectionRequestSettings(given) => &given.application_name,
            Credentials::AuthTokenConnectionRequestSettings(given) => &given.application_name,
            Credentials::SingleSignOnTokenConnectionRequestSettings(given) => {
                &given.application_name
            }
            _ => "",
        };
        let application = application.to_owned();
        let user = self.authenticate(connect.body)?;
        // One who was removed connects no more, with a password or by a token.
        if self.world.tables.get(areas::people::USERS, &user).is_none() {
            return Err(Refusal::wrong_credentials(None));
        }
        let (token, id, cookie) = {
            let host = self.request.headers().get(HOST).cloned();
            let session = self.world.connect(&user);
            session.application = application;
            session.host = host.and_then(|host| Some(host.to_str().ok()?.to_owned()));
            let Session { csrf_token, id, .. } = session;
            (csrf_token.clone(), id.clone(), session.set_cookie())
        };
        let mut response = ConnectionResponse::new(&*token, &*id);
        response.alternate_host_list = Some(self.settings.chosen.alternates.clone());
        response.user_display_name = Some(areas::people::name_of(self.world, &user));
        response.user_id = Some(user);
        response.ic_server = Some(SERVER_NAME.to_owned());
        // Values that the server does not know are passed over, as all that
        // clients send too much.
        for value in connect.include.unwrap_or_default() {
            self.include(&value, &mut response);
        }
        let time = response
            .server_time_info
            .as_ref()
            .map(|info| info.server_utc_time);
        let created = ConnectOutcome::Created {
            value: response,
            inin_icws_csrf_token: Some(Secret::from(token)),
            inin_icws_session_id: Some(id.clone()),
            set_cookie: Some(Secret::from(cookie)),
            location: Some(format!("/icws/{id}/connection")),
        };
        let response = created.to_reply().into_http();
        Ok(Reply::Whole(match time {
            Some(time) => response.map(|body| with_compact(&body, time)),
            None => response,
        }))
    }

    /// The user that the credentials stand for.
    fn authenticate(&mut self, credentials: Credentials) -> Result<String, Refusal> {
        let tokens = &mut self.world.tokens;
        let default = &self.settings.default_user;
        match credentials {
            Credentials::IcAuthConnectionRequestSettings(given) => {
                match tokens.user(&given.user_id) {
                    Some((user, password)) if *password == *given.password => Ok(user.to_owned()),
                    _ => Err(Refusal::wrong_credentials(None)),
                }
            }
            Credentials::AuthTokenConnectionRequestSettings(given) => {
                let token = AuthToken {
                    source_session: given.auth_token_source_session,
                    seed: given.auth_token_seed,
                    token: given.auth_token.to_string(),
                };
                if !tokens.use_auth(&token) {
                    return Err(Refusal::wrong_credentials(None));
                }
                let source = self.world.sessions.get(&token.source_session);
                let user = source.map_or_else(|| default.clone(), |source| source.user.clone());
                if given.disconnect_source_session == Some(true) {
                    let ended = Ended::logged_out();
                    self.world.end_session(&token.source_session, ended);
                }
                Ok(user)
            }
            Credentials::SingleSignOnTokenConnectionRequestSettings(given) => {
                if tokens.use_single_sign_on(&given.single_sign_on_token) {
                    Ok(default.clone())
                } else {
                    Err(Refusal::wrong_credentials(Some(SINGLE_SIGN_ON_FAILURE)))
                }
            }
            _ => Err(Refusal::invalid(
                "__type",
                "it is none of the kinds of credentials",
            )),
        }
    }

    fn include(&self, value: &str, response: &mut ConnectionResponse) {
        let since = INCLUDES.iter().find(|(known, _)| *known == value);
        let has = self.settings.version("connection");
        if since.is_none_or(|(_, since)| has < *since) {
            return;
        }
        match value {
            "version" => response.version = Some(version().into()),
            "features" => response.features = Some(self.feature_list()),
            "server-time" => {
                let time = ServerTimeInfo::new(DateTime::from(jiff::Timestamp::now()));
                response.server_time_info = Some(time.into());
            }
            "default-workstation" => response.default_workstation_id = Field::Null,
            "purecloud-integration" => {
                response.purecloud_integration = Some(PurecloudIntegration::new(false).into());
            }
            "effective-station" => response.effective_station = Field::Null,
            _ => {}
        }
    }

    fn feature_list(&self) -> Vec<FeatureInfo> {
        let features = self.settings.features.iter();
        features
            .map(|(feature, version)| feature_info(feature, *version))
            .collect()
    }

    pub(super) fn version(&self) -> Reply {
        GetVersionOutcome::Ok(version()).to_reply().into()
    }

    pub(super) fn features(&self) -> Reply {
        let infos = FeatureInfos::new(self.feature_list());
        GetFeaturesOutcome::Ok(infos).to_reply().into()
    }

    /// An unknown feature is a 400: the reference lists no 404 here.
    pub(super) fn feature(&self, id: &str) -> Result<Reply, Refusal> {
        match self.settings.features.get(id) {
            Some(version) => {
                let info = feature_info(id, *version);
                Ok(GetFeatureOutcome::Ok(info).to_reply().into())
            }
            None => Err(Refusal::bad_request(format!("There is no feature {id}."))),
        }
    }

    pub(super) fn server_info(&self, language: Option<String>) -> Reply {
        let languages = vec![Language::new("en-us", "English (United States)")];
        let mut info = ServerInfo::new(languages, language.as_deref().unwrap_or("en-us"));
        info.authentication = Some(AuthenticationInfo::new(true).into());
        GetServerInfoOutcome::Ok(info).to_reply().into()
    }

    /// How the session stands, also when it has ended.
    pub(super) fn connection(&mut self) -> Result<Reply, Refusal> {
        let session = self.own_session()?;
        let mut settings = ConnectionSettings::new(ConnectionState::Up);
        if let Some(ended) = &session.ended {
            settings = ConnectionSettings::new(ConnectionState::Down);
            settings.reason = Some(ended.reason.clone());
            settings.should_reconnect = Some(ended.should_reconnect);
        }
        Ok(GetConnectionOutcome::Ok(settings).to_reply().into())
    }

    pub(super) fn disconnect(&mut self) -> Reply {
        self.world.end_session(&self.session, Ended::logged_out());
        DisconnectOutcome::Ok(()).to_reply().into()
    }
}

/// A body with a time in the form in which live servers send it.
fn with_compact(body: &[u8], time: DateTime) -> Bytes {
    let text = String::from_utf8_lossy(body);
    text.replace(&time.to_string(), &compact(time.civil()))
        .into()
}

fn feature_info(feature: &str, version: u32) -> FeatureInfo {
    FeatureInfo::new(feature, i32::try_from(version).unwrap_or(i32::MAX))
}

/// All of it is text, as live servers have it.
fn version() -> VersionInfo {
    let mut version = VersionInfo::new("18", "1", "0", "1", "mock", "mock");
    version.product_release_display_string = Some("Mock server".to_owned());
    version
}
