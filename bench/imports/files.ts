import fs from "node:fs";
import path from "node:path";
import { once } from "node:events";
import { seededRandom } from "@/bench/lib/statistics";

const SECONDS_A_DAY = 86_400;
const FIRST_DAY = Date.UTC(2026, 0, 1) / 1000;
const LINE_ITEMS = [
  "gpt-5.1, input",
  "gpt-5.1, cached input",
  "gpt-5.1, output",
  "gpt-5-mini, input",
  "gpt-5-mini, output",
];
const DAYS = 180;

export type ExportKind = "json" | "csv";

/**
 * A file as OpenAI's dashboard exports costs by person, as long as wanted: 180 days, five line items each, and as many
 * people as fill it.
 * @returns its path and how many rows it has
 */
export async function writeExport(dir: string, kind: ExportKind, megabytes: number) {
  const file = path.join(dir, `export-${megabytes}.${kind}`);
  const people = Math.floor((megabytes * 1e6) / (DAYS * LINE_ITEMS.length * bytesARow[kind]));
  const stream = fs.createWriteStream(file);
  const write = async (text: string) => {
    if (!stream.write(text)) await once(stream, "drain");
  };
  for (const part of parts[kind](people)) await write(part);
  stream.end();
  await once(stream, "finish");
  return { file, rows: people * DAYS * LINE_ITEMS.length };
}

const bytesARow = { json: 262, csv: 222 };

const parts = { json: jsonParts, csv: csvParts };

type Row = { line: string; person: number; amount: string };

function* jsonParts(people: number): Generator<string> {
  yield '{"object":"list","data":[';
  for (const { start, rows } of days(people)) {
    const head = `{"object":"bucket","start_time":${start},"end_time":${start + SECONDS_A_DAY}`;
    yield `${start === FIRST_DAY ? "" : ","}${head},"results":[\n`;
    yield rows.map(jsonRow).join(",\n");
    yield "]}";
  }
  yield '],"has_more":false,"next_page":null}\n';
}

const jsonRow = ({ line, person, amount }: Row) =>
  `{"object":"organization.costs.result","amount":{"value":${amount},"currency":"usd"},"line_item":"${line}",` +
  `"project_id":null,"organization_id":null,"user_id":"${userId(person)}","user_email":"person-${person}@example.com"}`;

function* csvParts(people: number): Generator<string> {
  yield "start_time,end_time,start_time_iso,end_time_iso,amount_value,amount_currency,quantity,quantity_unit,line_item," +
    "user_id,api_key_id,project_id,organization_id,project_name,organization_name,user_email,api_source\n";
  for (const { start, rows } of days(people)) {
    const when = `${start},${start + SECONDS_A_DAY},${iso(start)},${iso(start + SECONDS_A_DAY)}`;
    yield rows
      .map(
        ({ line, person, amount }) =>
          `${when},${amount},usd,,,"${line}",${userId(person)},,,,,,person-${person}@example.com,\n`,
      )
      .join("");
  }
}

function* days(people: number): Generator<{ start: number; rows: Row[] }> {
  const random = seededRandom(7);
  for (let day = 0; day < DAYS; day++) {
    const rows = LINE_ITEMS.flatMap((line) =>
      Array.from({ length: people }, (_, person) => ({ line, person, amount: (random() * 3).toFixed(18) })),
    );
    yield { start: FIRST_DAY + day * SECONDS_A_DAY, rows };
  }
}

const userId = (person: number) => `user-${String(person).padStart(24, "0")}`;
const iso = (seconds: number) => new Date(seconds * 1000).toISOString().replace(".000Z", "+00:00");
