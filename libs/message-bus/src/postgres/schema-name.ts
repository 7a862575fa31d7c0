/** It also names the NOTIFY channels and goes into a connection option, so it must be a plain word. */
export function checkedSchemaName(schema = 'message_bus'): string {
  if (!/^[a-z_][a-z0-9_]{0,30}$/.test(schema)) throw new Error(`Not a schema name: ${schema}`);
  return schema;
}
