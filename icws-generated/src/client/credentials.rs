//! Who connects.

use crate::connection::{
    AnyBaseAuthConnectionRequestSettings, AuthTokenConnectionRequestSettings,
    IcAuthConnectionRequestSettings, SingleSignOnTokenConnectionRequestSettings,
};

/// Who connects, by one of the three ways of `/icws/connection`. `Debug` shows
/// neither passwords nor tokens.
///
/// A token works once. A session made of one cannot be made again after it was
/// lost; with a password it can.
///
/// ```
/// use icws_generated::client::Credentials;
///
/// let credentials = Credentials::password("agent", "hunter2");
/// assert!(!format!("{credentials:?}").contains("hunter2"));
/// ```
#[derive(Debug, Clone)]
pub struct Credentials {
    /// Everything but the application's name, which the client knows.
    settings: AnyBaseAuthConnectionRequestSettings,
    reusable: bool,
}

impl Credentials {
    /// A user with a password.
    pub fn password(user: impl Into<String>, password: impl Into<String>) -> Self {
        let settings = IcAuthConnectionRequestSettings::new("", user, password.into());
        Credentials {
            settings: settings.into(),
            reusable: true,
        }
    }

    /// A token that another session asked for; it works once, within seven
    /// seconds.
    pub fn auth_token(
        seed: impl Into<String>,
        token: impl Into<String>,
        source_session: impl Into<String>,
    ) -> Self {
        let settings =
            AuthTokenConnectionRequestSettings::new("", seed, token.into(), source_session);
        Credentials {
            settings: settings.into(),
            reusable: false,
        }
    }

    /// The token of a single sign-on.
    pub fn single_sign_on(token: impl Into<String>) -> Self {
        let settings = SingleSignOnTokenConnectionRequestSettings::new("", token.into());
        Credentials {
            settings: settings.into(),
            reusable: false,
        }
    }

    /// Returns true if another session can be made with them.
    pub(super) fn reusable(&self) -> bool {
        self.reusable
    }

    /// The representation that connects an application.
    pub(super) fn settings(&self, application: &str) -> AnyBaseAuthConnectionRequestSettings {
        use AnyBaseAuthConnectionRequestSettings as Any;

        let mut settings = self.settings.clone();
        let name = match &mut settings {
            Any::IcAuthConnectionRequestSettings(settings) => &mut settings.application_name,
            Any::AuthTokenConnectionRequestSettings(settings) => &mut settings.application_name,
            Any::SingleSignOnTokenConnectionRequestSettings(settings) => {
                &mut settings.application_name
            }
            Any::Unrecognized(_) => return settings,
        };
        application.clone_into(name);
        settings
    }
}
