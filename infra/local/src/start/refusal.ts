import { isDomainError } from '@brain/contracts';
import { ConfigurationError } from '@brain/service-kit';
import { StartError } from './start-error.js';

const STACK_LINE = /^\s+at /;
const NAMES_A_FAULT = /error|refused|could not|cannot|wrong/i;

/** Why a start was refused, in one line for the person who started. A stack helps nobody there; `BRAIN_LOG_LEVEL=debug` shows it. */
export function refusalLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const isForThePerson = error instanceof StartError || error instanceof ConfigurationError || isDomainError(error);
  return `${isForThePerson ? '' : 'Could not start: '}${oneLine(message)}`;
}

/** Of what a process wrote before it ended, the line that says why. */
export function reasonIn(output: readonly string[]): string | undefined {
  const said = output.filter((line) => line.trim() !== '' && !STACK_LINE.test(line) && !/^Node\.js v\d/.test(line));
  return (said.findLast((line) => NAMES_A_FAULT.test(line)) ?? said.at(-1))?.trim();
}

function oneLine(message: string): string {
  const lines = message.split('\n').filter((line) => !STACK_LINE.test(line));
  return lines.map((line) => line.trim()).filter(Boolean).join(' · ');
}
