import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';
import type { Request } from 'express';
import type { Logger } from 'pino';
import { signedInV1, signInFailedV1, type SignInFailed, type SignInMethod } from '@brain/contracts';
import { clientAddressOf, Clock, CountedRecords, DutyRecords, LOGGER, newCorrelationId } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';

/** So many failures within a window are recorded one by one, whoever they come from: a flood of guesses must not fill the store. */
const ALLOWANCE = 300;
/** A screen whose sign-in has ended tries again and again: so many of one person, as of a refused read. */
const OF_ONE_SIGN_IN = 60;
const KEY_BYTES = 32;
const NAME_LENGTH = 22;

type Failure = Omit<SignInFailed['data'], 'count' | 'since'>;

/** Whose sign-in failed: an account, or a name that belongs to none. */
export type Whose = { readonly accountId: string } | { readonly unknownName: string } | 'nobody';

/** Who came, and who was not let in: on the record before anybody is answered. */
@Injectable()
export class SignInRecords implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly failures: CountedRecords<Failure>;
  private readonly nameKey: Buffer;

  constructor(
    private readonly records: DutyRecords,
    private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CONFIG) config: GatewayConfig,
  ) {
    const { d } = config.GATEWAY_SIGNING_KEY_FILE;
    this.nameKey = Buffer.from(hkdfSync('sha256', Buffer.from(d, 'base64url'), 'community-brain', 'unknown-user-names', KEY_BYTES));
    const windowMs = config.GATEWAY_SIGN_IN_WINDOW_SECONDS * 1000;
    this.failures = new CountedRecords('sign-in-failures', windowMs, clock, logger, (failure, often) =>
      records.add(signInFailedV1, { ...failure, ...often }, this.circumstances('sign-in', 'system')),
    );
  }

  onApplicationBootstrap(): void {
    this.failures.start();
  }

  onModuleDestroy(): Promise<void> {
    return this.failures.stop();
  }

  async cameIn(accountId: string, sessionId: string, method: SignInMethod, request: Request): Promise<void> {
    const address = clientAddressOf(request);
    await this.records.add(signedInV1, { accountId, sessionId, method, address }, this.circumstances(accountId, 'user', request));
  }

  /** Never throws: whoever is refused stays refused, and a store that is away gets it with the next counts. */
  async wasRefused(whose: Whose, method: Failure['method'], code: string, request: IncomingMessage): Promise<void> {
    const failure = { method, code, address: clientAddressOf(request), ...this.named(whose) };
    try {
      await this.failures.take(failure, placeOf(failure));
    } catch (error) {
      this.logger.error({ err: error }, 'a failed sign-in is not on the record yet');
      this.failures.keep(failure);
    }
  }

  private named(whose: Whose): Pick<Failure, 'accountId' | 'unknownName'> {
    if (whose === 'nobody') return { accountId: null, unknownName: null };
    if ('accountId' in whose) return { accountId: whose.accountId, unknownName: null };
    const hash = createHmac('sha256', this.nameKey).update(whose.unknownName).digest('base64url');
    return { accountId: null, unknownName: hash.slice(0, NAME_LENGTH) };
  }

  private circumstances(id: string, type: 'user' | 'system', request?: Request) {
    const correlationId = request?.header('x-correlation-id') ?? newCorrelationId();
    return { actor: { type, id }, time: this.clock.now(), correlationId };
  }
}

/** Once somebody is locked out, one record says so; how often they went on is a count. */
function placeOf({ method, accountId, unknownName, code, address }: Failure) {
  const who = accountId ?? unknownName ?? 'nobody';
  if (method === 'live-connection' || code.startsWith('TOKEN_')) return { bucket: `ended ${who}`, key: `${method} ${code}`, allowance: OF_ONE_SIGN_IN };
  if (code === 'RATE_LIMITED') return { bucket: `locked ${who} ${address ?? ''}`, key: '', allowance: 1 };
  return { bucket: 'failures', key: `${accountId ?? 'unknown'} ${code}`, allowance: ALLOWANCE };
}
