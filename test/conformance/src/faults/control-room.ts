import type { AlertView, CaseView, Change, Snapshot } from '@brain/contracts';
import { connectOperations, COMMUNITY, type OperationsSocket } from '@brain/test-e2e';
import { eventually } from '@brain/testing';

/** A screen that stays: it connects again with its last sequence number and counts what does not follow on it. */
export class ControlRoom {
  readonly gaps: string[] = [];
  resumed = 0;
  snapshots = 0;
  readonly alerts = new Map<string, AlertView>();
  readonly cases = new Map<string, CaseView>();
  private lastSeq: number | undefined;
  private current: OperationsSocket | undefined;
  private isClosed = false;
  private readonly loop: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly token: string,
  ) {
    this.loop = this.stay();
  }

  get isConnected(): boolean {
    return this.current?.socket.connected === true;
  }

  /** As when the network of the control room fails. */
  drop(): void {
    this.current?.socket.disconnect();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.drop();
    await this.loop;
  }

  private async stay(): Promise<void> {
    while (!this.isClosed) {
      await eventually(() => this.connect(), { timeoutMs: 120_000, everyMs: 200 });
      await this.end();
    }
  }

  private async connect(): Promise<void> {
    if (this.isClosed) return;
    const screen = await connectOperations(this.url, this.token, this.lastSeq);
    screen.socket.on('snapshot', (snapshot) => this.onSnapshot(snapshot));
    screen.socket.on('change', (change) => this.onChange(change));
    try {
      const answer = await screen.subscribe({ areas: [COMMUNITY], topics: ['alert', 'case'] });
      if (!answer.ok) throw new Error(answer.code);
      if (answer.resumed) this.resumed += 1;
      this.current = screen;
    } catch (error) {
      screen.close();
      throw error;
    }
  }

  private end(): Promise<void> {
    const screen = this.current;
    if (screen === undefined || this.isClosed || !screen.socket.connected) return Promise.resolve();
    return new Promise((resolve) => screen.socket.once('disconnect', () => resolve()));
  }

  private onSnapshot(snapshot: Snapshot): void {
    this.snapshots += 1;
    this.lastSeq = snapshot.seq;
    this.alerts.clear();
    this.cases.clear();
    for (const alert of snapshot.alerts) this.alerts.set(alert.alertId, alert);
    for (const one of snapshot.cases) this.cases.set(one.caseId, one);
  }

  private onChange(change: Change): void {
    if (this.lastSeq === undefined || change.seq !== this.lastSeq + 1) {
      this.gaps.push(`${String(change.seq)} (${change.type}) after ${String(this.lastSeq)}`);
    }
    this.lastSeq = change.seq;
    if (change.topic === 'alert') this.alerts.set(change.data.alertId, change.data);
    if (change.topic === 'case') this.cases.set(change.data.caseId, change.data);
  }
}
