import type { OrgAccess, OrgScope } from "@/server/auth/scope";
import { type Limit, throttle } from "@/server/auth/throttle";
import { AppError } from "@/server/lib/errors";
import { sealSsoSecret } from "@/server/orgs/sso-secret";
import { discoverIssuer } from "@/server/sso/discover-issuer";
import { forgetIdentities } from "@/server/sso/identities";
import { lockSignIn, stopRequiring } from "@/server/sso/requirement";
import type { JoinRole, SetProviderInput } from "@/server/sso/schema";

/** Every attempt makes the server ask an address that somebody typed. */
const discoveries: Limit = { name: "sso:discover", max: 60, windowSeconds: 3600 };

/**
 * Sets the org's identity provider up, or changes it, once the issuer has answered as one. Another issuer means other
 * accounts: those of the one before are forgotten, and a secret is given to nobody that it was not typed for.
 * @throws AppError forbidden, limit, as discoverIssuer, precondition (sso_secret_missing, sso_required_still)
 */
export async function setProvider(access: OrgAccess, input: SetProviderInput): Promise<void> {
  await throttle({ limit: discoveries, subject: access.org.id });
  const { clientId, joinAs, clientSecret } = input;
  const after = { issuer: await discoverIssuer(input.issuer), clientId, joinAs };
  await access.inScope((scope) => store(scope, after, clientSecret));
}

const columns = { issuer: true, clientId: true, joinAs: true } as const;

async function store(scope: OrgScope, after: Settings, clientSecret: string | undefined): Promise<void> {
  await lockSignIn(scope);
  const before = await scope.db.orgSso.findFirst({ select: columns });
  const isIssuerNew = before?.issuer !== after.issuer;
  if (!clientSecret && isIssuerNew) throw secretMissing();
  if (!clientSecret && before && isSame(before, after)) return;
  if (before && isIssuerNew) {
    await stopRequiring(scope, false);
    await forgetIdentities(scope);
  }
  await write(scope, after, clientSecret);
  scope.audit({
    action: "sso.update",
    target: { type: "sso", id: scope.org.id, name: after.issuer },
    ...(before ? { before } : {}),
    after: { ...after, isSecretNew: Boolean(clientSecret) },
  });
}

async function write(scope: OrgScope, settings: Settings, clientSecret: string | undefined) {
  const { db, org } = scope;
  if (!clientSecret) {
    await db.orgSso.updateMany({ data: settings });
    return;
  }
  const data = { ...settings, clientSecretSealed: await sealSsoSecret(scope, clientSecret) };
  await db.orgSso.upsert({ where: { orgId: org.id }, create: { orgId: org.id, ...data }, update: data });
}

const secretMissing = () =>
  new AppError("precondition", "sso_secret_missing", {
    message: "Enter the client secret: a stored one is kept only for the issuer that it was entered for.",
  });

type Settings = { issuer: string; clientId: string; joinAs: JoinRole | "owner" | null };

const isSame = (a: Settings, b: Settings) =>
  a.issuer === b.issuer && a.clientId === b.clientId && a.joinAs === b.joinAs;
