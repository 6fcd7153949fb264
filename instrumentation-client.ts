// Runs in the browser before anything else of ours. Zod would try whether it may make code from text, which the
// Content-Security-Policy forbids and reports; its configuration is set here without loading it for pages that need none.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
