import { DomainError } from '@brain/contracts';

const MQTT_5_OR_3 = {
  wrongCredentials: new Set([4, 5, 134, 135]),
  wrongProtocol: new Set([1, 132]),
  wrongClientId: new Set([2, 133]),
  banned: new Set([138, 140]),
};

const CERTIFICATE_FAULTS = new Set([
  'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_GET_ISSUER_CERT', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What cannot be mended by waiting, with the remedy; undefined: the broker is merely not there. */
export function brokerRefusalOf(error: unknown, url: string): DomainError | undefined {
  const refused = (line: string) => new DomainError('BROKER_REFUSED', `The MQTT broker ${withoutSecrets(url)} ${line}`);
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const { code } = error;
  if (typeof code === 'string') {
    if (!CERTIFICATE_FAULTS.has(code)) return undefined;
    return refused(`has a certificate that cannot be trusted (${code}); renew it, or give its authority as INGESTION_BROKER_CA_FILE`);
  }
  if (typeof code !== 'number') return undefined;
  if (MQTT_5_OR_3.wrongCredentials.has(code)) {
    return refused('does not know these credentials; check INGESTION_BROKER_USERNAME and INGESTION_BROKER_PASSWORD');
  }
  if (MQTT_5_OR_3.wrongProtocol.has(code)) return refused('does not speak this version of MQTT; check INGESTION_BROKER_MQTT_VERSION');
  if (MQTT_5_OR_3.wrongClientId.has(code)) return refused('does not take our client id; allow ids that begin with INGESTION_BROKER_GROUP');
  if (MQTT_5_OR_3.banned.has(code)) return refused('has banned this client; lift the ban');
  return undefined;
}

export function subscriptionRefused(url: string, topic: string): DomainError {
  return new DomainError('BROKER_REFUSED', `The MQTT broker ${withoutSecrets(url)} does not let us subscribe to ${topic}; grant it to INGESTION_BROKER_USERNAME`);
}

function withoutSecrets(url: string): string {
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
