/**
 * Everything that the audit log can tell of, by what it is about; noun.verb. The message files have a sentence for each. To
 * write something else into the log, add it here: record-audit takes nothing that is missing.
 */
export const auditGroups = {
  sign_in: ["session.start", "session.fail", "session.revoke"],
  accounts: [
    "account.create",
    "email.verify",
    "password.change",
    "password.reset",
    "two_factor.on",
    "two_factor.off",
    "recovery_codes.renew",
    "recovery_code.use",
    "identity.link",
    "identity.unlink",
    "profile.change",
  ],
  members: [
    "member.invite",
    "member.join",
    "member.role",
    "member.remove",
    "member.leave",
    "invitation.resend",
    "invitation.revoke",
    "org.transfer",
  ],
  organization: ["org.create", "org.update", "org.export", "audit.export", "org.delete.request", "org.delete.cancel"],
  single_sign_on: [
    "sso.update",
    "sso.remove",
    "sso.require",
    "domain.add",
    "domain.verify",
    "domain.lapse",
    "domain.remove",
  ],
  allocation: [
    "alias.set",
    "alias.remove",
    "tag.set",
    "allocation.set",
    "cost_center.create",
    "cost_center.update",
    "cost_center.remove",
    "cost_center.markup",
  ],
  views: ["view.share", "view.update", "view.unshare"],
  anomalies: ["anomaly.dismiss", "anomaly.restore"],
  tokens: ["token.create", "token.rotate", "token.revoke"],
  connections: [
    "connection.create",
    "connection.revive",
    "connection.update",
    "connection.replace_key",
    "connection.pause",
    "connection.resume",
    "connection.break",
    "connection.mend",
    "connection.delete",
    "connection.erase",
  ],
  exports: [
    "export.create",
    "export.deliver",
    "export_schedule.create",
    "export_schedule.update",
    "export_schedule.pause",
    "export_schedule.resume",
    "export_schedule.delete",
  ],
  data: ["sync.start", "sync.cancel", "import.commit", "import.undo", "rollups.rebuild"],
  encryption: ["data_key.rotate", "data_key.rewrap"],
} as const;

export type AuditGroup = keyof typeof auditGroups;
export type AuditAction = (typeof auditGroups)[AuditGroup][number];

/** Who can act: a member, a program with a token, a job, a person at the server's own terminal, or somebody unknown. */
export const actorTypes = ["user", "token", "job", "operator", "anonymous"] as const;
export type ActorType = (typeof actorTypes)[number];
