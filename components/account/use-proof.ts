"use client";

import { type FormEvent, useState } from "react";

/** Fewer characters are neither a password nor a code. */
const SHORTEST = 6;

/** What somebody proves with to be the account's owner: typed, and handed to `onProof` once it can be one. */
export function useProof(onProof: (proof: string) => void) {
  const [proof, setProof] = useState("");
  const [isMissing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(proof.length < SHORTEST);
    if (proof.length >= SHORTEST) onProof(proof);
  };
  return { submit, field: { value: proof, isMissing, onChange: setProof } };
}
