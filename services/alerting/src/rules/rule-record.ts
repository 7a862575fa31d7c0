import { Inject, Injectable } from '@nestjs/common';
import { DomainError, type RuleView } from '@brain/contracts';
import { EVENT_STORE, type EventStore } from '@brain/event-store';
import { ruleStream } from './domain/rule.stream.js';
import { ruleCodec } from './rule-codec.js';
import { ruleViewAfter } from './rule-view.js';

/** One rule from its own stream: what was just decided is already in it. */
@Injectable()
export class RuleRecord {
  constructor(@Inject(EVENT_STORE) private readonly store: EventStore) {}

  /** @throws DomainError RULE_UNKNOWN */
  async read(ruleId: string): Promise<RuleView> {
    let view: RuleView | undefined;
    for await (const stored of this.store.readStream(ruleStream(ruleId))) {
      view = ruleViewAfter(view, ruleCodec.decode(stored), stored);
    }
    if (view === undefined) throw ruleUnknown();
    return view;
  }
}

/** Also the answer to whoever may not see it: word by word the same. */
export function ruleUnknown(): DomainError {
  return new DomainError('RULE_UNKNOWN', 'There is no such rule');
}
