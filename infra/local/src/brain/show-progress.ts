const TERMINAL_MS = 200;
const LOG_MS = 5_000;

/** On a terminal one line that changes; elsewhere a line every few seconds. Gives back how to end it. */
export function showProgress(line: () => string, out: NodeJS.WriteStream = process.stderr): () => void {
  const show = out.isTTY ? () => out.write(`\r\u001b[K${line().slice(0, out.columns - 1)}`) : () => out.write(`${line()}\n`);
  const timer = setInterval(show, out.isTTY ? TERMINAL_MS : LOG_MS);
  return () => {
    clearInterval(timer);
    if (out.isTTY) out.write('\r\u001b[K');
    else show();
  };
}
