import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
import { requireArea, Roles } from '@brain/auth';
import { READERS, type DeviceProfile, type DeviceView } from '@brain/contracts';
import { Commands, CurrentRequest, type Page, ReadsPersonalData, type RequestContext, withRevision } from '@brain/service-kit';
import type { Request, Response } from 'express';
import { AreaRegister } from '../areas/area-register.query.js';
import { readCsvUpload } from '../uploads/read-upload.js';
import {
  changeDeviceBody, deviceIdParam, deviceListQuery, registerDeviceBody, retireDeviceBody,
  type ChangeDeviceBody, type DeviceListQuery, type RegisterDeviceBody, type RetireDeviceBody,
} from './device-bodies.schema.js';
import { Wearers } from '../wearers/wearers.query.js';
import { DeviceCredentials } from './device-credentials.js';
import { DeviceImport, type ImportedDevices } from './device-import.js';
import { DeviceList } from './device-list.query.js';
import { DeviceRecords } from './device-records.js';
import { DeviceRegistration, type RegisteredDevice } from './device-registration.js';
import { deviceCodec } from './device.codec.js';
import type { DeviceCommand } from './domain/device.commands.js';
import { deviceDecider } from './domain/device.decider.js';
import { deviceStream } from './domain/device.stream.js';

const SHOWN_ONCE = 'The token was shown the first time and is kept nowhere. POST …/token makes a new one.';

@Controller('api/devices')
@Roles(...READERS.device)
export class DevicesController {
  constructor(
    private readonly commands: Commands,
    private readonly areas: AreaRegister,
    private readonly registration: DeviceRegistration,
    private readonly imports: DeviceImport,
    private readonly credentials: DeviceCredentials,
    private readonly records: DeviceRecords,
    private readonly list: DeviceList,
    private readonly wearers: Wearers,
  ) {}

  @Get()
  @ReadsPersonalData('device')
  find(@CurrentRequest() { actor }: RequestContext, @Query({ schema: deviceListQuery }) query: DeviceListQuery): Promise<Page<DeviceView>> {
    return this.list.find(actor, query);
  }

  @Get(':deviceId')
  @ReadsPersonalData('device')
  async get(
    @CurrentRequest() { actor }: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeviceView> {
    return withRevision(response, await this.records.get(actor, deviceId));
  }

  @Post()
  @Roles('administrator')
  async register(
    @CurrentRequest() request: RequestContext,
    @Body({ schema: registerDeviceBody }) profile: RegisterDeviceBody,
  ): Promise<RegisteredDevice & { readonly detail?: string }> {
    const device = await this.registration.register(profile, request);
    return device.accessToken === null ? { ...device, detail: SHOWN_ONCE } : device;
  }

  @Post('import')
  @Roles('administrator')
  @HttpCode(200)
  async import(@CurrentRequest() request: RequestContext, @Req() upload: Request): Promise<ImportedDevices> {
    return this.imports.run(await readCsvUpload(upload), request);
  }

  @Put(':deviceId')
  @Roles('administrator')
  replace(
    @CurrentRequest() request: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
    @Body({ schema: registerDeviceBody }) profile: RegisterDeviceBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeviceView> {
    return this.change(request, deviceId, profile, response);
  }

  @Patch(':deviceId')
  @Roles('administrator')
  patch(
    @CurrentRequest() request: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
    @Body({ schema: changeDeviceBody }) change: ChangeDeviceBody,
    @Res({ passthrough: true }) response: Response,
  ): Promise<DeviceView> {
    return this.change(request, deviceId, change, response);
  }

  @Post(':deviceId/retire')
  @Roles('administrator')
  @HttpCode(204)
  async retire(
    @CurrentRequest() request: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
    @Body({ schema: retireDeviceBody }) body: RetireDeviceBody,
  ): Promise<void> {
    await this.run(request, { type: 'RetireDevice', deviceId, reason: body?.reason ?? '' });
  }

  @Delete(':deviceId')
  @Roles('administrator')
  @HttpCode(204)
  async delete(@CurrentRequest() request: RequestContext, @Param('deviceId', { schema: deviceIdParam }) deviceId: string): Promise<void> {
    await this.run(request, { type: 'RetireDevice', deviceId, reason: '' });
  }

  /** The old token is void at once; a connection that uses it is ended. */
  @Post(':deviceId/token')
  @Roles('administrator')
  async rotate(
    @CurrentRequest() request: RequestContext,
    @Param('deviceId', { schema: deviceIdParam }) deviceId: string,
  ): Promise<RegisteredDevice & { readonly detail?: string }> {
    const { events, revision } = await this.run(request, { type: 'RotateDeviceToken', deviceId });
    // After the event: when we die in between, the repeat finds the rotation not done and does it.
    const accessToken = await this.credentials.replace(deviceId, events[0]?.revision ?? revision);
    return accessToken === null ? { deviceId, accessToken, detail: SHOWN_ONCE } : { deviceId, accessToken };
  }

  private async change(request: RequestContext, deviceId: string, change: Partial<DeviceProfile>, response: Response): Promise<DeviceView> {
    const { areaCode } = change;
    if (areaCode !== undefined) requireArea(request.actor, areaCode);
    await this.wearers.requireNotErased(change.wearerId);
    const areaKnown = areaCode !== undefined && (await this.areas.known([areaCode])).has(areaCode);
    await this.run(request, { type: 'ChangeDevice', deviceId, change, areaKnown });
    return withRevision(response, await this.records.get(request.actor, deviceId));
  }

  private async run(request: RequestContext, command: DeviceCommand) {
    const { areaCode } = await this.records.get(request.actor, command.deviceId);
    return this.commands.run(deviceCodec, deviceDecider, deviceStream(command.deviceId), command, request, { areaCode });
  }
}
