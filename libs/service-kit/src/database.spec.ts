import { EventEmitter } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { Database } from './database.js';

describe('a connection to the database', () => {
  it('does not end the process when it breaks between two queries of a transaction', () => {
    const database = new Database('postgres://nobody@127.0.0.1:1/none', 'none', 1, () => undefined);
    // The pool hears the errors of idle connections only.
    const connection = new EventEmitter();
    database.pool.emit('connect', connection);
    expect(() => connection.emit('error', new Error('Connection terminated unexpectedly'))).not.toThrow();
  });
});
