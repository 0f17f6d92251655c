//! What Notify keeps: its tables, and the queries and changes on them. Every finder takes the service first.

pub mod announcement;
pub mod awaited_receipt;
pub mod batch;
pub mod callback;
pub mod contact_message;
pub mod delivery;
pub mod dispatch;
pub mod folder_viewer;
pub mod go_live;
pub mod idempotency;
pub mod inbox;
pub mod lookup;
pub mod mailbox_message;
mod migration;
pub mod notice;
pub mod notification;
pub mod office;
pub mod receipt;
pub mod received_text;
mod recent;
pub mod reply_to;
pub mod report;
pub mod retention;
pub mod safelist;
pub mod search;
pub mod setting;
pub mod sms_sender;
pub mod statistic;
pub mod template;
pub mod template_category;
pub mod template_folder;
pub mod template_version;
mod trail;
pub mod upload;
pub mod usage;
pub mod withdrawal;

pub use migration::migrations;

use kernel::Id;

/// Identifies a row of [`announcement`].
pub type AnnouncementId = Id<announcement::Model>;
/// Identifies a row of [`template`].
pub type TemplateId = Id<template::Model>;
/// Identifies a row of [`template_category`].
pub type CategoryId = Id<template_category::Model>;
/// Identifies a row of [`template_folder`].
pub type FolderId = Id<template_folder::Model>;
/// Identifies a row of [`reply_to`].
pub type ReplyToId = Id<reply_to::Model>;
/// Identifies a row of [`sms_sender`].
pub type SmsSenderId = Id<sms_sender::Model>;
/// Identifies a row of [`safelist`].
pub type SafelistId = Id<safelist::Model>;
/// Identifies a row of [`callback`].
pub type CallbackId = Id<callback::Model>;
/// Identifies a row of [`contact_message`].
pub type ContactMessageId = Id<contact_message::Model>;
/// Identifies a row of [`go_live`].
pub type GoLiveId = Id<go_live::Model>;
/// Identifies a row of [`notification`].
pub type NotificationId = Id<notification::Model>;
/// Identifies a row of [`batch`].
pub type BatchId = Id<batch::Model>;
/// Identifies a row of [`upload`]; the batch that is made of it has the same.
pub type UploadId = Id<upload::Model>;
/// Identifies a row of [`received_text`].
pub type ReceivedTextId = Id<received_text::Model>;
/// Identifies a row of [`mailbox_message`].
pub type MailboxMessageId = Id<mailbox_message::Model>;
/// Identifies a row of [`report`].
pub type ReportId = Id<report::Model>;
