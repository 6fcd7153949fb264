"use client";

import { signOut } from "next-auth/react";
import { whileSigningOut } from "@/components/lib/signing-out";
import { useErrorToast } from "@/components/lib/use-error-toast";

/** Ends the session and loads `redirectTo` in full; a toast says it where that could not be done. */
export function useSignOut() {
  const toastError = useErrorToast();
  return (redirectTo = "/sign-in") =>
    void whileSigningOut(() => signOut({ redirectTo }))
      .then(forgetPage)
      .catch(toastError);
}

/** Browsers keep pages that were left as they were: who goes back is asked to sign in instead. */
const forgetPage = () =>
  window.addEventListener("pageshow", ({ persisted }) => {
    if (persisted) window.location.reload();
  });
