//! Many commands at once: they are queued without waiting, so that the store commits them in groups.

use std::sync::mpsc;

use runner::{Actor, Command, Fault, Halt, Request, Runner};

/// Runs commands and answers their outcomes in the same order. Some may run at the same time, so no two may change the same stream.
///
/// # Errors
/// The first refusal or fault; the commands after it have been tried all the same.
pub fn run_all<C: Command>(runner: &Runner, actor: &Actor, commands: Vec<C>) -> Result<Vec<C::Outcome>, Halt> {
    run_each(runner, commands.into_iter().map(|command| (actor.clone(), command)))
}

/// The same, each by an actor of its own.
///
/// # Errors
/// As [`run_all`].
pub(crate) fn run_each<C: Command>(runner: &Runner, commands: impl Iterator<Item = (Actor, C)>) -> Result<Vec<C::Outcome>, Halt> {
    let (send, receive) = mpsc::channel();
    let mut outcomes: Vec<Option<C::Outcome>> = Vec::new();
    for (place, (actor, command)) in commands.enumerate() {
        let send = send.clone();
        outcomes.push(None);
        runner.execute_then(Request::by(actor), command, move |answer| {
            // The receiver has gone only when an earlier command failed; nobody waits for this answer then.
            let _ = send.send((place, answer));
        });
    }
    drop(send);
    while let Ok((place, answer)) = receive.recv() {
        if let Some(slot) = outcomes.get_mut(place) {
            *slot = Some(answer?.outcome);
        }
    }
    let complete: Option<Vec<C::Outcome>> = outcomes.into_iter().collect();
    complete.ok_or_else(|| Fault::because("the store closed before all commands were answered").into())
}
