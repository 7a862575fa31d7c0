import { describe, expect, it } from '@jest/globals';
import { brokerRefusalOf } from './broker-refusal.js';

const withCode = (code: string | number) => Object.assign(new Error('from the client'), { code });

describe('what a broker answers when it will not have us', () => {
  it.each([
    [4, 'INGESTION_BROKER_PASSWORD'],
    [135, 'INGESTION_BROKER_PASSWORD'],
    [132, 'INGESTION_BROKER_MQTT_VERSION'],
    ['CERT_HAS_EXPIRED', 'INGESTION_BROKER_CA_FILE'],
  ])('%s stops the start, with the remedy', (code, remedy) => {
    const refusal = brokerRefusalOf(withCode(code), 'mqtt://user:secret@broker:1883');
    expect(refusal?.code).toBe('BROKER_REFUSED');
    expect(refusal?.message).toContain(remedy);
    expect(refusal?.message).not.toContain('secret');
  });

  it.each([3, 136, 'ECONNREFUSED', 'ETIMEDOUT'])('%s is waited for', (code) => {
    expect(brokerRefusalOf(withCode(code), 'mqtt://broker')).toBeUndefined();
  });
});
