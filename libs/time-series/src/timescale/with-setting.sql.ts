/** Sets a setting of the extension for this transaction, where its version has it. For the body of a PL/pgSQL function. */
export const withSetting = (name: string, value: string) => `
      IF current_setting('timescaledb.${name}', true) IS NOT NULL THEN
        PERFORM set_config('timescaledb.${name}', '${value}', true);
      END IF;`;
