import { expect, it } from "vitest";
import { contentNames, scheduleFormats, toForm, toInput } from "@/components/exports/schedule-form";
import { ScheduleInput } from "@/server/exports/schema";

const storage = {
  kind: "s3",
  endpoint: null,
  region: "eu-central-1",
  bucket: "reports",
  prefix: "openai/",
  accessKeyId: "AK",
  isPathStyle: false,
} as const;

const none = { former: "", views: [] };

const form = (changes: Partial<ReturnType<typeof toForm>>) => ({
  ...toForm(null),
  name: "Costs",
  bucket: "reports",
  accessKeyId: "AK",
  ...changes,
});

it.each(contentNames.flatMap((content) => scheduleFormats.map((format) => ({ content, format }))))(
  "$content as $format is accepted, and is the same choice when it is changed",
  ({ content, format }) => {
    const input = ScheduleInput.parse(toInput(form({ content, format, secretAccessKey: "secret" }), none));
    const again = toForm({ ...input, id: "x", nextAt: null });
    expect(again.content).toBe(content);
    if (content !== "focus") expect(again.format).toBe(format);
  },
);

it("what was asked for by other means is kept", () => {
  const entry = { ...toInput(form({}), none), target: storage, id: "x", nextAt: null, search: "dataset=explore&top=3" };
  expect(toInput({ ...toForm(entry), name: "Renamed" }, { former: entry.search, views: [] })).toMatchObject({
    search: entry.search,
    target: storage,
  });
});

it("a saved view is sent as it is, and one that is gone is refused", () => {
  const views = [
    { id: "019a0000-0000-7000-8000-000000000001", search: "dataset=explore&measure=requests&group_by=model" },
  ];
  const chosen = form({ content: "view:019a0000-0000-7000-8000-000000000001", format: "json" });
  expect(ScheduleInput.parse(toInput(chosen, { former: "", views })).search).toBe(`${views[0]?.search}&format=json`);
  expect(ScheduleInput.safeParse(toInput(chosen, none)).success).toBe(false);
});

it.each([
  [{ frequency: "day" }, { dayOfPeriod: null }],
  [{ frequency: "week", weekday: "5" }, { dayOfPeriod: 5 }],
  [{ frequency: "month", monthDay: "28" }, { dayOfPeriod: 28 }],
  [{ span: "30" }, { trailingDays: 30 }],
  [
    { kind: "mail", recipients: "ada@example.com; bob@example.com nonsense" },
    { target: { kind: "mail", recipients: ["ada@example.com", "bob@example.com"] } },
  ],
] as const)("%j becomes %j", (changes, expected) => {
  expect(ScheduleInput.parse(toInput(form(changes), none))).toMatchObject(expected);
});
