//! What a person is to a case.

/// What a person is with regard to a case's organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// A customer user of the organisation.
    Customer,
    /// A portal administrator of the organisation.
    Administrator,
    /// A partner working for the organisation.
    Partner,
    /// The support team.
    Analyst,
}

/// A person's standing towards one case. The person can already see the case:
/// whoever cannot gets 404 before any rule here is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// Their role.
    pub role: Role,
    /// Whether the case is theirs.
    pub requester: bool,
    /// Whether they filed it, for themselves or on behalf.
    pub filer: bool,
    /// Whether they follow it as a watcher.
    pub watcher: bool,
}

impl Standing {
    /// May manage the case on the customer's side: the requester, whoever filed
    /// it, or an administrator.
    pub(super) const fn manages(self) -> bool {
        matches!(self.role, Role::Administrator)
            || (self.is_customer_side() && (self.requester || self.filer))
    }

    pub(super) const fn is_customer_side(self) -> bool {
        !matches!(self.role, Role::Analyst)
    }
}
