import Bowser from 'bowser';

/** What a person recognises their device by. */
export interface BrowserName {
  /** As in `Chrome 142`. */
  readonly browser: string | null;
  /** As in `Windows 11`. */
  readonly system: string | null;
}

export function browserNameOf(userAgent: string | null): BrowserName {
  // Bowser throws at an empty one.
  if (userAgent === null || userAgent === '') return { browser: null, system: null };
  const { browser, os } = Bowser.parse(userAgent);
  return { browser: named(browser.name, browser.version?.split('.')[0]), system: named(os.name, os.versionName ?? os.version) };
}

function named(name: string | undefined, version: string | undefined): string | null {
  if (name === undefined || name === '') return null;
  return version === undefined || version === '' ? name : `${name} ${version}`;
}
