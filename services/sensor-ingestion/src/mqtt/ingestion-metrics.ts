import { Injectable } from '@nestjs/common';
import { Metrics } from '@brain/service-kit';

@Injectable()
export class IngestionMetrics {
  readonly received;
  readonly acknowledged;
  readonly refused;
  readonly connectionsRefused;
  readonly clients;
  readonly secondsToAck;
  readonly messagesWritten;
  readonly points;

  constructor(metrics: Metrics) {
    this.received = metrics.counter('brain_mqtt_received_total', 'MQTT messages received');
    this.acknowledged = metrics.counter('brain_mqtt_acknowledged_total', 'MQTT messages acknowledged, refused ones included');
    this.refused = metrics.counter('brain_mqtt_refused_total', 'MQTT messages acknowledged and refused', ['code']);
    this.connectionsRefused = metrics.counter('brain_mqtt_connections_refused_total', 'MQTT connections refused', ['code']);
    this.clients = metrics.gauge('brain_mqtt_clients', 'Connected MQTT clients');
    const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
    this.secondsToAck = metrics.histogram('brain_mqtt_ack_seconds', 'From a message received to its acknowledgement', buckets);
    this.messagesWritten = metrics.counter('brain_readings_messages_total', 'Messages written to the time series', ['outcome']);
    this.points = metrics.counter('brain_readings_points_total', 'Points written to the time series', ['outcome']);
  }
}
