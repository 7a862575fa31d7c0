const TICK_MS = 20;

/** Calls `publish` so many times a second, evenly in ticks; what a late tick owes is made up for. */
export async function publishAtRate(
  rate: number,
  wantedSeconds: number,
  publish: (n: number) => void,
): Promise<{ readonly sent: number; readonly seconds: number }> {
  const start = performance.now();
  let sent = 0;
  for (let elapsed = 0; elapsed < wantedSeconds * 1000; elapsed = performance.now() - start) {
    for (const due = Math.floor((elapsed / 1000) * rate); sent < due; sent += 1) publish(sent);
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }
  return { sent, seconds: (performance.now() - start) / 1000 };
}
