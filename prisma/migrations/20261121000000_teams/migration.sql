-- CreateEnum
CREATE TYPE "one_time_token_purpose" AS ENUM ('verify_email', 'reset_password', 'magic_link', 'second_factor', 'link_identity');

-- CreateEnum
CREATE TYPE "mail_state" AS ENUM ('queued', 'sent', 'failed', 'kept');

-- DropIndex
DROP INDEX "audit_events_org_id_at_idx";

-- AlterTable
ALTER TABLE "audit_events" ADD COLUMN     "actor_name" TEXT,
ADD COLUMN     "hash" BYTEA,
ADD COLUMN     "ip" TEXT,
ADD COLUMN     "prev_hash" BYTEA,
ADD COLUMN     "seq" BIGINT,
ADD COLUMN     "target_name" TEXT,
ADD COLUMN     "user_agent" TEXT,
ALTER COLUMN "at" SET DATA TYPE TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "memberships" ADD COLUMN     "last_seen_at" TIMESTAMPTZ;

-- AlterTable
ALTER TABLE "orgs" ADD COLUMN     "delete_after" TIMESTAMPTZ,
ADD COLUMN     "require_sso" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "require_two_factor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "user_sessions" ADD COLUMN     "ip" TEXT,
ADD COLUMN     "method" TEXT NOT NULL DEFAULT 'password',
ADD COLUMN     "two_factor" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "users" ADD COLUMN     "email_verified_at" TIMESTAMPTZ;

-- CreateTable
CREATE TABLE "user_identities" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "email" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_used_at" TIMESTAMPTZ,

    CONSTRAINT "user_identities_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "two_factors" (
    "user_id" UUID NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "confirmed_at" TIMESTAMPTZ,
    "last_step" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "two_factors_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "recovery_codes" (
    "user_id" UUID NOT NULL,
    "code_hash" TEXT NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "recovery_codes_pkey" PRIMARY KEY ("user_id","code_hash")
);

-- CreateTable
CREATE TABLE "one_time_tokens" (
    "token_hash" TEXT NOT NULL,
    "purpose" "one_time_token_purpose" NOT NULL,
    "user_id" UUID,
    "email" TEXT NOT NULL,
    "data" JSONB,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "used_at" TIMESTAMPTZ,

    CONSTRAINT "one_time_tokens_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "account_events" (
    "user_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "action" TEXT NOT NULL,
    "method" TEXT,
    "ip" TEXT,
    "user_agent" TEXT,

    CONSTRAINT "account_events_pkey" PRIMARY KEY ("user_id","id")
);

-- CreateTable
CREATE TABLE "installation_keys" (
    "version" INTEGER NOT NULL,
    "master_key_version" TEXT NOT NULL,
    "wrapped_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "installation_keys_pkey" PRIMARY KEY ("version")
);

