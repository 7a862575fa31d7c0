type Setting = `INGESTION_${string}`;
type Given = Partial<Readonly<Record<Setting, unknown>>>;

/** Settings that are right one by one and wrong together; one line each. */
export function misfits(settings: Given): string[] {
  const needs = (name: Setting, ...others: readonly (Setting)[]) =>
    settings[name] === undefined
      ? []
      : others.filter((other) => settings[other] === undefined).map((other) => `${other}: is needed with ${name}`);
  return [
    ...needs('INGESTION_TLS_PORT', 'INGESTION_TLS_CERT_FILE', 'INGESTION_TLS_KEY_FILE'),
    ...needs('INGESTION_AUTH_HTTP_PORT', 'INGESTION_AUTH_HTTP_SECRET'),
    ...needs('INGESTION_BROKER_USERNAME', 'INGESTION_BROKER_URL', 'INGESTION_BROKER_PASSWORD'),
    ...needs('INGESTION_BROKER_ADMIN_USERNAME', 'INGESTION_BROKER_URL', 'INGESTION_BROKER_ADMIN_PASSWORD'),
    ...(settings.INGESTION_LISTENER === 'off' && settings.INGESTION_BROKER_URL === undefined
      ? ['INGESTION_LISTENER: off needs INGESTION_BROKER_URL, or no device could send anything']
      : []),
  ];
}
