{{/* Keys of the Secret that a pod is given, one a line. */}}
{{- define "brain.sharedKeys" -}}
jwks.json
{{- if eq .Values.engines.eventStore "eventstoredb" }}
eventstoredb-url
ca.crt
{{- end }}
{{- if .Values.engines.kafka.saslMechanism }}
kafka-password
{{- end }}
{{- with .Values.engines.kafka.caKey }}
{{ . }}
{{- end }}
{{- end }}

{{- define "brain.serviceKeys" -}}
{{ .service }}-database-url
{{ include "brain.masterKeyKeys" .root }}
{{- if eq .service "operations-gateway" }}
signing-key.jwk
{{- with .root.Values.signIn.firstAccountsKey }}
{{ . }}
{{- end }}
{{- if ne .root.Values.signIn.mode "local" }}
oidc-client-secret
{{- end }}
{{- end }}
{{- if eq .service "sensor-ingestion" }}
{{- with .root.Values.mqtt }}
{{- if eq .mode "broker" }}
mosquitto-ingestion-password
{{- if .broker.adminUsername }}
mosquitto-admin-password
{{- end }}
{{- with .broker.caKey }}
{{ . }}
{{- end }}
{{- else if .tls }}
mqtt.crt
mqtt.key
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* What every service of ours reads: a map of names and values. */}}
{{- define "brain.sharedEnvironment" -}}
BRAIN_BUS: kafka
BRAIN_KAFKA_BROKERS: {{ required "engines.kafka.brokers is needed: host:port,host:port" .Values.engines.kafka.brokers | quote }}
{{- with .Values.engines.kafka }}
{{- if .saslMechanism }}
BRAIN_KAFKA_SASL_MECHANISM: {{ .saslMechanism }}
BRAIN_KAFKA_USERNAME: {{ .username | quote }}
BRAIN_KAFKA_PASSWORD_FILE: /run/secrets/kafka-password
{{- end }}
{{- with .caKey }}
BRAIN_KAFKA_CA_FILE: /run/secrets/{{ . }}
{{- end }}
{{- end }}
BRAIN_EVENT_STORE: {{ .Values.engines.eventStore }}
{{- if eq .Values.engines.eventStore "eventstoredb" }}
BRAIN_EVENTSTOREDB_URL_FILE: /run/secrets/eventstoredb-url
{{- end }}
BRAIN_AUTH_JWKS_FILE: /run/secrets/jwks.json
BRAIN_LOG_LEVEL: {{ .Values.logLevel }}
{{- with .Values.tracing }}
{{- if .endpoint }}
OTEL_EXPORTER_OTLP_ENDPOINT: {{ .endpoint | quote }}
OTEL_TRACES_SAMPLER_ARG: {{ .ratio | quote }}
{{- end }}
{{- end }}
{{- end }}

{{/* Keys of the Secret that open the keys of people: a file of master keys, or the token of a KMS. */}}
{{- define "brain.masterKeyKeys" -}}
{{- with .Values.masterKey.kms }}
{{- if .url -}}
kms-token
{{- with .caKey }}
{{ . }}
{{- end }}
{{- if .older }}
master-keys
{{- end }}
{{- else -}}
master-keys
{{- end }}
{{- end }}
{{- end }}

{{- define "brain.masterKeyEnvironment" -}}
{{- with .Values.masterKey.kms }}
{{- if .url -}}
BRAIN_MASTER_KEY_KMS_URL: {{ .url | quote }}
BRAIN_MASTER_KEY_KMS_MOUNT: {{ .mount | quote }}
BRAIN_MASTER_KEY_KMS_KEY: {{ .key | quote }}
BRAIN_MASTER_KEY_KMS_TOKEN_FILE: /run/secrets/kms-token
{{- with .namespace }}
BRAIN_MASTER_KEY_KMS_NAMESPACE: {{ . | quote }}
{{- end }}
{{- with .caKey }}
BRAIN_MASTER_KEY_KMS_CA_FILE: /run/secrets/{{ . }}
{{- end }}
{{- if .older }}
BRAIN_MASTER_KEY_FILE: /run/secrets/master-keys
{{- end }}
{{- else -}}
BRAIN_MASTER_KEY_FILE: /run/secrets/master-keys
{{- end }}
{{- end }}
{{- end }}

