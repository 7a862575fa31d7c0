// Zod tries `new Function` to see whether it may make code, which the page's own policy refuses and reports as an
// error. Read before the first schema is made, whichever part of the page makes it.
globalThis.__zod_globalConfig = { jitless: true };
