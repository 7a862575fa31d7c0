import { deviceProfile } from '@brain/contracts';
import { listQuery } from '@brain/service-kit';
import { z } from 'zod';

export const deviceIdParam = z.uuid();

/** A change that says nothing of the wearer leaves it as it is. */
export const registerDeviceBody = deviceProfile.extend({ location: deviceProfile.shape.location.default(null) });
export type RegisterDeviceBody = z.infer<typeof registerDeviceBody>;

const { name, kind, areaCode, location, wearerId } = deviceProfile.shape;
export const changeDeviceBody = z.strictObject({
  name: name.exactOptional(),
  kind: kind.exactOptional(),
  areaCode: areaCode.exactOptional(),
  location: location.exactOptional(),
  wearerId: wearerId.unwrap().exactOptional(),
});
export type ChangeDeviceBody = z.infer<typeof changeDeviceBody>;

export const retireDeviceBody = z.strictObject({ reason: z.string().max(500).default('') }).optional();
export type RetireDeviceBody = z.infer<typeof retireDeviceBody>;

export const deviceListQuery = listQuery.extend({
  areaCode: areaCode.optional(),
  kind: z.string().max(60).optional(),
  state: z.enum(['registered', 'retired']).optional(),
  q: z.string().max(200).optional(),
});
export type DeviceListQuery = z.infer<typeof deviceListQuery>;
