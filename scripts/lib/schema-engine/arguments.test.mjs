import { describe, expect, it } from "vitest";
import { connectionOf, parseArguments } from "./arguments.mjs";

describe("parseArguments", () => {
  it("reads what prisma passes, and skips what has no meaning here", () => {
    const datasource = { url: "postgresql://u@h/d" };
    const args = ["--enabled-preview-features", "views", "-d", "a.prisma", "--datamodels", "b.prisma"];
    expect(parseArguments([...args, "--datasource", JSON.stringify(datasource), "cli", "create-database"])).toEqual({
      wantsVersion: false,
      schemaFiles: ["a.prisma", "b.prisma"],
      datasource,
      command: "create-database",
    });
  });
});

describe("connectionOf", () => {
  it("decodes every part of the URL", () => {
    expect(connectionOf("postgresql://us%40er:p%2Fw@db.example:6432/my%20db?sslmode=require")).toEqual({
      host: "db.example",
      port: 6432,
      user: "us@er",
      password: "p/w",
      database: "my db",
      ssl: { rejectUnauthorized: false },
    });
  });

  it("takes a socket directory from the query, and another database when asked", () => {
    expect(connectionOf("postgresql://u@localhost/d?host=/run/postgresql", "postgres")).toMatchObject({
      host: "/run/postgresql",
      database: "postgres",
      ssl: undefined,
    });
  });
});
