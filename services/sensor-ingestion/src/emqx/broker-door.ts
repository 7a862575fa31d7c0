import { timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { tokenHash } from '../devices/device-credentials.js';
import { DeviceDirectory } from '../mqtt/device-directory.js';
import { claimOf, isDeviceId } from '../mqtt/device-sign-in.js';
import { INGESTION_SETTINGS, type IngestionSettings } from '../config.js';
import { admitDevice, admitService, deviceMay, serviceMay, type AuthenticateAnswer } from './emqx-answers.js';
import { authenticateRequest, authorizeRequest, type AuthorizeRequest } from './emqx-requests.schema.js';

/** Answers a broker that asks who somebody is and what they may do. */
@Injectable()
export class BrokerDoor {
  constructor(
    @Inject(INGESTION_SETTINGS) private readonly settings: IngestionSettings,
    private readonly directory: DeviceDirectory,
  ) {}

  async authenticate(body: unknown): Promise<AuthenticateAnswer> {
    const request = authenticateRequest.safeParse(body);
    if (!request.success) return { result: 'deny' };
    const { username, password, cert_common_name: certificateName } = request.data;
    if (username !== undefined && username === this.settings.INGESTION_BROKER_USERNAME) {
      return same(password ?? '', this.settings.INGESTION_BROKER_PASSWORD ?? '') ? admitService() : { result: 'deny' };
    }
    const session = await this.directory.signIn(claimOf({ username, password, certificateName }));
    return session === undefined || session.isRetired ? { result: 'deny' } : admitDevice(session.deviceId);
  }

  async authorize(body: unknown): Promise<{ readonly result: 'allow' | 'deny' }> {
    const request = authorizeRequest.safeParse(body);
    return { result: request.success && (await this.may(request.data)) ? 'allow' : 'deny' };
  }

  /** Who asks has been let in before; so the user name alone says who it is. */
  private async may({ username, cert_common_name: certificateName, action, topic }: AuthorizeRequest): Promise<boolean> {
    if (username !== undefined && username === this.settings.INGESTION_BROKER_USERNAME) return serviceMay(action, topic);
    const isId = username !== undefined && isDeviceId(username);
    const session =
      certificateName === undefined && isId ? await this.directory.device(username) : await this.directory.signIn(claimOf({ username, password: undefined, certificateName }));
    return session !== undefined && !session.isRetired && deviceMay(session.deviceId, topic);
  }
}

function same(given: string, expected: string): boolean {
  return timingSafeEqual(tokenHash(given), tokenHash(expected));
}
