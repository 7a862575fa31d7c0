const start = performance.now();

/** What the bench is doing, for whoever waits; figures alone go to standard output. */
export function say(line: string): void {
  const seconds = Math.round((performance.now() - start) / 1_000);
  console.error(`${String(Math.floor(seconds / 60)).padStart(3)}:${String(seconds % 60).padStart(2, '0')}  ${line}`);
}
