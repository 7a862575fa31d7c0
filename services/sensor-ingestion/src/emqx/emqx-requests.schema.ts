import { z } from 'zod';

/** EMQX fills a placeholder it has no value for with nothing, or with the word. */
const filled = z
  .string()
  .nullish()
  .transform((text) => (text === null || text === '' || text === 'undefined' ? undefined : text));

/** Body template of EMQX's HTTP authenticator, see infra/mqtt/emqx. */
export const authenticateRequest = z.object({
  clientid: filled,
  username: filled,
  password: filled,
  /** Only of a certificate that EMQX has verified (ssl_options.verify = verify_peer). */
  cert_common_name: filled,
});

/** Body template of EMQX's HTTP authorizer. */
export const authorizeRequest = z.object({
  clientid: filled,
  username: filled,
  cert_common_name: filled,
  topic: z.string(),
  action: z.enum(['publish', 'subscribe']),
});
export type AuthorizeRequest = z.infer<typeof authorizeRequest>;
