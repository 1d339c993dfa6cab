//! What the server answers: the operation is found, the session checked, and
//! the operation carried out.

mod authorize;
mod connection;
mod messages;

use bytes::Bytes;

use icws_generated::AnyRequest;
use icws_generated::connection::{
    Connect, Disconnect, GetConnection, GetFeature, GetFeatures, GetServerInfo, GetVersion,
};
use icws_generated::messaging::Poll;
use icws_generated::runtime::{RawReply, Request, RouteError};

use super::areas::{self, Answer, Call, Role};
use super::modelled::{self, Outcome};
use super::refusal::Refusal;
use super::router::{Found, Kind, Source};
use super::settings::Settings;
use super::world::World;

/// A response.
pub(super) enum Reply {
    /// All at once.
    Whole(http::Response<Bytes>),
    /// The messages of a session as they come.
    Events {
        /// The session.
        session: String,
        /// What the session knows the stream by.
        reader: u64,
    },
}

impl From<RawReply> for Reply {
    fn from(reply: RawReply) -> Self {
        Reply::Whole(reply.into_http())
    }
}

/// The operations that are carried out by the generated types: those of connections
/// and their messages. All others are held against the model.
const TYPED: &[&str] = &[
    Connect::META.id,
    GetVersion::META.id,
    GetFeatures::META.id,
    GetFeature::META.id,
    GetServerInfo::META.id,
    GetConnection::META.id,
    Disconnect::META.id,
    Poll::META.id,
];

/// Whether an operation is carried out by the generated types.
pub(super) fn is_typed(operation: &str) -> bool {
    TYPED.contains(&operation)
}

/// Carries out a request, and all that follows of it.
pub(super) fn answer(
    settings: &Settings,
    world: &mut World,
    found: Found<'_>,
    request: &http::Request<Bytes>,
) -> Result<Reply, Refusal> {
    let answer = carry_out(settings, world, found, request);
    areas::refresh(world);
    answer
}

fn carry_out(
    settings: &Settings,
    world: &mut World,
    found: Found<'_>,
    request: &http::Request<Bytes>,
) -> Result<Reply, Refusal> {
    let (served, pieces) = match found {
        Ok(found) => found,
        Err(error) => {
            world.expire_idle();
            authorize::authorize_unknown(world, request)?;
            return Err(error.into());
        }
    };
    world.expire_idle();
    let session = authorize::authorize(world, served.needs, &pieces, request)?;
    if let Some(session) = session.as_deref().and_then(|id| world.sessions.get_mut(id)) {
        let answers = match &*served.id {
            id if id == GetConnection::META.id => true,
            id if id == Poll::META.id => session.is_readable(),
            _ => session.is_up(),
        };
        if !answers {
            return Err(authorize::not_found());
        }
        session.touch();
    }
    // Who has no session is not told what there is.
    if world.gone.contains(&served.id) {
        return Err(Refusal::gone());
    }
    if let Some((feature, version)) = &served.since
        && settings.version(feature) < *version
    {
        return Err(Refusal::not_found("There is no such resource."));
    }
    let mut exchange = Exchange {
        settings,
        world,
        session: session.unwrap_or_default(),
        request,
    };
    match served.kind {
        Kind::Shipped(known) => {
            let incoming = known.read(&pieces, request)?;
            exchange.shipped(incoming.request)
        }
        Kind::Modelled(source, index, role) => exchange.modelled((source, index), role, &pieces),
    }
}

/// A request that is being carried out.
struct Exchange<'a> {
    settings: &'a Settings,
    world: &'a mut World,
    /// The id of the session; empty for the operations that need none.
    session: String,
    request: &'a http::Request<Bytes>,
}

impl Exchange<'_> {
    /// An operation that is held against a model.
    fn modelled(
        &mut self,
        (source, index): (Source, modelled::Index),
        role: Option<Role>,
        pieces: &[&str],
    ) -> Result<Reply, Refusal> {
        let model = match source {
            Source::Shipped => Some(self.settings.shipped),
            Source::Loaded => self.settings.loaded.as_ref(),
        };
        let model = model.ok_or(RouteError::NotFound)?;
        let (given, body) = model.read(index, pieces, self.request)?;
        let path = self.request.uri().path();
        let session = self.world.sessions.get(&self.session);
        let user = session.map(|session| session.user.clone());
        let mut call = Call {
            settings: self.settings,
            user: user.unwrap_or_default(),
            world: &mut *self.world,
            session: &self.session,
            given,
            body,
            path,
            query: self.request.uri().query().unwrap_or_default(),
        };
        let answer = match role {
            Some(role) => {
                let answer = role.act(&mut call);
                answer.map_err(|refusal| model.documented(index, refusal))?
            }
            None => Answer::done(),
        };
        let given = call.given;
        match model.answer(index, &given, answer, &self.world.tables, path)? {
            Outcome::Reply(response) => Ok(Reply::Whole(response)),
            Outcome::Messages => self.own_session().map(messages::queue),
        }
    }

    /// An operation that is carried out by the generated types.
    fn shipped(&mut self, request: AnyRequest) -> Result<Reply, Refusal> {
        match request {
            AnyRequest::ConnectionConnect(connect) => self.connect(*connect),
            AnyRequest::ConnectionGetVersion(_) => Ok(self.version()),
            AnyRequest::ConnectionGetFeatures(_) => Ok(self.features()),
            AnyRequest::ConnectionGetFeature(get) => self.feature(&get.feature_id),
            AnyRequest::ConnectionGetServerInfo(get) => {
                Ok(self.server_info(get.into_arguments().accept_language))
            }
            AnyRequest::ConnectionGetConnection(_) => self.connection(),
            AnyRequest::ConnectionDisconnect(_) => Ok(self.disconnect()),
            AnyRequest::MessagingPoll(_) => self.poll(),
            // The router gives no other than those of `TYPED`, as a test tells.
            _ => Err(Refusal::not_implemented()),
        }
    }
}
