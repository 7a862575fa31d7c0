/** How many of the places one of so many processes should hold: all are held, and no process has two more than another. */
export function fairShare(places: number, processes: number): number {
  return Math.ceil(places / Math.max(1, processes));
}