{{- define "brain.serviceEnvironment" -}}
{{- $prefix := index (include "brain.prefixes" . | fromYaml) .service -}}
{{ $prefix }}_HTTP_HOST: 0.0.0.0
{{ include "brain.masterKeyEnvironment" .root }}
{{ $prefix }}_HTTP_PORT: "8080"
{{ $prefix }}_DATABASE_URL_FILE: /run/secrets/{{ .service }}-database-url
{{- if eq .service "operations-gateway" }}
{{ include "brain.gatewayEnvironment" .root }}
{{- end }}
{{- if eq .service "audit" }}
AUDIT_LOG_ORIGIN: {{ .root.Values.log.origin | quote }}
AUDIT_LOG_WITNESSES: {{ .root.Values.log.witnesses | quote }}
AUDIT_LOG_FOLDER: /var/lib/brain/log
AUDIT_LOG_KEY_FILE: /var/lib/brain/key/log.key
{{- end }}
{{- if eq .service "sensor-ingestion" }}
{{ include "brain.ingestionEnvironment" .root }}
{{- end }}
{{- end }}

{{- define "brain.ingestionEnvironment" -}}
INGESTION_TIME_SERIES: {{ .Values.engines.timeSeries }}
{{- with .Values.mqtt }}
{{- if eq .mode "listener" }}
INGESTION_MQTT_PORT: "1883"
INGESTION_MQTT_WS_HOST: 0.0.0.0
{{- if .tls }}
INGESTION_TLS_PORT: "8883"
INGESTION_TLS_CERT_FILE: /run/secrets/mqtt.crt
INGESTION_TLS_KEY_FILE: /run/secrets/mqtt.key
{{- end }}
{{- else }}
INGESTION_LISTENER: "off"
INGESTION_BROKER_URL: {{ required "mqtt.broker.url is needed with mqtt.mode=broker" .broker.url | quote }}
INGESTION_BROKER_USERNAME: {{ .broker.username | quote }}
INGESTION_BROKER_PASSWORD_FILE: /run/secrets/mosquitto-ingestion-password
{{- with .broker.adminUsername }}
INGESTION_BROKER_ADMIN_USERNAME: {{ . | quote }}
INGESTION_BROKER_ADMIN_PASSWORD_FILE: /run/secrets/mosquitto-admin-password
{{- end }}
{{- with .broker.caKey }}
INGESTION_BROKER_CA_FILE: /run/secrets/{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "brain.gatewayEnvironment" -}}
{{- $root := . -}}
GATEWAY_SIGNING_KEY_FILE: /run/secrets/signing-key.jwk
GATEWAY_PUBLIC_URL: {{ required "publicUrl is needed: where browsers find the product" .Values.publicUrl | quote }}
GATEWAY_COOKIE_SECURE: {{ hasPrefix "https://" .Values.publicUrl | quote }}
{{- with .Values.trustedProxies }}
GATEWAY_TRUSTED_PROXIES: {{ . | quote }}
{{- end }}
GATEWAY_AUTH: {{ .Values.signIn.mode }}
{{- with .Values.signIn }}
{{- with .firstAccountsKey }}
GATEWAY_FIRST_ACCOUNTS_FILE: /run/secrets/{{ . }}
{{- end }}
{{- if ne .mode "local" }}
GATEWAY_OIDC_ISSUER: {{ required "signIn.issuer is needed with signIn.mode=oidc or both" .issuer | quote }}
{{- with .discoveryUrl }}
GATEWAY_OIDC_DISCOVERY_URL: {{ . | quote }}
{{- end }}
GATEWAY_OIDC_CLIENT_ID: {{ .clientId | quote }}
GATEWAY_OIDC_CLIENT_SECRET_FILE: /run/secrets/oidc-client-secret
{{- end }}
{{- end }}
{{- range $service, $prefix := (include "brain.prefixes" . | fromYaml) }}
{{- if ne $prefix "GATEWAY" }}
GATEWAY_UPSTREAM_{{ $prefix }}: http://{{ include "brain.name" (dict "root" $root "service" $service) }}:8080
{{- end }}
{{- end }}
{{- if eq .Values.mqtt.mode "listener" }}
GATEWAY_UPSTREAM_MQTT_WS: ws://{{ include "brain.name" (dict "root" $root "service" "sensor-ingestion") }}:1884
{{- end }}
{{- end }}
