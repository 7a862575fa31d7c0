import { lazy, type ComponentType, type ReactNode } from 'react';

/**
 * A page whose code is fetched when it is first shown. A fetch that failed, because the server did not answer or was
 * updated meanwhile, is tried anew at the next showing: `lazy` alone would keep the failure for good.
 */
export function loadedLater(fetch: () => Promise<{ readonly default: ComponentType }>): ComponentType {
  let Page = attempt();
  function attempt(): ComponentType {
    return lazy(() =>
      fetch().catch((error: unknown) => {
        Page = attempt();
        throw new PartNotLoaded(error);
      }),
    );
  }
  return function Later(): ReactNode {
    return <Page />;
  };
}

/** The code of a page could not be fetched. What is on the screen already is not touched by it. */
export class PartNotLoaded extends Error {
  constructor(cause: unknown) {
    super('The code of this page could not be fetched', { cause });
  }
}
