#!/bin/sh
# Makes what docker-compose.yml mounts as secrets: passwords, addresses with passwords, keys, certificates.
# usage: infra/docker/make-secrets.sh [FOLDER]      needs openssl; a secret that exists is kept
set -eu

folder=${1:-$(dirname "$0")/secrets}
days=825

# Nobody but us may enter the folder. The files themselves are readable: a container sees the one file it is given,
# under its own user, and compose cannot change the owner of a mounted file.
umask 022
mkdir -p "$folder"
chmod 700 "$folder"
cd "$folder"

say() { printf '%s\n' "$*"; }
password() { [ -s "$1" ] || openssl rand -hex 24 > "$1"; }
value() { cat "$1"; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

# --- PostgreSQL: the administrator, one role per service, and Keycloak's ---
password postgres-admin-password
[ -s postgres-admin-url ] ||
  say "postgres://postgres:$(value postgres-admin-password)@timescaledb:5432/postgres" > postgres-admin-url
for service in grid-registry sensor-ingestion alerting case-management staff-evaluation audit operations-gateway; do
  role=brain_$(printf %s "$service" | tr - _)
  [ -s "$service-database-url" ] ||
    say "postgres://$role:$(openssl rand -hex 24)@timescaledb:5432/brain" > "$service-database-url"
done
password keycloak-database-password

# --- Kafka: what the client says and what the broker checks ---
password kafka-password
[ -s kafka-server.properties ] || cat > kafka-server.properties <<END
listener.name.client.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required user_brain="$(value kafka-password)";
END

# --- Certificates: one authority of our own, for servers inside and for MQTT ---
if [ ! -s ca.crt ]; then
  openssl req -x509 -newkey rsa:4096 -nodes -sha256 -days 3650 \
    -subj '/CN=Community Brain CA' -keyout ca.key -out ca.crt 2> /dev/null
fi
certificate() { # file, common name, subject alternative names
  [ ! -s "$1.crt" ] || return 0
  openssl req -newkey rsa:3072 -nodes -sha256 -subj "/CN=$2" -keyout "$1.key" -out "$1.csr" 2> /dev/null
  printf 'subjectAltName=%s\nextendedKeyUsage=serverAuth,clientAuth\n' "$3" > "$1.ext"
  openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days "$days" \
    -extfile "$1.ext" -out "$1.crt" 2> /dev/null
  rm "$1.csr" "$1.ext"
  chmod 644 "$1.key"
}
# The common name is how an EventStoreDB node knows its own kind.
certificate eventstoredb eventstoredb-node 'DNS:eventstoredb,DNS:localhost,IP:127.0.0.1'
certificate mqtt "${MQTT_HOST:-localhost}" "DNS:${MQTT_HOST:-localhost},DNS:mosquitto,DNS:sensor-ingestion"

# --- EventStoreDB ---
password eventstoredb-admin-password
password eventstoredb-ops-password
[ -s eventstoredb-url ] ||
  say "esdb://admin:$(value eventstoredb-admin-password)@eventstoredb:2113?tls=true&tlsCAFile=/run/secrets/ca.crt" > eventstoredb-url

# --- The product's own tokens: an Ed25519 key for the gateway, its public half for everybody (RFC 8037, RFC 7638) ---
if [ ! -s signing-key.jwk ] || [ ! -s jwks.json ]; then
  openssl genpkey -algorithm ed25519 -out signing-key.pem
  # In both encodings the key itself is the last 32 bytes.
  d=$(openssl pkey -in signing-key.pem -outform DER | tail -c 32 | base64url)
  x=$(openssl pkey -in signing-key.pem -pubout -outform DER | tail -c 32 | base64url)
  rm signing-key.pem
  kid=$(printf '{"crv":"Ed25519","kty":"OKP","x":"%s"}' "$x" | openssl dgst -sha256 -binary | base64url)
  public="\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"$x\",\"kid\":\"$kid\",\"alg\":\"EdDSA\",\"use\":\"sig\""
  say "{\"keys\":[{$public}]}" > jwks.json
  say "{$public,\"d\":\"$d\"}" > signing-key.jwk
fi

# --- People's data: what their keys are wrapped under, the newest first; lost, nobody can read it any more. A copy of
# the database and this file must never lie in one place. Rotation: infra/README.md ---
[ -s master-keys ] || say "mk-$(date -u +%Y%m%d-%H%M%S) $(openssl rand 32 | base64url)" > master-keys

# --- People: the first of each separated role here, the client and the administrator of Keycloak, Grafana's ---
account() { printf '{"username":"%s","password":"%s","role":"%s"}' "$1" "$(openssl rand -hex 12)" "$1"; }
[ -s first-accounts.json ] ||
  say "[$(account administrator),$(account security-administrator),$(account auditor)]" > first-accounts.json
# Made before accounts were somebody's work of their own.
grep -q security-administrator first-accounts.json ||
  { sed "s/]\$/,$(account security-administrator)]/" first-accounts.json > first-accounts.new && mv first-accounts.new first-accounts.json; }
password oidc-client-secret
password keycloak-admin-password
password grafana-admin-password

# --- MQTT broker: who keeps its device registry, and who reads from it ---
password mosquitto-admin-password
password mosquitto-ingestion-password

say "Secrets are in $(pwd). The passwords of the first accounts are in first-accounts.json. Keep ca.key off the host that runs this."
