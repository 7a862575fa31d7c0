interface Offer {
  readonly work: () => Promise<void>;
  /** It never began: a newer one took its place. */
  readonly replaced: () => void;
}

/** Works on one thing at a time, and of what comes meanwhile keeps the newest alone: there is no queue that could grow. */
export class LatestOnly {
  private isWorking = false;
  private waiting: Offer | undefined;

  /** `work` deals with its own failures. */
  offer(offer: Offer): void {
    if (this.isWorking) {
      this.waiting?.replaced();
      this.waiting = offer;
      return;
    }
    this.isWorking = true;
    void this.workOn(offer);
  }

  private async workOn(first: Offer): Promise<void> {
    for (let next: Offer | undefined = first; next !== undefined; ) {
      await next.work();
      next = this.waiting;
      this.waiting = undefined;
    }
    this.isWorking = false;
  }
}
