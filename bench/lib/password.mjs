/** Of everybody who is made for a benchmark. */
export const PASSWORD = "correct horse battery staple";
