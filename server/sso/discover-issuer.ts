import { z } from "zod";
import { env } from "@/server/env";
import { AppError } from "@/server/lib/errors";
import { safeFetch } from "@/server/lib/safe-fetch";

const WELL_KNOWN = "/.well-known/openid-configuration";

/** What signing in needs of a provider's configuration. */
const SignInDocument = z.object({
  authorization_endpoint: endpoint(),
  token_endpoint: endpoint(),
  jwks_uri: endpoint(),
  response_types_supported: z.array(z.string()).refine((types) => types.includes("code")),
});

/**
 * Asks an identity provider for its configuration (OpenID Connect Discovery 1.0, section 4). The address of the
 * configuration itself is accepted, too, and a slash too many or too few at the end.
 * @returns the issuer as the provider writes it, which its tokens will repeat
 * @throws AppError invalid (issuer_malformed, address_refused), provider (foreign_*, issuer_without_configuration,
 * issuer_mismatch, issuer_insufficient)
 */
export async function discoverIssuer(typed: string): Promise<string> {
  const issuer = withoutSlash(parseIssuer(typed));
  const document = await readDocument(`${issuer}${WELL_KNOWN}`);
  const named = z.object({ issuer: z.string().max(500) }).safeParse(document).data?.issuer;
  if (named === undefined) throw withoutConfiguration({ document: "without issuer" });
  if (withoutSlash(named) !== issuer) {
    throw new AppError("provider", "issuer_mismatch", {
      message: "The provider calls itself by another issuer. Copy the issuer from its own pages.",
      details: { named },
    });
  }
  const checked = SignInDocument.safeParse(document);
  if (!checked.success) {
    throw new AppError("provider", "issuer_insufficient", {
      message:
        "The provider's configuration lacks what signing in needs: its addresses for authorization, tokens and keys, and the code flow.",
      details: { lacks: checked.error.issues.map(({ path }) => path.join(".")) },
    });
  }
  return named;
}

const withoutSlash = (address: string) => address.replace(/\/$/, "");

function parseIssuer(typed: string): string {
  const address = typed.endsWith(WELL_KNOWN) ? typed.slice(0, -WELL_KNOWN.length) : typed;
  if (!URL.canParse(address) || /[?#\s]/.test(address)) {
    throw new AppError("invalid", "issuer_malformed", {
      message: "This is no issuer: it must be a whole address such as https://login.example.com, without ? and #.",
    });
  }
  return address;
}

async function readDocument(address: string): Promise<unknown> {
  const answer = await safeFetch(address, { headers: { accept: "application/json" } });
  if (answer.status !== 200) throw withoutConfiguration({ status: answer.status });
  return answer.json().catch(() => {
    throw withoutConfiguration({ document: "not JSON" });
  });
}

const withoutConfiguration = (details: Record<string, unknown>) =>
  new AppError("provider", "issuer_without_configuration", {
    message: `There is no OpenID Connect configuration at this issuer (${WELL_KNOWN}).`,
    details,
  });

/** An address that may be asked; whether it lies inside is checked whenever it is. */
function endpoint() {
  return z.string().refine((address) => {
    const protocol = URL.canParse(address) ? new URL(address).protocol : "";
    return protocol === "https:" || (protocol === "http:" && env().ALLOW_PRIVATE_ADDRESSES);
  });
}
