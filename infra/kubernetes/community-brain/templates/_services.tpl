{{/* Prefix of each service's variables; the names are those of docker-compose.yml. */}}
{{- define "brain.prefixes" -}}
grid-registry: GRID
sensor-ingestion: INGESTION
alerting: ALERTING
case-management: CASES
staff-evaluation: EVALUATION
audit: AUDIT
operations-gateway: GATEWAY
{{- end }}

{{- define "brain.name" -}}
{{ printf "%s-%s" .root.Release.Name .service | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "brain.selector" -}}
app.kubernetes.io/name: {{ .service }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "brain.labels" -}}
{{ include "brain.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/part-of: community-brain
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "brain.image" -}}
{{ printf "%s/%s:%s" .root.Values.image.repository .service (.root.Values.image.tag | default .root.Chart.AppVersion) }}
{{- end }}

{{/* A service's own values over the defaults. An autoscaling of null stays: one instance. */}}
{{- define "brain.settings" -}}
{{- $own := index .root.Values.services .service | default dict -}}
{{- $merged := mergeOverwrite (deepCopy .root.Values.defaults) (deepCopy $own) -}}
{{- if has .service (list "operations-gateway" "audit") }}{{ $_ := set $merged "autoscaling" nil }}{{ end -}}
{{- toYaml $merged -}}
{{- end }}
