/** How a rule spends its time: a single slow run is the machine's fault, several in a row are the rule's. */
export class RunBudget {
  private strikes = 0;

  constructor(
    private readonly limitMs: number,
    private readonly allowedStrikes: number,
  ) {}

  /** True once the rule has exceeded its budget too often in a row. */
  spent(ms: number): boolean {
    this.strikes = ms > this.limitMs ? this.strikes + 1 : 0;
    return this.strikes > this.allowedStrikes;
  }
}
