{{- define "airworthy.name" -}}
{{ .Release.Name | trunc 40 | trimSuffix "-" }}
{{- end }}

{{- define "airworthy.secret" -}}
{{ .Values.secret.existing | default (printf "%s-airworthy" (include "airworthy.name" .)) }}
{{- end }}

{{/* What selects the pods of one role, or of all when none is given. */}}
{{- define "airworthy.selector" -}}
app.kubernetes.io/name: airworthy
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- with .role }}
app.kubernetes.io/component: {{ . }}
{{- end }}
{{- end }}

{{- define "airworthy.labels" -}}
{{ include "airworthy.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{/* The pod of one role: the same program, told by AIRWORTHY_ROLES what it does. */}}
{{- define "airworthy.pod" -}}
{{- $root := .root -}}
metadata:
  labels:
    {{- include "airworthy.labels" . | nindent 4 }}
  annotations:
    checksum/secret: {{ toYaml $root.Values.secret | sha256sum }}
spec:
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ $root.Values.terminationGraceSeconds }}
  {{- with $root.Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    runAsNonRoot: true
    runAsUser: 10001
    runAsGroup: 10001
    fsGroup: 10001
    seccompProfile:
      type: RuntimeDefault
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "airworthy.selector" . | nindent 10 }}
  containers:
    - name: airworthy
      image: "{{ $root.Values.image.repository }}:{{ $root.Values.image.tag | default $root.Chart.AppVersion }}"
      imagePullPolicy: {{ $root.Values.image.pullPolicy }}
      env:
        - name: AIRWORTHY_ROLES
          value: {{ .role }}
        {{- with $root.Values.publicUrl }}
        - name: AIRWORTHY_PUBLIC_URL
          value: {{ . | quote }}
        {{- end }}
        {{- range $name, $value := $root.Values.settings }}
        - name: {{ $name }}
          value: {{ $value | quote }}
        {{- end }}
      envFrom:
        - secretRef:
            name: {{ include "airworthy.secret" $root }}
      ports:
        - name: http
          containerPort: 4400
      startupProbe:
        httpGet:
          path: /healthz
          port: http
        periodSeconds: 2
        failureThreshold: 60
      livenessProbe:
        httpGet:
          path: /healthz
          port: http
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet:
          path: /readyz
          port: http
        periodSeconds: 5
        timeoutSeconds: 5
      securityContext:
        allowPrivilegeEscalation: false
        readOnlyRootFilesystem: true
        capabilities:
          drop: [ALL]
      resources:
        {{- toYaml .values.resources | nindent 8 }}
      volumeMounts:
        - name: data
          mountPath: /data
        - name: tmp
          mountPath: /tmp
  volumes:
    - name: data
      {{- if eq .role "api" }}
      persistentVolumeClaim:
        claimName: {{ include "airworthy.name" $root }}-api
      {{- else }}
      emptyDir:
        sizeLimit: {{ .values.spoolSize }}
      {{- end }}
    - name: tmp
      emptyDir:
        sizeLimit: 256Mi
{{- end }}
