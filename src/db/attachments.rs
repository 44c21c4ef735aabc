//! What is known of files on tickets; the bytes lie under the data folder.

use super::schema::attachments;
use super::types::AsText;
use super::{Conn, DbError, Tx};
use crate::domain::clock::Instant;
use crate::domain::ids::{AttachmentId, MessageId, TicketId, UserId};
use crate::domain::ticket::Visibility;
use diesel::prelude::*;

/// A stored file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its key.
    pub id: AttachmentId,
    /// Its ticket.
    pub ticket: TicketId,
    /// The message it came with.
    pub message: Option<MessageId>,
    /// Who added it.
    pub uploaded_by: UserId,
    /// Who may fetch it.
    pub visibility: Visibility,
    /// The name it was given, without any path.
    pub file_name: String,
    /// What its bytes are.
    pub content_type: String,
    /// Its size in bytes.
    pub size_bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// The name it has in the store.
    pub storage_key: String,
    /// When.
    pub created_at: Instant,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = attachments)]
struct AttachmentRow {
    id: AttachmentId,
    ticket_id: TicketId,
    message_id: Option<MessageId>,
    uploaded_by_id: UserId,
    visibility: AsText<Visibility>,
    file_name: String,
    content_type: String,
    size_bytes: i64,
    sha256: String,
    storage_key: String,
    created_at: Instant,
}

impl From<AttachmentRow> for Attachment {
    fn from(row: AttachmentRow) -> Self {
        let AttachmentRow {
            id,
            ticket_id,
            message_id,
            uploaded_by_id,
            visibility,
            file_name,
            content_type,
            size_bytes,
            sha256,
            storage_key,
            created_at,
        } = row;
        Self {
            id,
            ticket: ticket_id,
            message: message_id,
            uploaded_by: uploaded_by_id,
            visibility: visibility.0,
            file_name,
            content_type,
            size_bytes,
            sha256,
            storage_key,
            created_at,
        }
    }
}

/// Stores what is known of a file. The `id` in it is not looked at.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn insert(tx: &mut Tx<'_>, attachment: &Attachment) -> Result<AttachmentId, DbError> {
    let Attachment {
        id: _,
        ticket,
        message,
        uploaded_by,
        visibility,
        file_name,
        content_type,
        size_bytes,
        sha256,
        storage_key,
        created_at,
    } = attachment;
    Ok(diesel::insert_into(attachments::table)
        .values((
            attachments::ticket_id.eq(ticket),
            attachments::message_id.eq(message),
            attachments::uploaded_by_id.eq(uploaded_by),
            attachments::visibility.eq(AsText(*visibility)),
            attachments::file_name.eq(file_name),
            attachments::content_type.eq(content_type),
            attachments::size_bytes.eq(size_bytes),
            attachments::sha256.eq(sha256),
            attachments::storage_key.eq(storage_key),
            attachments::created_at.eq(created_at),
        ))
        .returning(attachments::id)
        .get_result(tx.conn())?)
}

/// A ticket's files, oldest first; internal ones only when asked for.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn of_ticket(conn: &mut Conn, ticket: TicketId, with_internal: bool) -> Result<Vec<Attachment>, DbError> {
    let mut query = attachments::table
        .filter(attachments::ticket_id.eq(ticket))
        .order(attachments::id)
        .select(AttachmentRow::as_select())
        .into_boxed();
    if !with_internal {
        query = query.filter(attachments::visibility.eq(AsText(Visibility::Public)));
    }
    let rows: Vec<AttachmentRow> = query.load(conn)?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

/// The file with this key.
///
/// # Errors
/// [`DbError`] when the database fails.
pub fn by_id(conn: &mut Conn, id: AttachmentId) -> Result<Option<Attachment>, DbError> {
    let row: Option<AttachmentRow> = attachments::table
        .filter(attachments::id.eq(id))
        .select(AttachmentRow::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Attachment::from))
}
