import { describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '@brain/service-kit';
import { reasonIn, refusalLine } from './refusal.js';
import { StartError } from './start-error.js';

describe('the line of a refused start', () => {
  it('is what a start says for the person who started', () => {
    expect(refusalLine(new StartError('Port 8080 is in use.'))).toBe('Port 8080 is in use.');
    expect(refusalLine(new ConfigurationError(['BRAIN_BUS: unknown']))).toBe('Configuration is wrong: BRAIN_BUS: unknown');
  });

  it('is one line without a stack, whatever went wrong', () => {
    const error = new Error('Command failed: initdb\ninitdb: error: program "postgres" is needed\n    at run (file:///x.js:1:2)\n');
    expect(refusalLine(error)).toBe('Could not start: Command failed: initdb · initdb: error: program "postgres" is needed');
    expect(refusalLine('gone')).toBe('Could not start: gone');
  });
});

describe('the reason in what a process wrote', () => {
  it('is the line that names the fault, not the stack after it', () => {
    const output = ['audit: could not start: Error: the folder is gone', '    at open (file:///x.js:1:2)', '    at async run', '', 'Node.js v20.20.2'];
    expect(reasonIn(output)).toBe('audit: could not start: Error: the folder is gone');
  });

  it('is the last line where none names a fault, and nothing where nothing was written', () => {
    expect(reasonIn(['first', 'second', ''])).toBe('second');
    expect(reasonIn([])).toBeUndefined();
  });
});
