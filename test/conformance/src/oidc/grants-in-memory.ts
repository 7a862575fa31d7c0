import type { Adapter, AdapterPayload } from 'oidc-provider';

export type Kept = Map<string, AdapterPayload>;

/** What a provider remembers of one kind, kept outside it: it stays when the provider starts again with other keys. */
export class GrantsInMemory implements Adapter {
  constructor(
    private readonly kind: string,
    private readonly kept: Kept,
  ) {}

  upsert(id: string, payload: AdapterPayload): Promise<void> {
    this.kept.set(this.key(id), payload);
    return Promise.resolve();
  }

  find(id: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.kept.get(this.key(id)));
  }

  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return Promise.resolve(this.those((payload) => payload.uid === uid)[0]?.[1]);
  }

  findByUserCode(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  consume(id: string): Promise<void> {
    const payload = this.kept.get(this.key(id));
    if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1000);
    return Promise.resolve();
  }

  destroy(id: string): Promise<void> {
    this.kept.delete(this.key(id));
    return Promise.resolve();
  }

  revokeByGrantId(grantId: string): Promise<void> {
    for (const [key] of this.those((payload) => payload.grantId === grantId)) this.kept.delete(key);
    return Promise.resolve();
  }

  private key(id: string): string {
    return `${this.kind} ${id}`;
  }

  private those(match: (payload: AdapterPayload) => boolean): readonly [string, AdapterPayload][] {
    return [...this.kept].filter(([key, payload]) => key.startsWith(`${this.kind} `) && match(payload));
  }
}
