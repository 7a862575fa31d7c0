import { Injectable } from '@nestjs/common';
import type { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { DomainError } from '@brain/contracts';
import { COMMON_WORDS_ZH } from './common-words.js';
import { LEAST_CHARACTERS, MOST_CHARACTERS, normalisedPassword, textFaultOf, type PasswordFault } from './domain/password-text.js';

/** What the first letters tell is enough, and looking at more takes long. */
const LOOKED_AT = 72;
/** Of 0 to 4: at least 10⁸ guesses by somebody who knows lists, keyboards, dates and repetitions. */
const LEAST_SCORE = 3;

const WORDS: Readonly<Record<PasswordFault, string>> = {
  PASSWORD_TOO_SHORT: `has at least ${String(LEAST_CHARACTERS)} characters beside blanks at its ends`,
  PASSWORD_TOO_LONG: `has at most ${String(MOST_CHARACTERS)} characters`,
  PASSWORD_HAS_USERNAME: 'neither contains the user name nor is part of it',
  PASSWORD_COMMON: 'is a common one: it is in a list of such, is made of what they are made of, or has digits alone',
};

/** What a password must be that somebody chooses; those made here are random. */
@Injectable()
export class PasswordPolicy {
  private guesser: Promise<ZxcvbnFactory> | undefined;

  /**
   * @param path the field that holds it
   * @throws DomainError PASSWORD_TOO_SHORT, PASSWORD_TOO_LONG, PASSWORD_HAS_USERNAME, PASSWORD_COMMON
   */
  async require(password: string, account: { readonly username: string; readonly name: string }, path: string): Promise<void> {
    const fault = textFaultOf(password, account.username) ?? ((await this.isCommon(password, account)) ? 'PASSWORD_COMMON' : undefined);
    if (fault !== undefined) throw new DomainError(fault, `The password ${WORDS[fault]}`, [{ path, message: WORDS[fault] }]);
  }

  private async isCommon(password: string, { username, name }: { readonly username: string; readonly name: string }): Promise<boolean> {
    this.guesser ??= loadGuesser();
    const { score } = (await this.guesser).check(Array.from(normalisedPassword(password)).slice(0, LOOKED_AT).join(''), [username, name]);
    return score < LEAST_SCORE;
  }
}

/** Its lists take a tenth of a second to load: not at the start of a process that may never need them. */
async function loadGuesser(): Promise<ZxcvbnFactory> {
  const [{ ZxcvbnFactory: Guesser }, { dictionary, adjacencyGraphs }] = await Promise.all([import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common')]);
  return new Guesser({ dictionary: { ...dictionary, zh: [...COMMON_WORDS_ZH] }, graphs: adjacencyGraphs });
}
