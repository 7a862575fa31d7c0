// Not Math.min(...): a batch may hold more points than a call takes arguments.
export const smallest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.min(a, b));
export const largest = (numbers: readonly number[]) => numbers.reduce((a, b) => Math.max(a, b));
