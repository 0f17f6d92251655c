//! The OpenAPI documents, English and French, as they are served without a key.

use axum::{extract::State, response::Response};
use bytes::Bytes;
use http::StatusCode;
use utoipa::openapi::{OpenApi, Server, path::Operation};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{Api, error::ApiError, schema::json_answer};

/// The routes.
pub fn routes() -> OpenApiRouter<Api> {
    OpenApiRouter::new().routes(routes!(english)).routes(routes!(french))
}

/// Both documents, written out.
#[derive(Clone, Debug)]
pub struct Documents {
    english: Bytes,
    french: Bytes,
}

impl Documents {
    /// Writes `document` out for a server at `public_url`.
    pub fn new(mut document: OpenApi, public_url: &str) -> serde_json::Result<Self> {
        document.servers = Some(vec![Server::new(public_url)]);
        let english = Bytes::from(serde_json::to_vec(&document)?);
        let french = Bytes::from(serde_json::to_vec(&in_french(document))?);
        Ok(Self { english, french })
    }
}

/// Read this document.
#[utoipa::path(
    get, path = "/v2/openapi-en", tag = "Status", operation_id = "get_openapi_en", security(()),
    responses((status = 200, description = "The OpenAPI document in English", body = Object))
)]
pub async fn english(State(api): State<Api>) -> Result<Response, ApiError> {
    answer(&api, |documents| documents.english.clone())
}

/// Read this document in French.
#[utoipa::path(
    get, path = "/v2/openapi-fr", tag = "Status", operation_id = "get_openapi_fr", security(()),
    responses((status = 200, description = "The OpenAPI document in French", body = Object))
)]
pub async fn french(State(api): State<Api>) -> Result<Response, ApiError> {
    answer(&api, |documents| documents.french.clone())
}

fn answer(api: &Api, which: impl Fn(&Documents) -> Bytes) -> Result<Response, ApiError> {
    let documents = api.documents.get();
    let documents = documents.ok_or_else(|| ApiError::internal("the documents are not written"))?;
    Ok(json_answer(StatusCode::OK, which(documents).to_vec()))
}

/// The document with French titles, groups and summaries; names of fields are the same in both.
pub fn in_french(mut document: OpenApi) -> OpenApi {
    "Portico Notification".clone_into(&mut document.info.title);
    document.info.description = Some(
        "Envoyez des courriels et des messages texte. Fonctionne avec les clients publiés de Notification GC et de GOV.UK Notify."
            .to_owned(),
    );
    for item in document.paths.paths.values_mut() {
        let all = [
            &mut item.get,
            &mut item.post,
            &mut item.patch,
            &mut item.delete,
            &mut item.put,
            &mut item.head,
            &mut item.options,
            &mut item.trace,
        ];
        for operation in all.into_iter().flatten() {
            translate(operation);
        }
    }
    document
}

fn translate(operation: &mut Operation) {
    let id = operation.operation_id.as_deref().unwrap_or_default();
    if let Some((_, summary)) = SUMMARIES.iter().find(|(known, _)| *known == id) {
        operation.summary = Some((*summary).to_owned());
    }
    for tag in operation.tags.iter_mut().flatten() {
        if let Some((_, french)) = GROUPS.iter().find(|(known, _)| *known == tag) {
            (*french).clone_into(tag);
        }
    }
}

const GROUPS: &[(&str, &str)] = &[
    ("Send", "Envoyer"),
    ("Bulk", "Envois en lot"),
    ("Messages", "Messages"),
    ("Templates", "Gabarits"),
    ("Template management", "Gestion des gabarits"),
    ("Received texts", "Messages texte reçus"),
    ("Providers", "Fournisseurs"),
    ("Status", "État"),
];

const SUMMARIES: &[(&str, &str)] = &[
    ("send_email", "Envoyer un courriel"),
    ("send_sms", "Envoyer un message texte"),
    ("send_letter", "Refuser une lettre : ce serveur envoie des courriels et des messages texte."),
    ("send_bulk", "Envoyer un gabarit à plusieurs destinataires"),
    ("get_bulk_jobs", "Lister les envois en lot du service."),
    ("get_bulk_job", "Lire un envoi en lot."),
    ("cancel_bulk_job", "Annuler un envoi en lot qui attend son heure."),
    ("get_notification", "Lire un message."),
    ("get_notifications", "Lister les messages envoyés avec des clés de ce type."),
    ("get_pdf", "Lire le PDF d’une lettre : les courriels et les messages texte n’en ont pas."),
    ("delete_notification", "Retirer un message planifié avant son départ."),
    ("get_templates", "Lister les gabarits du service."),
    ("get_template", "Lire la version actuelle d’un gabarit, archivé ou non."),
    ("get_template_version", "Lire une version d’un gabarit."),
    ("get_template_versions", "Lister toutes les versions d’un gabarit du service."),
    ("preview_template", "Remplir un gabarit sans rien envoyer."),
    ("get_received_texts", "Lister les messages texte reçus par le service."),
    ("create_template", "Créer un gabarit."),
    ("get_managed_template", "Lire un gabarit et son emplacement."),
    ("update_template", "Modifier un gabarit."),
    ("delete_template", "Archiver un gabarit."),
    ("get_template_categories", "Lister les catégories qu’un gabarit peut avoir."),
    ("get_template_folders", "Lister les dossiers du service."),
    ("get_template_folder", "Lire un dossier."),
    ("create_template_folder", "Créer un dossier."),
    ("update_template_folder", "Renommer ou déplacer un dossier."),
    ("delete_template_folder", "Supprimer un dossier vide."),
    ("take_receipts", "Recevoir les accusés de réception d’un fournisseur."),
    ("take_received_texts", "Recevoir les messages texte qu’un fournisseur a reçus."),
    ("get_root", "Demander si le serveur est là."),
    ("get_status", "Demander si le serveur est là."),
    ("post_status", "Demander si le serveur est là."),
    ("get_openapi_en", "Lire ce document en anglais."),
    ("get_openapi_fr", "Lire ce document."),
];
