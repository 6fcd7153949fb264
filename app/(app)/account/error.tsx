"use client";

export { default } from "../[org]/error";
