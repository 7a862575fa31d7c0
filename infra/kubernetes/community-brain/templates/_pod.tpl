{{- define "brain.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "brain.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}

{{/* A map of names and values as a container's list. */}}
{{- define "brain.env" -}}
{{- range $name, $value := . }}
- name: {{ $name }}
  value: {{ $value | toString | quote }}
{{- end }}
{{- end }}

{{/* dict root, keys: the lines of keys of the Secret that are mounted, each as a file of its name. */}}
{{- define "brain.volumes" -}}
- name: secrets
  secret:
    secretName: {{ .root.Values.secret }}
    # 0440
    defaultMode: 288
    items:
      {{- range (splitList "\n" .keys | compact | uniq) }}
      - { key: {{ . }}, path: {{ . }} }
      {{- end }}
- name: tmp
  emptyDir: { medium: Memory, sizeLimit: 32Mi }
{{- end }}

{{- define "brain.volumeMounts" -}}
- { name: secrets, mountPath: /run/secrets, readOnly: true }
- { name: tmp, mountPath: /tmp }
{{- end }}
