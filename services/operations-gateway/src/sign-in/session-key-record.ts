import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { keyIdOf } from '@brain/auth';
import { sessionKeyChangedV1 } from '@brain/contracts';
import { createEventCodec } from '@brain/event-store';
import { Clock, Commands, newCorrelationId } from '@brain/service-kit';
import type { GatewayConfig } from '../config.js';
import { CONFIG } from '../config-token.js';
import { sessionKeyDecider } from './domain/session-key.decider.js';

const codec = createEventCodec([sessionKeyChangedV1]);

/** A new key for sign-ins comes with the configuration: the first start with it puts it on the record, before anybody signs in. */
@Injectable()
export class SessionKeyRecord implements OnModuleInit {
  constructor(
    private readonly commands: Commands,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: GatewayConfig,
  ) {}

  async onModuleInit(): Promise<void> {
    const keyId = await keyIdOf(this.config.GATEWAY_SIGNING_KEY_FILE);
    const correlationId = newCorrelationId();
    const context = { actor: { type: 'system', id: 'configuration' }, time: this.clock.now(), correlationId, causationId: correlationId } as const;
    await this.commands.runFor(codec, sessionKeyDecider, 'session-key', { type: 'NoteSessionKey', keyId }, context);
  }
}
