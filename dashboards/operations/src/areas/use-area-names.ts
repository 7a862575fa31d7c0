import { createContext, useContext } from 'react';

export interface AreaNames {
  readonly name: (code: string) => string;
  readonly label: (code: string) => string;
}

const codesOnly: AreaNames = { name: (code) => code, label: (code) => code };

export const AreaNamesContext = createContext<AreaNames>(codesOnly);

/** Names of the user's areas; the code where none is known. */
export function useAreaNames(): AreaNames {
  return useContext(AreaNamesContext);
}
