import type { AlertView, CaseView, DeviceView, SocketTopic } from '@brain/contracts';
import type { Projection } from '@brain/event-store';
import { alertNowProjection } from '../read-tables/alert-now.projection.js';
import { caseNowProjection } from '../read-tables/case-now.projection.js';
import { deviceNowProjection } from '../read-tables/device-now.projection.js';
import type { NewChange } from './domain/channel.js';
import type { LiveTables } from './live-tables.js';

/** How the events of one read table become changes on the screens. */
export interface ViewFeed<View> {
  readonly projection: Projection;
  readonly topic: SocketTopic;
  /** The event's data has the id of the thing under this name. */
  readonly idField: string;
  readonly load: (tables: LiveTables, ids: readonly string[]) => Promise<readonly View[]>;
  readonly idOf: (view: View) => string;
  readonly areaOf: (view: View) => string;
  readonly toChange: (type: string, view: View) => NewChange;
}

export const alertFeed: ViewFeed<AlertView> = {
  projection: alertNowProjection,
  topic: 'alert',
  idField: 'alertId',
  load: (tables, ids) => tables.alertsById(ids),
  idOf: (view) => view.alertId,
  areaOf: (view) => view.areaCode,
  toChange: (type, data) => ({ topic: 'alert', type, data }),
};

export const caseFeed: ViewFeed<CaseView> = {
  projection: caseNowProjection,
  topic: 'case',
  idField: 'caseId',
  load: (tables, ids) => tables.casesById(ids),
  idOf: (view) => view.caseId,
  areaOf: (view) => view.areaCode,
  toChange: (type, data) => ({ topic: 'case', type, data }),
};

export const deviceFeed: ViewFeed<DeviceView> = {
  projection: deviceNowProjection,
  topic: 'device',
  idField: 'deviceId',
  load: (tables, ids) => tables.devicesById(ids),
  idOf: (view) => view.deviceId,
  areaOf: (view) => view.areaCode,
  toChange: (type, data) => ({ topic: 'device', type, data }),
};
