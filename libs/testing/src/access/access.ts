export * from './routes-of.js';
export * from './access-table.js';
export * from './ask-every-route.js';
export * from './ask-other-spellings.js';
