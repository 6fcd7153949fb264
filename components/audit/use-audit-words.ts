"use client";

import { useTranslations } from "next-intl";
import type { AuditEventEntry } from "@/components/audit/types";
import { hasKey } from "@/components/lib/has-key";

/** Ids are long; how they begin tells them apart. */
const shortId = (id: string) => (/^[0-9a-f]{8}-/.test(id) ? `${id.slice(0, 8)}…` : id);

type Actor = Pick<AuditEventEntry, "actor_type" | "actor_id" | "actor_name">;
type Target = Pick<AuditEventEntry, "target_type" | "target_id" | "target_name">;

/** Events in words; what a newer version has written is shown as it stands. */
export function useAuditWords() {
  const t = useTranslations("audit");
  const actions = useTranslations("audit.action");
  const kinds = useTranslations("audit.kind");
  const faults = useTranslations("audit.verify.fault");
  return {
    action: (action: string) => {
      const key = action.replaceAll(".", "_");
      return hasKey(actions, key) ? actions(key) : action;
    },
    actor: ({ actor_type: type, actor_id: id, actor_name: name }: Actor) => {
      if (type === "operator" || type === "anonymous") return t(`actor.${type}`);
      if (type === "job") return t("actor.job", { job: id ?? "?" });
      return name ?? (id ? shortId(id) : "?");
    },
    kind: (kind: string) => (hasKey(kinds, kind) ? kinds(kind) : kind),
    target: ({ target_name: name, target_id: id }: Target) => name ?? shortId(id),
    fault: (what: string) => (hasKey(faults, what) ? faults(what) : what),
  };
}
