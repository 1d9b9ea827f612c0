{{- define "entrepot.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "entrepot.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "entrepot.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "entrepot.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "entrepot.selector" -}}
app.kubernetes.io/name: {{ include "entrepot.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "entrepot.labels" -}}
{{ include "entrepot.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "entrepot.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "entrepot.serviceAccount" -}}
{{- default (include "entrepot.fullname" .) .Values.serviceAccount.name -}}
{{- end -}}

{{/* What the pods are told. Secrets are files of the pod, named here. */}}
{{- define "entrepot.config" -}}
{{- $config := dict "host" "0.0.0.0" "port" 5000 "drain" (printf "%ds" (int .Values.drain)) "log" (dict "format" "json") -}}
{{- with .Values.publicUrl }}{{ $_ := set $config "public-url" . }}{{ end -}}
{{- if .Values.secrets.tls.secretName -}}
{{- $_ := set $config "tls" (dict "certificate" "/run/secrets/tls/tls.crt" "key" "/run/secrets/tls/tls.key") -}}
{{- else -}}
{{- $_ := set $config "allow-plain-http" true -}}
{{- end -}}
{{- if .Values.metrics.enabled -}}
{{- $_ := set $config "metrics" (dict "host" "0.0.0.0" "port" (int .Values.metrics.port)) -}}
{{- end -}}
{{- if .Values.secrets.rootKey.id -}}
{{- $_ := set $config "root-key" (dict "id" .Values.secrets.rootKey.id "secret-file" "/run/secrets/root-key/secret") -}}
{{- end -}}
{{- if .Values.secrets.serverKey.secretName -}}
{{- $_ := set $config "server-key-file" "/run/secrets/server-key/server-key" -}}
{{- end -}}
{{- if eq .Values.mode "cluster" -}}
{{- $_ := set $config "metadata" (dict "type" "postgres" "url" .Values.postgres.url "user" .Values.postgres.user) -}}
{{- if .Values.postgres.secretName -}}
{{- $_ := set $config.metadata "password-file" "/run/secrets/postgres/password" -}}
{{- end -}}
{{- $blobs := dict "type" "s3" "bucket" .Values.s3.bucket "region" .Values.s3.region "path-style" .Values.s3.pathStyle -}}
{{- with .Values.s3.prefix }}{{ $_ := set $blobs "prefix" . }}{{ end -}}
{{- with .Values.s3.endpoint }}{{ $_ := set $blobs "endpoint" . }}{{ end -}}
{{- if .Values.s3.accessKeyId -}}
{{- $_ := set $blobs "access-key-id" .Values.s3.accessKeyId -}}
{{- $_ := set $blobs "secret-access-key-file" "/run/secrets/s3/secret" -}}
{{- end -}}
{{- $_ := set $config "blobs" $blobs -}}
{{- end -}}
{{- mergeOverwrite $config (deepCopy .Values.config) | toYaml -}}
{{- end -}}

{{/* Of a Secret: its name, the key that is mounted, the file that it is mounted as. */}}
{{- define "entrepot.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .of.secretName }}
    defaultMode: 0440
    items: [{key: {{ .of.secretKey | quote }}, path: {{ .file }}}]
{{- end -}}
