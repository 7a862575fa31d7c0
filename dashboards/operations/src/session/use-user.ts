import { createContext, useContext } from 'react';
import type { User } from './user.js';

export const UserContext = createContext<User | null>(null);

/** The signed-in user; every page behind the sign-in has one. */
export function useUser(): User {
  const user = useContext(UserContext);
  if (user === null) throw new Error('useUser is for pages behind the sign-in');
  return user;
}
