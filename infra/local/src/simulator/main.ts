import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEVICE_KINDS } from '../demo/device-kinds.js';
import { SimulatedDevice } from './simulated-device.js';

/** Something goes wrong somewhere about this often. */
const FAULT_EVERY_MS = 45_000;
const FIRST_FAULT_MS = 5_000;

const environment = z.object({ SIMULATOR_MQTT_URL: z.string(), SIMULATOR_DEVICES_FILE: z.string() });
const devices = z.array(z.object({ deviceId: z.string(), kind: z.string(), accessToken: z.string() }));

/** The demo's devices as real MQTT clients, in a process of their own. */
const { SIMULATOR_MQTT_URL, SIMULATOR_DEVICES_FILE } = environment.parse(process.env);
const chance = Math.random;
const fleet = devices.parse(JSON.parse(readFileSync(SIMULATOR_DEVICES_FILE, 'utf8'))).flatMap((device) => {
  const kind = DEVICE_KINDS.find((known) => known.kind === device.kind);
  return kind === undefined ? [] : [new SimulatedDevice(SIMULATOR_MQTT_URL, device, kind, chance)];
});

function breakOne(): void {
  fleet[Math.floor(chance() * fleet.length)]?.break(Date.now());
}

const first = setTimeout(breakOne, FIRST_FAULT_MS);
const faults = setInterval(breakOne, FAULT_EVERY_MS);
let isStopping = false;

async function stop(): Promise<void> {
  if (isStopping) return;
  isStopping = true;
  clearTimeout(first);
  clearInterval(faults);
  await Promise.allSettled(fleet.map((device) => device.stop()));
  process.exit(0);
}

process.on('SIGTERM', () => void stop());
process.on('SIGINT', () => void stop());
process.on('disconnect', () => void stop());
// Killed while this was loaded, the supervisor closed the channel before anybody listened.
if (process.send !== undefined && !process.connected) void stop();
process.send?.({ type: 'ready' });
