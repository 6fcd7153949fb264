import { renderHook } from "@testing-library/react";
import { NextIntlClientProvider } from "next-intl";
import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import en from "@/messages/en.json";
import { actorTypes, auditGroups } from "@/server/audit/constants";
import { useAuditWords } from "./use-audit-words";

const wrapper = ({ children }: { children: ReactNode }) => (
  <NextIntlClientProvider locale="en" messages={en} timeZone="UTC">
    {children}
  </NextIntlClientProvider>
);
const words = () => renderHook(() => useAuditWords(), { wrapper }).result.current;

describe("the words of the audit log", () => {
  it.each(Object.values(auditGroups).flat())("there are some for %s", (action) => {
    expect(words().action(action)).not.toBe(action);
  });

  it.each(Object.keys(auditGroups))("the group %s has a name", (group) => {
    expect(en.audit.group).toHaveProperty(group);
  });

  it.each(actorTypes)("a %s can be named", (type) => {
    const name = words().actor({ actor_type: type, actor_id: "sync.sweep", actor_name: null });
    expect(name).not.toBe("");
    expect(name).not.toContain("?");
  });

  it("show what they do not know as it stands", () => {
    expect(words().action("moon.land")).toBe("moon.land");
    expect(words().kind("moon")).toBe("moon");
    expect(words().target({ target_type: "moon", target_id: "far side", target_name: null })).toBe("far side");
  });

  it("cut ids short where nothing has a name", () => {
    const id = "0190f3c2-1111-7000-8000-000000000000";
    expect(words().target({ target_type: "connection", target_id: id, target_name: null })).toBe("0190f3c2…");
  });
});
