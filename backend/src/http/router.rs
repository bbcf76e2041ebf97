//! All routes, and the layers around them.

use axum::{
    Router, extract::DefaultBodyLimit, http::StatusCode, middleware, response::IntoResponse, routing::get,
};
use contract::{ProblemCode, limits::BODY_MAX};
use tower::ServiceBuilder;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer, CompressionLevel, Predicate,
        predicate::{DefaultPredicate, NotForContentType},
    },
    csrf::CsrfLayer,
    request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer},
    set_header::SetResponseHeaderLayer,
    trace::TraceLayer,
};
use utoipa_axum::router::OpenApiRouter;
use uuid::Uuid;

use super::{ApiError, headers::security_headers, openapi, problem};
use crate::{
    accounts, app::App, attachments, audit, cases, catalogue, export, live, notice, notifications, people,
    portal, saved_views, site,
};

/// Routes open to all.
pub(super) fn open() -> OpenApiRouter<App> {
    accounts::open_routes()
        .merge(cases::open_routes())
        .merge(people::open_routes())
        .merge(portal::open_routes())
}

/// Routes for people signed in.
pub(super) fn closed() -> OpenApiRouter<App> {
    accounts::closed_routes()
        .merge(catalogue::closed_routes())
        .merge(cases::closed_routes())
        .merge(attachments::closed_routes())
        .merge(audit::closed_routes())
        .merge(export::closed_routes())
        .merge(live::closed_routes())
        .merge(notice::closed_routes())
        .merge(notifications::closed_routes())
        .merge(people::closed_routes())
        .merge(saved_views::closed_routes())
}

/// The whole service.
pub fn router(app: App) -> Router {
    let gate = middleware::from_fn_with_state(app.clone(), accounts::require_session);
    let (open, _) = open().split_for_parts();
    let (closed, _) = closed().route_layer(gate).split_for_parts();
    let api = open.merge(closed).merge(openapi::routes()).fallback(|| async { StatusCode::NOT_FOUND }).layer(
        ServiceBuilder::new()
            // Files have no problem that somebody would report.
            .layer(PropagateRequestIdLayer::new(problem::REQUEST_ID))
            .layer(CompressionLayer::new().quality(CompressionLevel::Precise(4)).compress_when(texts_only()))
            .layer(middleware::from_fn(problem::finish))
            .layer(CatchPanicLayer::new())
            .layer(CsrfLayer::new().with_rejection_response(|_| cross_site()))
            .layer(DefaultBodyLimit::max(BODY_MAX))
            .layer(SetResponseHeaderLayer::if_not_present(
                axum::http::header::CACHE_CONTROL,
                axum::http::HeaderValue::from_static("no-store"),
            )),
    );
    let [csp, nosniff, resource] = security_headers();
    Router::new()
        .nest("/api/v1", api)
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .fallback_service(site::service(app.settings.site.as_deref()))
        .with_state(app)
        .layer((csp, nosniff, resource))
        .layer(
            ServiceBuilder::new()
                .layer(SetRequestIdLayer::new(problem::REQUEST_ID, FreshId))
                .layer(TraceLayer::new_for_http()),
        )
}

/// Files are sent as they are: their length is told, and parts of them can be asked for.
fn texts_only() -> impl Predicate {
    let download = NotForContentType::const_new("application/octet-stream");
    let archive = NotForContentType::const_new("application/zip");
    DefaultPredicate::new().and(download).and(archive).and(NotForContentType::const_new("application/pdf"))
}

async fn ready(axum::extract::State(app): axum::extract::State<App>) -> impl IntoResponse {
    if app.store.is_ready().await {
        (StatusCode::OK, "ok\n")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "no database\n")
    }
}

fn cross_site() -> axum::response::Response {
    let detail = "This change came from another site and was refused.";
    ApiError::new(ProblemCode::CrossSite, detail).into_response()
}

/// A request id of our own making, whatever the client sent.
#[derive(Clone, Copy)]
struct FreshId;

impl MakeRequestId for FreshId {
    fn make_request_id<B>(&mut self, _: &axum::http::Request<B>) -> Option<RequestId> {
        Uuid::now_v7().to_string().parse().ok().map(RequestId::new)
    }
}
