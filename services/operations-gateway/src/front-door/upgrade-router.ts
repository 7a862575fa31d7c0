import { request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

const MQTT_PATH = '/mqtt';
/** As Socket.IO compares it: without the slash at its end it would leave the connection open, unanswered. */
const SOCKET_IO_PATH = '/socket.io/';

/** WebSocket upgrades of the one port: MQTT goes to the listener inside sensor-ingestion, /socket.io is Socket.IO's. */
export function routeUpgrades(server: Server, mqttUpstream: URL | undefined): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (path.startsWith(SOCKET_IO_PATH)) return;
    socket.on('error', () => socket.destroy());
    if (path === MQTT_PATH && mqttUpstream !== undefined) tunnel(request, socket, head, mqttUpstream);
    else refuse(socket, path === MQTT_PATH ? '503 Service Unavailable' : '404 Not Found');
  });
}

/** Hands the upgrade on and then only moves bytes: MQTT's own sign-in is between the device and the listener. */
function tunnel(request: IncomingMessage, socket: Duplex, head: Buffer, upstream: URL): void {
  const outgoing = httpRequest({
    hostname: upstream.hostname,
    port: upstream.port,
    path: upstream.pathname === '/' ? MQTT_PATH : upstream.pathname,
    headers: { ...request.headers, cookie: '', host: upstream.host },
  });
  outgoing.once('upgrade', (answer, far, farHead) => {
    const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
    socket.write(['HTTP/1.1 101 Switching Protocols', ...lines, '', ''].join('\r\n'));
    socket.unshift(head);
    far.unshift(farHead);
    far.on('error', () => socket.destroy());
    far.on('close', () => socket.destroy());
    socket.on('close', () => far.destroy());
    socket.pipe(far).pipe(socket);
  });
  outgoing.once('response', () => refuse(socket, '502 Bad Gateway'));
  outgoing.once('error', () => refuse(socket, '503 Service Unavailable'));
  outgoing.end();
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
