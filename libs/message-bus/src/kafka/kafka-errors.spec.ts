import { describe, expect, it } from '@jest/globals';
import { busError } from './kafka-errors.js';

const kafkaError = (name: string, message: string, more: object = {}): Error => Object.assign(new Error(message), { name, ...more });
const wrapped = (cause: Error): Error => kafkaError('KafkaJSNumberOfRetriesExceeded', cause.message, { cause });

describe('an error of Kafka', () => {
  it.each([
    ['a broker that does not answer', kafkaError('KafkaJSConnectionError', 'Connection timeout'), 'BUS_UNAVAILABLE'],
    ['a refused connection', Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }), 'BUS_UNAVAILABLE'],
    ['a wrong password', wrapped(kafkaError('KafkaJSSASLAuthenticationError', 'invalid credentials')), 'BUS_REFUSED'],
    ['a right that is missing', kafkaError('KafkaJSProtocolError', 'Not authorized', { type: 'TOPIC_AUTHORIZATION_FAILED' }), 'BUS_REFUSED'],
    ['a certificate that ran out', wrapped(kafkaError('KafkaJSConnectionError', 'Connection error', { code: 'CERT_HAS_EXPIRED' })), 'BUS_REFUSED'],
    ['a topic that is not there', kafkaError('KafkaJSProtocolError', 'no', { type: 'UNKNOWN_TOPIC_OR_PARTITION' }), 'TOPIC_UNKNOWN'],
    ['a batch that is too large', kafkaError('KafkaJSProtocolError', 'no', { type: 'MESSAGE_TOO_LARGE' }), 'MESSAGE_TOO_LARGE'],
  ])('of %s has the code that says whether waiting helps', (_, error, code) => {
    expect(busError(error)).toMatchObject({ code });
  });

  it('that is our own mistake stays as it is', () => {
    const mistake = new TypeError('cannot read properties of undefined');
    expect(busError(mistake)).toBe(mistake);
  });
});
