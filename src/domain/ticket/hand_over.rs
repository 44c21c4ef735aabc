//! Why a ticket is handed over, as a code that can be counted (domain C2: "who, when and why").

use crate::text_enum;

text_enum! {
    /// Why a ticket is handed to another line or back.
    pub enum HandOverReason {
        /// It takes knowledge that the group doesn't have.
        Competence = "competence",
        /// It takes rights that the group doesn't have.
        Access = "access",
        /// Somebody has to go there.
        OnSite = "onSite",
        /// A part has to be repaired or exchanged.
        Hardware = "hardware",
        /// The supplier has to solve it.
        Supplier = "supplier",
        /// It came to the wrong group.
        WrongGroup = "wrongGroup",
        /// Something has to be asked first.
        MoreInformation = "moreInformation",
        /// The group has more than it can do.
        Workload = "workload",
        /// The group's part is done.
        Done = "done",
        /// Something else; the text says what.
        Other = "other",
    }
}
