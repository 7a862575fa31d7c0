import { z } from 'zod';

const schema = z.strictObject({
  group: z.string().regex(/^[a-z0-9-]+$/).exactOptional(),
  batch: z.number().int().min(1).max(10_000).exactOptional(),
  lingerMs: z.number().int().min(0).max(10_000).exactOptional(),
  startFrom: z.enum(['earliest', 'latest']).exactOptional(),
  retry: z
    .strictObject({
      attempts: z.number().int().min(1).exactOptional(),
      baseMs: z.number().min(0).exactOptional(),
      maxMs: z.number().min(0).exactOptional(),
    })
    .exactOptional(),
});
export type HandlerExtras = z.infer<typeof schema>;

/** The second argument of `@EventPattern`, which Nest leaves untyped. */
export function handlerExtras(topic: string, extras: unknown): HandlerExtras {
  const parsed = schema.safeParse(extras);
  if (!parsed.success) throw new Error(`@EventPattern('${topic}'): ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}
