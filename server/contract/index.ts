/** Requests, responses and socket events of the server, as schemas and as types: all that the client knows of it. */
export * from './common.ts';
export * from './patients.ts';
export * from './notes.ts';
export * from './chart.ts';
export * from './questions.ts';
export * from './system.ts';
export * from './events.ts';
export * from './pgx.ts';
export * from './cds.ts';
