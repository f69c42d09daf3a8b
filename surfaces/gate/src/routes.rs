//! The routes of the gate, and the whole server.

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};

use crate::pages::{act_for, health, kept_form, manifest, offline, password, preferences, register, sign_in, sign_out, staff_sign_in};
use crate::{App, dress};

/// The routes that all surfaces share: sign-in and out, registration, password, acting for others, preferences, static files, health.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/sign-in", get(sign_in::get).post(sign_in::post))
        .route("/workspace/sign-in", get(staff_sign_in::get).post(staff_sign_in::post))
        .route("/sign-out", post(sign_out::post))
        .route("/register", get(register::get).post(register::post))
        .route("/password", get(password::get).post(password::post))
        .route("/act-for", get(act_for::get).post(act_for::post))
        .route("/kept-form", get(kept_form::get))
        .route("/kept-form/discard", post(kept_form::discard))
        .route("/preferences", get(preferences::get))
        .route("/language", get(preferences::language))
        .route("/skin", get(preferences::skin))
        .route("/offline", get(offline::get))
        .route("/robots.txt", get(manifest::robots))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/metrics", get(health::metrics))
        .merge(web::assets::routes())
}

/// The whole server: the gate's routes, those of the surfaces, and the rings around them. The server and tests build it alike.
pub fn server(app: &App, surfaces: impl IntoIterator<Item = Router<App>>) -> Router {
    let merged = surfaces.into_iter().fold(routes(), Router::merge);
    let routed = merged.fallback(dress::nothing_here).method_not_allowed_fallback(dress::other_method).with_state(app.clone());
    let dressed = web::inner(routed, &app.limits).layer(from_fn_with_state(app.clone(), dress::dress));
    web::outer(dressed, &app.limits)
}
