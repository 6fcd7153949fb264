import type { APIRequestContext, Page } from "@playwright/test";
import { prepare } from "./api";

export type Person = { name: string; email: string; password: string };

export function newPerson(): Person {
  const id = crypto.randomUUID().slice(0, 8);
  return { name: `Person ${id}`, email: `person-${id}@example.com`, password: `correct horse ${id}` };
}

/** Creates the account and signs the context of `request` in with it. */
export async function signUp(request: APIRequestContext): Promise<Person> {
  const person = newPerson();
  await prepare(request, "auth.signUp", person);
  await signIn(request, person);
  return person;
}

export async function signIn(request: APIRequestContext, { email, password }: Person): Promise<void> {
  const { csrfToken } = (await (await request.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const response = await request.post("/api/auth/callback/credentials", {
    form: { csrfToken, email, password },
    headers: { "x-auth-return-redirect": "1" },
  });
  const { url } = (await response.json()) as { url: string };
  if (!response.ok() || new URL(url).searchParams.has("error")) throw new Error(`${email} could not be signed in`);
}

/** By the form, for tests in which that matters. */
export async function fillSignIn(page: Page, { email, password }: Person): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

export async function signOut(page: Page, { name }: Person): Promise<void> {
  // Where there is little room the menu's button shows initials only.
  await page.getByRole("button", { name: new RegExp(`^Account( ${name})?$`) }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
}

/** @returns the slug of a new organization that belongs to whoever `request` is signed in as */
export async function createOrg(request: APIRequestContext, name = `Org ${crypto.randomUUID().slice(0, 8)}`) {
  const { slug } = await prepare<{ slug: string }>(request, "orgs.create", { name });
  return slug;
}

type Joining = { org: string; role: "owner" | "admin" | "reader"; as: APIRequestContext };

/** Somebody new who is invited by whoever `inviter` is signed in as, and has joined; `as` is signed in as them. */
export async function join(inviter: APIRequestContext, { org, role, as }: Joining): Promise<Person> {
  const person = await signUp(as);
  const order = { org, addresses: [person.email], role };
  const [invited] = await prepare<{ link: string }[]>(inviter, "members.invite", order);
  await prepare(as, "members.accept", { token: new URL(invited?.link ?? "").pathname.split("/").at(-1) });
  return person;
}
