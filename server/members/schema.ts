import { z } from "zod";

export const Role = z.enum(["owner", "admin", "reader"]);
export type Role = z.infer<typeof Role>;

export const MAX_ADDRESSES = 200;
export const DEFAULT_INVITATION_DAYS = 7;
export const MAX_INVITATION_DAYS = 30;

export const InvitationDays = z.number().int().min(1).max(MAX_INVITATION_DAYS);

/** Addresses as they were typed or pasted: each is judged by itself. */
export const InviteInput = z.object({
  addresses: z.array(z.string().max(320)).min(1).max(MAX_ADDRESSES),
  role: Role,
  expiresInDays: InvitationDays.default(DEFAULT_INVITATION_DAYS),
});
export type InviteInput = z.output<typeof InviteInput>;

/** What became of one address. */
export type InviteStatus = "invited" | "already_member" | "already_invited" | "not_an_address";

/** In the order given. A link is there only if no mail server carries it: the inviter has to pass it on. */
export type InviteResult = { address: string; status: InviteStatus; link: string | null };

export const InvitationId = z.object({ invitationId: z.uuid() });

/** 256 bits in base64url; anything else is no token and reaches no database. */
export const InvitationToken = z.object({ token: z.string().max(200) });

export const MemberRef = z.object({ userId: z.uuid() });
export type MemberRef = z.infer<typeof MemberRef>;

export const ChangeRoleInput = MemberRef.extend({ role: Role });
export type ChangeRoleInput = z.infer<typeof ChangeRoleInput>;

export type MemberSummary = {
  userId: string;
  /** Whether it is who asks. */
  isYou: boolean;
  name: string;
  email: string;
  role: Role;
  since: string;
  /** Null when never, or when it is not the reader's to know. */
  lastSeenAt: string | null;
  /** Null when it is not the reader's to know: who lacks one is a hint to an attacker. */
  hasTwoFactor: boolean | null;
};

export type InvitationSummary = {
  id: string;
  email: string;
  role: Role;
  /** Null for the operator, and for people whose account is gone. */
  invitedBy: string | null;
  lastSentAt: string;
  expiresAt: string;
  isExpired: boolean;
};

/** What the holder of a token is shown. `viewer` is who looks: nobody yet, the invited person, or somebody else. */
export type InvitationView =
  | { state: "unknown" | "revoked" }
  | { state: "used" | "expired"; org: { name: string; slug: string } }
  | {
      state: "open";
      org: { name: string; slug: string };
      inviter: string | null;
      email: string;
      role: Role;
      expiresAt: string;
      viewer: "nobody" | "invited" | "other";
    };
