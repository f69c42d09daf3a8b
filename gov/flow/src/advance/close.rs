//! Activities end, with everything that hangs on them.

use super::Run;
use crate::effect::{CloseReason, Effect};
use crate::instance::{ActivityId, ActivityKind};

impl Run<'_> {
    /// Closes an activity: first what is inside, then its timers and subscriptions, then itself.
    pub(super) fn close(&mut self, id: ActivityId, reason: CloseReason) {
        let Some(at) = self.flow.activities.iter().position(|activity| activity.id == id) else { return };
        let activity = self.flow.activities.remove(at);
        // What an activity that is done no longer needs was not done itself.
        let dropped = if reason == CloseReason::Completed { CloseReason::Interrupted } else { reason };
        if activity.kind.is_scope() {
            self.empty_scope(id, dropped);
        }
        self.disarm(id);
        let awaited = self.unsubscribe(id, dropped);
        let announced = match activity.kind {
            ActivityKind::User | ActivityKind::Service | ActivityKind::Rule | ActivityKind::Receive => true,
            ActivityKind::Event => awaited,
            ActivityKind::SubProcess | ActivityKind::Call => false,
        };
        if announced {
            self.effects.push(Effect::CloseTask { activity: id, node: activity.node, reason });
        }
    }

    /// Removes every token and activity of a scope.
    pub(super) fn empty_scope(&mut self, scope: ActivityId, reason: CloseReason) {
        self.moves.retain(|token| token.scope != scope);
        self.flow.tokens.retain(|token| token.scope != scope);
        let inside: Vec<ActivityId> = self.flow.activities.iter().filter(|activity| activity.scope == scope).map(|activity| activity.id).collect();
        for id in inside {
            self.close(id, reason);
        }
    }

    fn disarm(&mut self, host: ActivityId) {
        while let Some(at) = self.flow.timers.iter().position(|timer| timer.host == host) {
            let timer = self.flow.timers.remove(at);
            self.effects.push(Effect::DisarmTimer { timer: timer.id, node: timer.node });
        }
    }

    /// Drops the subscriptions of an activity; says whether it was itself one.
    fn unsubscribe(&mut self, host: ActivityId, reason: CloseReason) -> bool {
        let mut itself = false;
        while let Some(at) = self.flow.awaited.iter().position(|awaited| awaited.host == host) {
            let awaited = self.flow.awaited.remove(at);
            if awaited.id == host {
                itself = true;
            } else {
                self.effects.push(Effect::CloseTask { activity: awaited.id, node: awaited.node, reason });
            }
        }
        itself
    }
}
