import path from 'node:path';
import type { Command } from 'commander';
import { findLocalStack, type LocalStack } from '../api/running-stack.js';

/** The stack that `--data` of the program points at. */
export function stackOf(command: Command): LocalStack {
  return findLocalStack(dataDirOf(command));
}

/** The data folder that `--data` names. */
export function dataDirOf(command: Command): string {
  return fileOf(command.optsWithGlobals<{ data: string }>().data);
}

/** A file named on the command line, relative to where the person stands. */
export function fileOf(name: string): string {
  return path.resolve(process.env.INIT_CWD ?? process.cwd(), name);
}
