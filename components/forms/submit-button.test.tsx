import { render } from "@testing-library/react";
import { renderToString } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { SubmitButton } from "@/components/forms/submit-button";

it("sends nothing before the page's script runs, and the form after it", () => {
  const onSubmit = vi.fn((event: { preventDefault(): void }) => event.preventDefault());
  const form = (
    <form onSubmit={onSubmit}>
      <SubmitButton isPending={false}>Save</SubmitButton>
    </form>
  );
  const page = document.createElement("div");
  document.body.append(page);
  page.innerHTML = renderToString(form);
  const button = page.querySelector("button");
  expect(button?.disabled).toBe(true);

  render(form, { container: page, hydrate: true });
  expect(button?.disabled).toBe(false);
  button?.click();
  expect(onSubmit).toHaveBeenCalledOnce();
});
