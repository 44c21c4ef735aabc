//! A desk with its people: Anna and Bo ask for help, Sara works in the first line, Omar in the second.

use arende::app::Ctx;
use arende::app::people::NewGroupInput;
use arende::app::tickets::NewTicket;
use arende::domain::ticket::{Origin, TicketNumber};

use super::browser::Browser;
use crate::support::house::{self, House};

/// The desk; see the module.
pub struct Desk {
    pub house: House,
    pub anna: Ctx,
    pub bo: Ctx,
    pub sara: Ctx,
}

/// Opens it.
pub async fn open() -> Desk {
    let house = house::open().await;
    for (code, name, line) in [("natverk", "Nätverk", "2"), ("arbetsplats", "IT arbetsplats", "1")] {
        let new = NewGroupInput {
            code: Some(code.to_owned()),
            name: name.to_owned(),
            line: line.to_owned(),
            desk: None,
        };
        house.app.create_group(&Ctx::command_line(), &new).await.unwrap();
    }
    let anna = house.person("Anna", "requester", &[], Origin::Portal).await;
    let bo = house.person("Bo", "requester", &[], Origin::Portal).await;
    let sara = house.person("Sara", "agent", &["servicedesk"], Origin::Workspace).await;
    house.person("Omar", "agent", &["natverk"], Origin::Workspace).await;
    Desk { house, anna, bo, sara }
}

impl Desk {
    /// A browser in which the person has signed in.
    pub async fn browser(&self, name: &str) -> Browser {
        Browser::of(&self.house, name).await
    }

    /// A ticket that somebody filed.
    pub async fn ticket(&self, by: &Ctx, subject: &str) -> TicketNumber {
        let new = NewTicket {
            kind: "incident".to_owned(),
            subject: subject.to_owned(),
            description: Some("Det blinkar bara.".to_owned()),
            ..NewTicket::default()
        };
        self.house.app.create_ticket(by, new).await.unwrap().number
    }

    /// Lets time pass.
    pub fn minutes(&self, minutes: i64) {
        self.house.clock.advance_micros(minutes * 60_000_000);
    }
}