-- CreateTable
CREATE TABLE "mails" (
    "id" UUID NOT NULL,
    "recipient" TEXT NOT NULL,
    "template" TEXT NOT NULL,
    "sealed_body" BYTEA,
    "state" "mail_state" NOT NULL DEFAULT 'queued',
    "error" TEXT,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "sent_at" TIMESTAMPTZ,

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "throttle_hits" (
    "bucket" TEXT NOT NULL,
    "at" TIMESTAMPTZ NOT NULL,
    "id" SERIAL NOT NULL,

    CONSTRAINT "throttle_hits_pkey" PRIMARY KEY ("bucket","at","id")
);

-- CreateTable
CREATE TABLE "audit_heads" (
    "org_id" UUID NOT NULL,
    "seq" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "audit_heads_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "invitations" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "email" TEXT NOT NULL,
    "role" "role" NOT NULL,
    "token_hash" TEXT NOT NULL,
    "is_mailed" BOOLEAN NOT NULL DEFAULT false,
    "invited_by" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_sent_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ NOT NULL,
    "accepted_at" TIMESTAMPTZ,
    "accepted_by" UUID,
    "revoked_at" TIMESTAMPTZ,

    CONSTRAINT "invitations_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "api_tokens" (
    "org_id" UUID NOT NULL,
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "token_hash" TEXT NOT NULL,
    "last4" TEXT NOT NULL,
    "scopes" TEXT[],
    "allowed_ips" TEXT[],
    "created_by" UUID,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ,
    "last_used_at" TIMESTAMPTZ,
    "last_used_ip" TEXT,
    "revoked_at" TIMESTAMPTZ,
    "replaced_by" UUID,

    CONSTRAINT "api_tokens_pkey" PRIMARY KEY ("org_id","id")
);

-- CreateTable
CREATE TABLE "org_sso" (
    "org_id" UUID NOT NULL,
    "issuer" TEXT NOT NULL,
    "client_id" TEXT NOT NULL,
    "client_secret_sealed" BYTEA NOT NULL,
    "join_as" "role",
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ NOT NULL,

    CONSTRAINT "org_sso_pkey" PRIMARY KEY ("org_id")
);

-- CreateTable
CREATE TABLE "org_domains" (
    "org_id" UUID NOT NULL,
    "domain" TEXT NOT NULL,
    "challenge" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "verified_at" TIMESTAMPTZ,
    "checked_at" TIMESTAMPTZ,

    CONSTRAINT "org_domains_pkey" PRIMARY KEY ("org_id","domain")
);

-- CreateIndex
CREATE INDEX "user_identities_user_id_idx" ON "user_identities"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "user_identities_provider_subject_key" ON "user_identities"("provider", "subject");

-- CreateIndex
CREATE INDEX "one_time_tokens_user_id_idx" ON "one_time_tokens"("user_id");

-- CreateIndex
CREATE INDEX "one_time_tokens_expires_at_idx" ON "one_time_tokens"("expires_at");

-- CreateIndex
CREATE INDEX "mails_created_at_idx" ON "mails"("created_at" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "invitations_token_hash_key" ON "invitations"("token_hash");

-- CreateIndex
CREATE UNIQUE INDEX "api_tokens_token_hash_key" ON "api_tokens"("token_hash");

-- CreateIndex
CREATE INDEX "audit_events_org_id_at_id_idx" ON "audit_events"("org_id", "at" DESC, "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_events_org_id_seq_key" ON "audit_events"("org_id", "seq");

-- AddForeignKey
ALTER TABLE "user_identities" ADD CONSTRAINT "user_identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "two_factors" ADD CONSTRAINT "two_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_codes" ADD CONSTRAINT "recovery_codes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "one_time_tokens" ADD CONSTRAINT "one_time_tokens_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account_events" ADD CONSTRAINT "account_events_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "audit_heads" ADD CONSTRAINT "audit_heads_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "org_sso" ADD CONSTRAINT "org_sso_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "org_domains" ADD CONSTRAINT "org_domains_org_id_fkey" FOREIGN KEY ("org_id") REFERENCES "orgs"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- ---------------------------------------------------------------- by hand: what Prisma cannot know

DO $$
DECLARE tenant_table text;
BEGIN
  FOREACH tenant_table IN ARRAY ARRAY['audit_heads', 'invitations', 'api_tokens', 'org_sso', 'org_domains'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', tenant_table);
    EXECUTE format(
      'CREATE POLICY tenant ON %I USING (org_id = (SELECT app_org_id())) WITH CHECK (org_id = (SELECT app_org_id()))',
      tenant_table);
  END LOOP;
END $$;

-- One open invitation per address; a new one comes after the old one is used or revoked.
CREATE UNIQUE INDEX invitations_open ON invitations (org_id, email) WHERE accepted_at IS NULL AND revoked_at IS NULL;
-- A domain belongs to one org once DNS has said so.
CREATE UNIQUE INDEX org_domains_verified ON org_domains (domain) WHERE verified_at IS NOT NULL;
-- What the deletion job looks for.
CREATE INDEX orgs_to_delete ON orgs (delete_after) WHERE delete_after IS NOT NULL;

-- Whether an org is still there for its people: once its grace period is over it is gone, though rows may be left.
CREATE FUNCTION org_is_open(delete_after timestamptz) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT delete_after IS NULL OR delete_after > now() $$;

-- Membership now says what the org demands of a session, too, and when the person was last here.
DROP FUNCTION system_membership(uuid, text);
CREATE FUNCTION system_membership(for_user uuid, for_slug text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, role role, require_two_factor boolean,
    require_sso boolean, last_seen_at timestamptz)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, m.role, o.require_two_factor, o.require_sso, m.last_seen_at
  FROM orgs o JOIN memberships m ON m.org_id = o.id
  WHERE m.user_id = for_user AND o.slug = for_slug AND org_is_open(o.delete_after)
$$;

CREATE OR REPLACE FUNCTION system_memberships(for_user uuid)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, role role)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, m.role
  FROM orgs o JOIN memberships m ON m.org_id = o.id
  WHERE m.user_id = for_user AND org_is_open(o.delete_after) ORDER BY lower(o.name), o.slug
$$;

CREATE OR REPLACE FUNCTION system_org_by_slug(for_slug text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone FROM orgs o WHERE o.slug = for_slug AND org_is_open(o.delete_after)
$$;

-- Nothing is fetched any more for an org that is to be deleted.
CREATE OR REPLACE FUNCTION system_due_connections(at timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, connection_id uuid, kind sync_run_kind)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.org_id, c.id, due.kind
  FROM connections c
  CROSS JOIN LATERAL (VALUES
    ('directory'::sync_run_kind, c.next_directory_at),
    ('trailing'::sync_run_kind, c.next_trailing_at),
    ('recent'::sync_run_kind, c.next_recent_at)) AS due (kind, next_at)
  WHERE c.status = 'active' AND least(c.next_recent_at, c.next_trailing_at, c.next_directory_at) <= at
    AND due.next_at <= at
    AND NOT EXISTS (SELECT FROM orgs o WHERE o.id = c.org_id AND o.delete_after IS NOT NULL)
  ORDER BY due.next_at LIMIT max_rows
$$;

CREATE OR REPLACE FUNCTION system_stalled_runs(before timestamptz, max_rows int)
  RETURNS TABLE (org_id uuid, run_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.org_id, r.id FROM sync_runs r
  WHERE r.state IN ('queued', 'running') AND r.heartbeat_at < before
    AND NOT EXISTS (SELECT FROM orgs o WHERE o.id = r.org_id AND o.delete_after IS NOT NULL)
  ORDER BY r.heartbeat_at LIMIT max_rows
$$;

-- Who holds an invitation's token may see what it invites to, before being a member.
CREATE FUNCTION system_invitation(for_token_hash text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, invitation_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, i.id
  FROM invitations i JOIN orgs o ON o.id = i.org_id
  WHERE i.token_hash = for_token_hash AND org_is_open(o.delete_after)
$$;

-- A request with an API token names no org: the token does.
CREATE FUNCTION system_api_token(for_token_hash text)
  RETURNS TABLE (org_id uuid, slug text, name text, timezone text, token_id uuid)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug, o.name, o.timezone, t.id
  FROM api_tokens t JOIN orgs o ON o.id = t.org_id
  WHERE t.token_hash = for_token_hash AND org_is_open(o.delete_after)
$$;

-- Sign-in by address: which org's identity provider answers for this verified domain?
CREATE FUNCTION system_sso_of_domain(for_domain text)
  RETURNS TABLE (org_id uuid, slug text)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, o.slug
  FROM org_domains d JOIN orgs o ON o.id = d.org_id JOIN org_sso s ON s.org_id = o.id
  WHERE d.domain = for_domain AND d.verified_at IS NOT NULL AND org_is_open(o.delete_after)
$$;

-- The deletion job: which orgs' grace period is over?
CREATE FUNCTION system_orgs_to_delete(at timestamptz) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT id FROM orgs WHERE delete_after <= at ORDER BY delete_after
$$;

-- The last step of a deletion, which the application's role may not take: the org itself, its history and, by the
-- foreign keys, all that is left. Facts and roll-ups have no foreign key; rows that a sync committed meanwhile go here.
CREATE FUNCTION system_delete_org(for_id uuid) RETURNS void
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  DELETE FROM orgs WHERE id = for_id AND NOT org_is_open(delete_after);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'org % is not there, or its grace period is not over', for_id;
  END IF;
  DELETE FROM usage_facts WHERE org_id = for_id;
  DELETE FROM usage_daily WHERE org_id = for_id;
  DELETE FROM cost_daily WHERE org_id = for_id;
END $$;

REVOKE ALL ON FUNCTION system_membership(uuid, text), system_invitation(text), system_api_token(text),
  system_sso_of_domain(text), system_orgs_to_delete(timestamptz), system_delete_org(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION system_membership(uuid, text), system_invitation(text), system_api_token(text),
  system_sso_of_domain(text), system_orgs_to_delete(timestamptz), system_delete_org(uuid) TO tollkeeper_app;

-- Counts an attempt in a bucket unless `max_hits` lie within the window that ends now. Returns 0 when it may go on, else
-- the milliseconds until the oldest attempt leaves the window. One caller at a time per bucket, in any process.
CREATE FUNCTION throttle(in_bucket text, max_hits int, window_ms int) RETURNS int
  LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  now_at timestamptz;
  hits int;
  leaves_at timestamptz;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('throttle:' || in_bucket, 0));
  now_at := clock_timestamp();
  DELETE FROM throttle_hits WHERE bucket = in_bucket AND at <= now_at - window_ms * interval '1 ms';
  SELECT count(*), min(at) + window_ms * interval '1 ms' INTO hits, leaves_at FROM throttle_hits WHERE bucket = in_bucket;
  IF hits >= max_hits THEN
    RETURN greatest(1, ceil(extract(epoch FROM leaves_at - now_at) * 1000)::int);
  END IF;
  INSERT INTO throttle_hits (bucket, at) VALUES (in_bucket, now_at);
  RETURN 0;
END $$;
