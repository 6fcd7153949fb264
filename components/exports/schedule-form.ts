import { z } from "zod";
import { exportFrequencies } from "@/server/exports/constants";
import type { ScheduleEntry, ScheduleInput } from "@/server/exports/schema";

/** What can be chosen to be sent, as in the address of an export; the format is chosen beside it. */
export const contents = {
  dayProject: "group_by=day,project",
  dayUser: "group_by=day,user",
  dayKey: "group_by=day,key",
  dayModel: "group_by=day,model",
  dayLineItem: "group_by=day,line_item",
  facts: "facts=costs",
  tokens: "facts=usage:completions",
  focus: "",
} as const;
export type Content = keyof typeof contents;
export const contentNames = Object.keys(contents) as Content[];

export const scheduleFormats = ["csv", "json", "ndjson", "parquet"] as const;
/** The last whole day, week or month, or so many days. */
export const spans = ["period", "7", "30", "90"] as const;

/** How a saved view is chosen. */
export const viewContent = (viewId: string) => `view:${viewId}` as const;

/** The form as it is filled in. Something chosen elsewhere (by the command line) stays what it is: "kept". */
export const ScheduleForm = z
  .object({
    name: z.string().trim().min(1).max(100),
    content: z.union([z.enum([...contentNames, "kept"]), z.templateLiteral(["view:", z.uuid()])]),
    format: z.enum(scheduleFormats),
    frequency: z.enum(exportFrequencies),
    hour: z.string(),
    weekday: z.string(),
    monthDay: z.string(),
    span: z.string(),
    kind: z.enum(["s3", "mail"]),
    endpoint: z.string().trim().max(300),
    region: z.string().trim(),
    bucket: z.string().trim(),
    prefix: z.string().trim().max(300),
    accessKeyId: z.string().trim(),
    secretAccessKey: z.string().max(256),
    isPathStyle: z.boolean(),
    recipients: z.string(),
  })
  .superRefine((form, context) => {
    const refuse = (field: string) => context.addIssue({ code: "custom", path: [field], message: field });
    if (form.kind === "mail") {
      if (addressesOf(form.recipients).length === 0) refuse("recipients");
      return;
    }
    if (form.endpoint && !z.url({ protocol: /^https?$/ }).safeParse(form.endpoint).success) refuse("endpoint");
    if (!/^[a-z0-9-]{1,40}$/.test(form.region)) refuse("region");
    if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(form.bucket)) refuse("bucket");
    if (!/^[\w.-]{1,128}$/.test(form.accessKeyId)) refuse("accessKeyId");
  });
export type ScheduleForm = z.infer<typeof ScheduleForm>;

export const addressesOf = (text: string) => text.split(/[\s,;]+/).filter((word) => z.email().safeParse(word).success);

/** What a new schedule begins with, or what one says. */
export function toForm(schedule: ScheduleEntry | null): ScheduleForm {
  const s3 = schedule?.target.kind === "s3" ? schedule.target : null;
  const day = String(schedule?.dayOfPeriod ?? 1);
  return {
    name: schedule?.name ?? "",
    ...(schedule ? contentOf(schedule.search) : { content: "dayProject", format: "csv" }),
    frequency: schedule?.frequency ?? "day",
    hour: String(schedule?.hour ?? 6),
    weekday: schedule?.frequency === "week" ? day : "1",
    monthDay: schedule?.frequency === "month" ? day : "3",
    span: schedule?.trailingDays ? String(schedule.trailingDays) : "period",
    kind: schedule?.target.kind ?? "s3",
    endpoint: s3?.endpoint ?? "",
    region: s3?.region ?? "us-east-1",
    bucket: s3?.bucket ?? "",
    prefix: s3?.prefix ?? "",
    accessKeyId: s3?.accessKeyId ?? "",
    secretAccessKey: "",
    isPathStyle: s3?.isPathStyle ?? false,
    recipients: schedule?.target.kind === "mail" ? schedule.target.recipients.join(", ") : "",
  };
}

/** What else than the usual contents can be chosen: what a schedule says already, and views. */
export type OtherContents = { former: string; views: readonly { id: string; search: string }[] };

export function toInput(form: ScheduleForm, others: OtherContents): ScheduleInput {
  const { name, frequency, hour, weekday, monthDay, span, secretAccessKey } = form;
  const dayOfPeriod = frequency === "day" ? null : Number(frequency === "week" ? weekday : monthDay);
  const trailingDays = span === "period" ? null : Number(span);
  return {
    name,
    search: searchOf(form, others),
    frequency,
    hour: Number(hour),
    dayOfPeriod,
    trailingDays,
    target: targetOf(form),
    ...(secretAccessKey && { secretAccessKey }),
  };
}

function targetOf(form: ScheduleForm): ScheduleInput["target"] {
  if (form.kind === "mail") return { kind: "mail", recipients: addressesOf(form.recipients) };
  const { endpoint, region, bucket, prefix, accessKeyId, isPathStyle } = form;
  return { kind: "s3", endpoint: endpoint || null, region, bucket, prefix, accessKeyId, isPathStyle };
}

function searchOf({ content, format }: ScheduleForm, { former, views }: OtherContents): string {
  if (content === "kept") return former;
  if (content === "focus") return "format=focus";
  const usual = contentNames.find((name) => name === content);
  const asked = usual ? contents[usual] : views.find(({ id }) => viewContent(id) === content)?.search;
  // A view that is gone by now is refused where it is stored.
  return `${asked ?? "dataset=gone"}&format=${format}`;
}

/** Which choice an address is, and in which format; "kept" for none of them. */
export function contentOf(search: string): { content: Content | "kept"; format: ScheduleForm["format"] } {
  const asked = new URLSearchParams(search);
  const format = scheduleFormats.find((one) => one === asked.get("format")) ?? "csv";
  if (asked.get("format") === "focus") return { content: "focus", format };
  asked.delete("format");
  const rest = decodeURIComponent(asked.toString());
  return { content: contentNames.find((name) => contents[name] === rest && name !== "focus") ?? "kept", format };
}
