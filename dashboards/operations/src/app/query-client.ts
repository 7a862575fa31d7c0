import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.js';
import { sessionEnded } from '../api/request.js';
import { expireSession, session } from '../session/session.js';

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      refetchOnWindowFocus: false,
      // A refusal stays a refusal; only a lost connection or a failing server is worth another try.
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
  },
});

sessionEnded.addEventListener('ended', expireSession);

// What one account saw is not for the next one.
session.subscribe(() => {
  if (session.get().status === 'signed-out') queryClient.clear();
});
