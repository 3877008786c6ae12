// SPDX-License-Identifier: Apache-2.0
//! Socket options of sessions in the engine (S-TOE-10): what each one becomes.

use toe_stack::{Stack, TcpError, TcpId, TcpOptions};
use toe_tcp::{CcAlgo, Micros};

use crate::engine::Engine;
use crate::offload::Offload;
use crate::rule::Settings;
use crate::session::{Away, Stage};

/// A socket option with its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SocketOption {
    /// TCP_NODELAY.
    NoDelay(bool),
    /// SO_KEEPALIVE and TCP_KEEPIDLE.
    KeepAlive(Option<Micros>),
    /// TCP_CONGESTION.
    Congestion(CcAlgo),
    /// The session may be in the engine.
    Offload(bool),
    /// SO_SNDBUF, bytes.
    SendRing(u32),
    /// SO_RCVBUF, bytes.
    ReceiveRing(u32),
}

/// What happens to a session in the engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handling {
    /// The engine is told.
    Engine,
    /// The session comes back: the engine cannot do it.
    TakeBack,
    /// Refused, whoever has the session: rings have their size for life.
    Refuse,
    /// It concerns the host alone.
    Host,
}

impl SocketOption {
    /// The table: one row an option.
    #[must_use]
    pub fn handling(&self) -> Handling {
        match self {
            // A refusal of the firmware (an algorithm that it does not have) brings the session back.
            Self::NoDelay(_) | Self::Congestion(_) | Self::KeepAlive(None) => Handling::Engine,
            // The engine has one idle time for all sessions.
            Self::KeepAlive(Some(_)) | Self::Offload(false) => Handling::TakeBack,
            Self::Offload(true) => Handling::Host,
            Self::SendRing(_) | Self::ReceiveRing(_) => Handling::Refuse,
        }
    }
}

impl Offload {
    /// Sets an option of a socket, whoever has its session.
    ///
    /// # Errors
    /// [`TcpError::NoSuchSocket`]; [`TcpError::InUse`] for options that a session cannot change any more.
    pub fn set_option(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        option: SocketOption,
    ) -> Result<(), TcpError> {
        match option {
            SocketOption::NoDelay(on) => stack.tcp_set_nodelay(now, id, on)?,
            SocketOption::KeepAlive(idle) => stack.tcp_set_keepalive(now, id, idle)?,
            SocketOption::Congestion(algo) => stack.tcp_set_congestion(now, id, algo)?,
            SocketOption::Offload(on) => stack.tcp_set_offload(id, on)?,
            SocketOption::SendRing(_) | SocketOption::ReceiveRing(_) => {
                return Err(TcpError::InUse);
            }
        }
        match option.handling() {
            Handling::Engine => {
                if let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get_mut(&id) {
                    match option {
                        SocketOption::NoDelay(on) => held.want.nodelay = Some(on),
                        SocketOption::Congestion(algo) => held.want.congestion = Some(algo),
                        _ => held.want.keepalive = Some(false),
                    }
                    self.tell(engine, id);
                }
            }
            Handling::TakeBack => {
                if matches!(self.sessions.get(&id), Some(Away { stage: Stage::Engine(_), .. })) {
                    self.stats.options_back += 1;
                    self.kept.insert(id);
                    self.return_session(now, stack, engine, id, None);
                }
            }
            Handling::Host => {
                self.kept.remove(&id);
                self.consider(now, id);
            }
            Handling::Refuse => {}
        }
        Ok(())
    }

    /// What a rule says about the sessions that it lets go.
    pub(crate) fn apply(
        &mut self,
        now: Micros,
        stack: &mut Stack,
        engine: &mut impl Engine,
        id: TcpId,
        settings: &Settings,
    ) {
        let Some(options) = stack.tcp_options(id) else { return };
        if let Some(algo) = settings.congestion
            && options.congestion != Some(algo)
        {
            let _exists = self.set_option(now, stack, engine, id, SocketOption::Congestion(algo));
        }
        if let Some(nagle) = settings.nagle
            && options.nodelay == nagle
        {
            let _exists = self.set_option(now, stack, engine, id, SocketOption::NoDelay(!nagle));
        }
    }

    /// Options that were set while the session was on its way: the engine has the old ones.
    pub(crate) fn catch_up(&mut self, stack: &Stack, id: TcpId, old: &TcpOptions) {
        let Some(new) = stack.tcp_options(id) else { return };
        let Some(Away { stage: Stage::Engine(held), .. }) = self.sessions.get_mut(&id) else {
            return;
        };
        held.want.nodelay = (new.nodelay != old.nodelay).then_some(new.nodelay);
        held.want.congestion = new.congestion.filter(|_| new.congestion != old.congestion);
        held.want.keepalive = (new.keepalive != old.keepalive).then_some(new.keepalive.is_some());
    }
}

/// Options that were set while the session was on its way home: the engine's image has the old ones.
pub(crate) fn catch_up_home(stack: &mut Stack, now: Micros, id: TcpId) {
    let Some(options) = stack.tcp_options(id) else { return };
    let Some(info) = stack.tcp_info(now, id) else { return };
    if info.nodelay != options.nodelay {
        let _exists = stack.tcp_set_nodelay(now, id, options.nodelay);
    }
    if let Some(algo) = options.congestion
        && algo.name() != info.cc
    {
        let _exists = stack.tcp_set_congestion(now, id, algo);
    }
}
