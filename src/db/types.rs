//! How domain types lie in columns: instants and keys as BIGINT, enums and JSON as TEXT.

use std::fmt::Debug;
use std::io::Write as _;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::pg::Pg;
use diesel::serialize::{self, IsNull, Output, ToSql};
use diesel::sql_types::{BigInt, Nullable, SingleValue, Text};
use diesel::sqlite::Sqlite;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::connection::MultiBackend;
use crate::domain::clock::Instant;
use crate::domain::codec::TextCodec;
use crate::domain::ids::{
    AgreementVersionId, AttachmentId, CategoryId, DeskId, GroupId, ImportId, JobId, LinkId, MailboxId,
    MessageId, NotificationId, OrganisationId, OutboundMailId, PolicyId, PolicyVersionId, ServiceId,
    SessionId, SystemId, TicketId, UserId,
};

#[cfg(test)]
mod tests;

/// What diesel's derives would write, for types of a module that mustn't know diesel.
macro_rules! bigint_columns {
    ($($name:ident { from: $from:expr, to: $to:ident })*) => {$(
        impl<DB: Backend> FromSql<BigInt, DB> for $name
        where
            i64: FromSql<BigInt, DB>,
        {
            fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                i64::from_sql(bytes).map($from)
            }
        }

        impl<DB: Backend, ST: SingleValue> Queryable<ST, DB> for $name
        where
            Self: FromSql<ST, DB>,
        {
            type Row = Self;

            fn build(row: Self) -> deserialize::Result<Self> {
                Ok(row)
            }
        }

        impl ToSql<BigInt, Sqlite> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
                out.set_value(self.$to());
                Ok(IsNull::No)
            }
        }

        impl ToSql<BigInt, Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
                ToSql::<BigInt, Pg>::to_sql(&self.$to(), &mut out.reborrow())
            }
        }

        impl ToSql<BigInt, MultiBackend> for $name {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
                out.set_value((BigInt, self));
                Ok(IsNull::No)
            }
        }

        impl<DB: Backend> ToSql<Nullable<BigInt>, DB> for $name
        where
            Self: ToSql<BigInt, DB>,
        {
            fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                ToSql::<BigInt, DB>::to_sql(self, out)
            }
        }

        bigint_columns!(@expression $name, BigInt);
        bigint_columns!(@expression &$name, BigInt);
        bigint_columns!(@expression $name, Nullable<BigInt>);
        bigint_columns!(@expression &$name, Nullable<BigInt>);
    )*};
    (@expression $name:ty, $sql:ty) => {
        impl AsExpression<$sql> for $name {
            type Expression = Bound<$sql, Self>;

            fn as_expression(self) -> Self::Expression {
                Bound::new(self)
            }
        }
    };
}

bigint_columns! {
    Instant { from: Instant::from_micros, to: micros }
    TicketId { from: TicketId, to: get }
    UserId { from: UserId, to: get }
    OrganisationId { from: OrganisationId, to: get }
    DeskId { from: DeskId, to: get }
    GroupId { from: GroupId, to: get }
    CategoryId { from: CategoryId, to: get }
    ServiceId { from: ServiceId, to: get }
    SystemId { from: SystemId, to: get }
    MessageId { from: MessageId, to: get }
    AttachmentId { from: AttachmentId, to: get }
    LinkId { from: LinkId, to: get }
    SessionId { from: SessionId, to: get }
    AgreementVersionId { from: AgreementVersionId, to: get }
    PolicyId { from: PolicyId, to: get }
    PolicyVersionId { from: PolicyVersionId, to: get }
    JobId { from: JobId, to: get }
    ImportId { from: ImportId, to: get }
    NotificationId { from: NotificationId, to: get }
    MailboxId { from: MailboxId, to: get }
    OutboundMailId { from: OutboundMailId, to: get }
}

/// An enum in a TEXT column, by its stable text. Reading a text that isn't one of the enum's fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct AsText<T: TextCodec>(pub T);

impl<T: TextCodec, DB: Backend> ToSql<Text, DB> for AsText<T>
where
    str: ToSql<Text, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        <str as ToSql<Text, DB>>::to_sql(self.0.as_text(), out)
    }
}

impl<T: TextCodec, DB: Backend> FromSql<Text, DB> for AsText<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        let text = String::from_sql(bytes)?;
        T::from_text(&text)
            .map(Self)
            .ok_or_else(|| format!("`{text}` isn't a text of {}", std::any::type_name::<T>()).into())
    }
}

/// A structure in a TEXT column, as JSON. What is queried inside belongs in columns of its own.
#[derive(Debug, Clone, PartialEq, Eq, AsExpression, FromSqlRow)]
#[diesel(sql_type = Text)]
pub struct JsonText<T: Debug>(pub T);

impl<T: Serialize + Debug> ToSql<Text, Sqlite> for JsonText<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
        out.set_value(serde_json::to_string(&self.0)?);
        Ok(IsNull::No)
    }
}

impl<T: Serialize + Debug> ToSql<Text, Pg> for JsonText<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
        out.write_all(&serde_json::to_vec(&self.0)?)?;
        Ok(IsNull::No)
    }
}

impl<T: Serialize + Debug + Send + Sync + 'static> ToSql<Text, MultiBackend> for JsonText<T> {
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, MultiBackend>) -> serialize::Result {
        out.set_value((Text, self));
        Ok(IsNull::No)
    }
}

impl<T: DeserializeOwned + Debug, DB: Backend> FromSql<Text, DB> for JsonText<T>
where
    String: FromSql<Text, DB>,
{
    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
        Ok(Self(serde_json::from_str(&String::from_sql(bytes)?)?))
    }
}

/// Lets a row struct hold the enum itself: `#[diesel(deserialize_as = AsText<Status>)]`.
macro_rules! text_columns {
    ($($name:ty),* $(,)?) => {$(
        impl From<AsText<$name>> for $name {
            fn from(text: AsText<$name>) -> Self {
                text.0
            }
        }
    )*};
}

text_columns! {
    crate::domain::ticket::TicketKind,
    crate::domain::ticket::Status,
    crate::domain::ticket::Channel,
    crate::domain::ticket::Line,
}
