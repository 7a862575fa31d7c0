import { lazy, type ComponentType, type LazyExoticComponent } from 'react';

/** A page, or a part of one, whose code is fetched when it is first shown. */
export function loadedLater<Props extends object>(
  fetch: () => Promise<{ readonly default: ComponentType<Props> }>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() =>
    fetch().catch((error: unknown) => {
      throw new PartNotLoaded(error);
    }),
  );
}

/** The code of a page could not be fetched: the server does not answer, or was updated. What is on the screen already stays. */
export class PartNotLoaded extends Error {
  constructor(cause: unknown) {
    super('The code of this page could not be fetched', { cause });
  }
}

/**
 * A browser keeps a failed import for as long as the page lives, so the whole screen has to come anew, at a person's word
 * and only once the server answers: else the screen would be lost for an error page.
 */
export async function reloadIfServed(): Promise<void> {
  const answer = await fetch(window.location.href, { cache: 'no-store' }).catch(() => undefined);
  if (answer?.ok === true) window.location.reload();
}
